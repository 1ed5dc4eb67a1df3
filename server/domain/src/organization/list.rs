use super::store::{self, EntryRow, Page, PlaceRow};
use crate::{
    Domain, Result,
    access::{ManageOrganizationMembers, OrganizationAccess},
    db::Conn,
    members::Cursor,
    people, roles,
};
use model::{StoreId, access::OrganizationRole, text::Texts, view::Sort};
use std::collections::BTreeMap;

type Manage = OrganizationAccess<ManageOrganizationMembers>;

/// Which members to list by where they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusFilter {
    /// Those who may enter.
    Active,
    /// Those who have not accepted yet.
    Invited,
    /// Those whose invitation has expired.
    Expired,
    /// Those who are kept out.
    Suspended,
    /// Those whose membership ends by itself.
    Ends,
}

impl StatusFilter {
    /// Every filter.
    pub const ALL: [StatusFilter; 5] = [
        StatusFilter::Active,
        StatusFilter::Invited,
        StatusFilter::Expired,
        StatusFilter::Suspended,
        StatusFilter::Ends,
    ];

    /// Its name in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            StatusFilter::Active => "active",
            StatusFilter::Invited => "invited",
            StatusFilter::Expired => "expired",
            StatusFilter::Suspended => "suspended",
            StatusFilter::Ends => "ends",
        }
    }
}

/// What the table shows.
#[derive(Clone, Debug, Default)]
pub struct MembersQuery {
    /// Part of a name or e-mail address.
    pub search: String,
    /// Only those who stand there.
    pub status: Option<StatusFilter>,
    /// Only those with this role in the organization.
    pub role: Option<OrganizationRole>,
    /// Only those of this store.
    pub store: Option<StoreId>,
    /// The order.
    pub sort: Sort,
    /// Continue after this place.
    pub after: String,
    /// Show what comes before this place.
    pub before: String,
}

/// Where a member stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stands {
    /// May enter.
    Active,
    /// Is kept out.
    Suspended,
    /// Has not accepted yet.
    Invited,
    /// The invitation has expired.
    Expired,
    /// The invitation's mail could not be delivered so far: why.
    MailFailed(String),
}

/// A row: a member or a pending invitation (C-25).
#[derive(Clone, Debug)]
pub struct OrganizationMember {
    /// A `per_` or `inv_` identifier.
    pub id: String,
    /// First and last name; empty while invited.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Role in the organization.
    pub role: OrganizationRole,
    /// Names of stores and of the roles there.
    pub stores: Vec<(String, String)>,
    /// Where they stand.
    pub status: Stands,
    /// When the membership ends by itself.
    pub ends_at: Option<i64>,
    /// Whether they have a second factor or a passkey.
    pub second_factor: bool,
    /// When last seen.
    pub seen_at: Option<i64>,
    /// Whether this is the person who looks.
    pub you: bool,
}

/// A page of members.
#[derive(Clone, Debug)]
pub struct OrganizationMembers {
    /// The rows.
    pub rows: Vec<OrganizationMember>,
    /// Cursor of the next page, if there is one.
    pub next: Option<String>,
    /// Cursor of the previous page, if there is one.
    pub previous: Option<String>,
}

impl OrganizationMembers {
    /// Rows a page.
    pub const SIZE: usize = store::PAGE;
}

/// A page of the organization's members and pending invitations (C-25). A cursor that is damaged
/// or past the end gives the first page.
///
/// # Errors
/// Faults of the database only.
pub async fn list(
    domain: &Domain,
    access: &Manage,
    query: &MembersQuery,
    t: Texts,
) -> Result<OrganizationMembers> {
    let after = Cursor::decode(&query.after, query.sort);
    let before = Cursor::decode(&query.before, query.sort);
    let (cursor, back) = match (after, before) {
        (Some(cursor), _) => (Some(cursor), false),
        (None, Some(cursor)) => (Some(cursor), true),
        (None, None) => (None, false),
    };
    let found = page(domain, access, query, cursor.as_ref(), back, t).await?;
    if found.rows.is_empty() && cursor.is_some() {
        return page(domain, access, query, None, false, t).await;
    }
    Ok(found)
}

async fn page(
    domain: &Domain,
    access: &Manage,
    query: &MembersQuery,
    cursor: Option<&Cursor>,
    back: bool,
    t: Texts,
) -> Result<OrganizationMembers> {
    let name_pattern = people::pattern(&people::fold(&query.search));
    let email_pattern = people::pattern(&query.search.to_lowercase());
    let page = Page {
        now: domain.now(),
        name_pattern: &name_pattern,
        email_pattern: &email_pattern,
        status: query.status.map_or("", StatusFilter::code),
        role: query.role.map_or("", OrganizationRole::code),
        store: query.store.as_ref().map_or("", StoreId::as_str),
        sort: Sort { by: query.sort.by, descending: query.sort.descending != back },
        from: cursor,
    };
    let organization = access.organization();
    let read = async |conn: &mut Conn<'_>| {
        let mut rows = store::page(conn, organization, &page).await?;
        let more = rows.len() > OrganizationMembers::SIZE;
        rows.truncate(OrganizationMembers::SIZE);
        let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
        let places = store::places(conn, organization, &ids).await?;
        Ok((rows, more, places))
    };
    let (mut rows, more, places) = domain.db.read(read).await?;
    if back {
        rows.reverse();
    }
    let at = |row: Option<&EntryRow>| {
        row.map(|row| Cursor::new(query.sort, row.sort_key.clone(), row.id.clone()).encode())
    };
    let (before, after) = if back { (more, true) } else { (cursor.is_some(), more) };
    let previous = at(rows.first().filter(|_| before));
    let next = at(rows.last().filter(|_| after));
    let mut stores = grouped(places, t)?;
    let rows = rows.into_iter().map(|row| {
        let stores = stores.remove(&row.id).unwrap_or_default();
        member(row, stores, access.person().as_str())
    });
    Ok(OrganizationMembers { rows: rows.collect::<Result<_>>()?, next, previous })
}

/// Names of stores and roles, by the row they belong to.
fn grouped(places: Vec<PlaceRow>, t: Texts) -> Result<BTreeMap<String, Vec<(String, String)>>> {
    let mut stores: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for row in places {
        let role = people::role(&row.role)?;
        let role = roles::name(&role, row.role_name.as_deref(), t);
        stores.entry(row.id).or_default().push((row.store, role));
    }
    Ok(stores)
}

fn member(row: EntryRow, stores: Vec<(String, String)>, you: &str) -> Result<OrganizationMember> {
    Ok(OrganizationMember {
        name: format!("{} {}", row.first_name, row.last_name).trim().to_owned(),
        role: people::organization_role(&row.role)?,
        status: match row.status {
            0 => Stands::Active,
            2 => Stands::Expired,
            3 => Stands::MailFailed(row.reason),
            4 => Stands::Suspended,
            _ => Stands::Invited,
        },
        seen_at: (row.seen >= 0).then_some(row.seen),
        you: row.id == you,
        id: row.id,
        email: row.email,
        stores,
        ends_at: row.ends_at,
        second_factor: row.second_factor,
    })
}
