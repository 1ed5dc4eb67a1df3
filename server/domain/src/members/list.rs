use super::{
    cursor::Cursor,
    store::{self, EntryRow, Page},
};
use crate::{
    Domain, Result,
    access::{ManageMembers, StoreAccess},
    format::Locale,
    localization, people, roles,
};
use model::{
    Refusal,
    text::Texts,
    view::{
        MemberRow, MemberStatus, MembersPage, MembersQuery, RemovalView, RoleName, Sort,
        StatusFilter,
    },
};

/// What is more recent is told as how long ago it was.
const RECENT: i64 = 7 * 24 * 60 * 60 * 1000;

/// A page of the store's members and pending invitations (C-17). One statement, however many
/// there are. A cursor that is damaged, of another column or past the end gives the first page.
///
/// # Errors
/// Faults of the database only.
pub async fn list(
    domain: &Domain,
    access: &StoreAccess<ManageMembers>,
    query: &MembersQuery,
) -> Result<MembersPage> {
    let decode = |text: &Option<String>| Cursor::decode(text.as_deref()?, query.sort);
    let place = match (decode(&query.after), decode(&query.before)) {
        (Some(cursor), _) => Place::After(cursor),
        (None, Some(cursor)) => Place::Before(cursor),
        (None, None) => Place::Start,
    };
    let page = page(domain, access, query, &place).await?;
    if page.rows.is_empty() && !matches!(place, Place::Start) {
        return self::page(domain, access, query, &Place::Start).await;
    }
    Ok(page)
}

enum Place {
    Start,
    After(Cursor),
    Before(Cursor),
}

async fn page(
    domain: &Domain,
    access: &StoreAccess<ManageMembers>,
    query: &MembersQuery,
    place: &Place,
) -> Result<MembersPage> {
    let (cursor, back) = match place {
        Place::Start => (None, false),
        Place::After(cursor) => (Some(cursor), false),
        Place::Before(cursor) => (Some(cursor), true),
    };
    let mut rows = fetch(domain, access, query, cursor, back).await?;
    let more = rows.len() > MembersPage::SIZE;
    rows.truncate(MembersPage::SIZE);
    if back {
        rows.reverse();
    }
    let at = |row: Option<&EntryRow>| {
        row.map(|row| Cursor::new(query.sort, row.sort_key.clone(), row.id.clone()).encode())
    };
    // Where one came from there is another page.
    let (before, after) = if back { (more, true) } else { (cursor.is_some(), more) };
    let previous = at(rows.first().filter(|_| before));
    let next = at(rows.last().filter(|_| after));
    let reader = Reader::new(domain, access, &rows).await?;
    let roles = roles::choices(domain, access, reader.texts).await?;
    let rows = rows.into_iter().map(|row| reader.row(row)).collect::<Result<_>>()?;
    Ok(MembersPage { store: access.store().clone(), rows, roles, next, previous })
}

/// One row more than a page holds, in the direction of travel.
async fn fetch(
    domain: &Domain,
    access: &StoreAccess<ManageMembers>,
    query: &MembersQuery,
    cursor: Option<&Cursor>,
    back: bool,
) -> Result<Vec<EntryRow>> {
    let page = Page {
        now: domain.now(),
        name_pattern: &people::pattern(&people::fold(&query.search)),
        email_pattern: &people::pattern(&query.search.to_lowercase()),
        status: match query.status {
            None => "",
            Some(StatusFilter::Active) => "active",
            Some(StatusFilter::Invited) => "invited",
        },
        sort: Sort { by: query.sort.by, descending: query.sort.descending != back },
        from: cursor,
        rows: MembersPage::SIZE as i64 + 1,
    };
    Ok(domain.db.read(async |conn| store::page(conn, access.store(), &page).await).await?)
}

/// What the page that confirms a removal shows.
///
/// # Errors
/// [`Refusal::Gone`] where the store has no such member or pending invitation.
pub async fn removal(
    domain: &Domain,
    access: &StoreAccess<ManageMembers>,
    id: &str,
) -> Result<RemovalView> {
    // Anything else cannot be an identifier, and PostgreSQL refuses U+0000.
    let id = id.chars().all(|c| c.is_ascii_alphanumeric() || c == '_').then_some(id);
    let id = id.ok_or(Refusal::Gone)?;
    let now = domain.now();
    let row = domain.db.read(async |conn| store::entry(conn, access.store(), id, now).await);
    let row = row.await?.ok_or(Refusal::Gone)?;
    let reader = Reader::new(domain, access, std::slice::from_ref(&row)).await?;
    let row = reader.row(row)?;
    Ok(RemovalView { row, store: access.store_name().to_owned() })
}

/// Who reads the list, and when.
struct Reader<'a> {
    texts: Texts,
    locale: Locale,
    now: i64,
    person: &'a str,
}

impl<'a> Reader<'a> {
    async fn new(
        domain: &Domain,
        access: &'a StoreAccess<ManageMembers>,
        rows: &[EntryRow],
    ) -> Result<Reader<'a>> {
        let (person, store) = (&access.signed_in().person, access.store());
        let (texts, now) = (Texts::of(person.language), domain.now());
        // Only what is long ago is written as a date.
        let dated = rows.iter().any(|row| row.seen >= 0 && now - row.seen >= RECENT);
        let locale = if dated {
            domain.db.read(async |conn| localization::locale(conn, store, texts).await).await?
        } else {
            Locale::without_store(texts, "UTC")
        };
        Ok(Reader { texts, locale, now, person: person.id.as_str() })
    }

    fn row(&self, row: EntryRow) -> Result<MemberRow> {
        let last_seen = match row.seen {
            -1 => String::new(),
            then => self.locale.relative(self.now, then),
        };
        let status = match row.status {
            0 => MemberStatus::Active,
            2 => MemberStatus::Expired,
            3 => MemberStatus::MailFailed { reason: row.reason },
            _ => MemberStatus::Invited,
        };
        Ok(MemberRow {
            name: format!("{} {}", row.first_name, row.last_name).trim().to_owned(),
            role: RoleName {
                name: roles::name(&people::role(&row.role)?, Some(&row.role_name), self.texts),
                code: row.role,
            },
            you: row.person_id == self.person,
            id: row.id,
            email: row.email,
            last_seen,
            status,
        })
    }
}
