use super::{list_sql, rules::Effect};
use crate::{
    Domain,
    db::{Arg, Conn, Result, sql},
    people, row,
};
use model::{
    MemberId, OrganizationId, PersonId, StoreId,
    access::PermissionSet,
    view::{Sort, SortBy},
};
use std::sync::LazyLock;

row! {
    /// A member of the organization as the rules need it.
    pub(super) struct MemberRow {
        pub(super) person_id: String,
        pub(super) role: String,
        pub(super) suspended: bool,
        pub(super) ends_at: Option<i64>,
    }
}

row! {
    /// A membership in a store, with the person's standing in the organization.
    pub(super) struct StoreMemberRow {
        pub(super) store_id: String,
        pub(super) person_id: String,
        pub(super) store_role: String,
        pub(super) role: String,
        pub(super) suspended: bool,
        pub(super) ends_at: Option<i64>,
    }
}

row! { pub(super) struct StoreRow { pub(super) id: String, pub(super) archived: bool } }
row! { pub(super) struct UsedRow { pub(super) used: bool } }
row! { pub(super) struct NameRow { pub(super) name: String } }

/// Two members.
pub(super) async fn members(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    actor: &str,
    subject: &str,
) -> Result<Vec<MemberRow>> {
    sql("SELECT person_id, role, (suspended_at IS NOT NULL) AS suspended, ends_at
         FROM organization_member
         WHERE organization_id = $1 AND (person_id = $2 OR person_id = $3)")
    .bind(organization.as_str())
    .bind(actor)
    .bind(subject)
    .all(conn)
    .await
}

/// The store memberships of two people, and the Administrators of the second one's stores and of
/// one more; also who has a role, if one is asked for.
pub(super) async fn store_members(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    (actor, subject): (&str, &str),
    store: &str,
    role: &str,
) -> Result<Vec<StoreMemberRow>> {
    sql("SELECT m.store_id, m.person_id, m.role AS store_role, o.role,
             (o.suspended_at IS NOT NULL) AS suspended, o.ends_at
         FROM store_member m
         JOIN store s ON s.id = m.store_id
         JOIN organization_member o ON o.organization_id = s.organization_id
             AND o.person_id = m.person_id
         WHERE s.organization_id = $1 AND (m.person_id = $2 OR m.person_id = $3 OR m.role = $5
             OR (m.role = 'administrator' AND (m.store_id = $4 OR m.store_id IN (
                 SELECT store_id FROM store_member WHERE person_id = $3))))")
    .bind(organization.as_str())
    .bind(actor)
    .bind(subject)
    .bind(store)
    .bind(role)
    .all(conn)
    .await
}

/// Every store of the organization.
pub(super) async fn stores(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
) -> Result<Vec<StoreRow>> {
    sql("SELECT id, (archived_at IS NOT NULL) AS archived FROM store WHERE organization_id = $1")
        .bind(organization.as_str())
        .all(conn)
        .await
}

/// Whether a pending invitation gives a role.
pub(super) async fn invited_with(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    role: &str,
) -> Result<bool> {
    let row: UsedRow = sql("SELECT EXISTS (SELECT 1 FROM invitation_store v
             JOIN invitation i ON i.id = v.invitation_id
             WHERE i.organization_id = $1 AND i.ended_at IS NULL AND v.role = $2) AS used")
    .bind(organization.as_str())
    .bind(role)
    .one(conn)
    .await?;
    Ok(row.used)
}

/// Writes one effect down. What makes a new row besides (the store, the role) is written by who
/// asks for it.
pub(super) async fn write(
    domain: &Domain,
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    effect: &Effect,
) -> Result<()> {
    let now = domain.now();
    match effect {
        Effect::Join(person, role, ends_at) => {
            people::join_organization(conn, organization, person, *role, *ends_at, now).await
        }
        Effect::Leave(person) => leave(conn, organization, person).await,
        Effect::SetRole(person, role) => sql("UPDATE organization_member SET role = $3
                 WHERE organization_id = $1 AND person_id = $2")
        .bind(organization.as_str())
        .bind(person.as_str())
        .bind(role.code())
        .execute(conn)
        .await
        .map(drop),
        Effect::SetSuspended(person, suspended) => {
            sql("UPDATE organization_member SET suspended_at = $3
                 WHERE organization_id = $1 AND person_id = $2")
            .bind(organization.as_str())
            .bind(person.as_str())
            .bind(suspended.then_some(now))
            .execute(conn)
            .await
            .map(drop)
        }
        Effect::SetEnd(person, ends_at) => {
            sql("UPDATE organization_member SET ends_at = $3, warned_at = NULL
                 WHERE organization_id = $1 AND person_id = $2")
            .bind(organization.as_str())
            .bind(person.as_str())
            .bind(*ends_at)
            .execute(conn)
            .await
            .map(drop)
        }
        Effect::SetStoreRole(store, person, role) => {
            sql("INSERT INTO store_member (id, store_id, person_id, role, joined_at)
                 VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (store_id, person_id) DO UPDATE SET role = excluded.role")
            .bind(MemberId::from_u128(domain.id_bits()).as_str())
            .bind(store.as_str())
            .bind(person.as_str())
            .bind(role.code())
            .bind(now)
            .execute(conn)
            .await
            .map(drop)
        }
        Effect::LeaveStore(store, person) => {
            sql("DELETE FROM store_member WHERE store_id = $1 AND person_id = $2")
                .bind(store.as_str())
                .bind(person.as_str())
                .execute(conn)
                .await
                .map(drop)
        }
        Effect::AddStore(_) => Ok(()),
        Effect::SetArchived(store, archived) => {
            sql("UPDATE store SET archived_at = $1, guard = guard + 1
                 WHERE id = $2 AND organization_id = $3")
            .bind(archived.then_some(now))
            .bind(store.as_str())
            .bind(organization.as_str())
            .execute(conn)
            .await
            .map(drop)
        }
        Effect::PutRole(role, permissions) => {
            sql("UPDATE role SET permissions = $1 WHERE id = $2 AND organization_id = $3")
                .bind(encode(*permissions))
                .bind(role.as_str())
                .bind(organization.as_str())
                .execute(conn)
                .await
                .map(drop)
        }
        Effect::ReplaceRole(role, other) => {
            sql("UPDATE store_member SET role = $2 WHERE role = $1")
                .bind(role.as_str())
                .bind(other.code())
                .execute(conn)
                .await?;
            sql("UPDATE invitation_store SET role = $2 WHERE role = $1")
                .bind(role.as_str())
                .bind(other.code())
                .execute(conn)
                .await
                .map(drop)
        }
        Effect::DropRole(role) => sql("DELETE FROM role WHERE id = $1 AND organization_id = $2")
            .bind(role.as_str())
            .bind(organization.as_str())
            .execute(conn)
            .await
            .map(drop),
    }
}

/// A role's permissions as its row has them.
pub(super) fn encode(permissions: PermissionSet) -> String {
    serde_json::to_string(&permissions).unwrap_or_default()
}

async fn leave(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    person: &PersonId,
) -> Result<()> {
    people::leave_stores(conn, organization, person).await?;
    sql("DELETE FROM organization_member WHERE organization_id = $1 AND person_id = $2")
        .bind(organization.as_str())
        .bind(person.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// A store's name.
pub(super) async fn store_name(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    store: &StoreId,
) -> Result<Option<String>> {
    let row: Option<NameRow> = sql("SELECT name FROM store WHERE id = $1 AND organization_id = $2")
        .bind(store.as_str())
        .bind(organization.as_str())
        .optional(conn)
        .await?;
    Ok(row.map(|row| row.name))
}

row! {
    /// A member with name and address.
    pub(super) struct PersonRow {
        pub(super) email: String,
        pub(super) first_name: String,
        pub(super) last_name: String,
        pub(super) role: String,
        pub(super) suspended: bool,
        pub(super) ends_at: Option<i64>,
    }
}
row! {
    /// A store, and a member's role in it.
    pub(super) struct StoreOfRow {
        pub(super) id: String,
        pub(super) name: String,
        pub(super) archived: bool,
        pub(super) role: Option<String>,
        pub(super) role_name: Option<String>,
    }
}

pub(super) async fn person(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    person: &PersonId,
) -> Result<Option<PersonRow>> {
    sql("SELECT p.email, p.first_name, p.last_name, m.role,
             (m.suspended_at IS NOT NULL) AS suspended, m.ends_at
         FROM organization_member m JOIN person p ON p.id = m.person_id
         WHERE m.organization_id = $1 AND m.person_id = $2")
    .bind(organization.as_str())
    .bind(person.as_str())
    .optional(conn)
    .await
}

pub(super) async fn stores_of(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    person: &PersonId,
) -> Result<Vec<StoreOfRow>> {
    sql("SELECT s.id, s.name, (s.archived_at IS NOT NULL) AS archived, m.role,
             r.name AS role_name
         FROM store s
         LEFT JOIN store_member m ON m.store_id = s.id AND m.person_id = $2
         LEFT JOIN role r ON r.id = m.role AND r.organization_id = s.organization_id
         WHERE s.organization_id = $1 ORDER BY s.name, s.id")
    .bind(organization.as_str())
    .bind(person.as_str())
    .all(conn)
    .await
}

row! {
    /// A membership whose time has come, or comes soon.
    pub(super) struct DueRow {
        pub(super) organization_id: String,
        pub(super) person_id: String,
        pub(super) language: String,
    }
}

/// Memberships that have ended by `now`.
pub(super) async fn due(conn: &mut Conn<'_>, now: i64, limit: i64) -> Result<Vec<DueRow>> {
    sql("SELECT organization_id, person_id, '' AS language FROM organization_member
         WHERE ends_at IS NOT NULL AND ends_at <= $1 AND role <> 'owner'
         ORDER BY ends_at, organization_id, person_id LIMIT $2")
    .bind(now)
    .bind(limit)
    .all(conn)
    .await
}

/// Marks the memberships that end before `soon` as warned of; those that were not so far.
pub(super) async fn warn(conn: &mut Conn<'_>, now: i64, soon: i64) -> Result<Vec<DueRow>> {
    sql("UPDATE organization_member SET warned_at = $1
         WHERE warned_at IS NULL AND suspended_at IS NULL AND ends_at IS NOT NULL
             AND ends_at > $1 AND ends_at <= $2
         RETURNING organization_id, person_id,
             (SELECT p.language FROM person p WHERE p.id = organization_member.person_id)
                 AS language")
    .bind(now)
    .bind(soon)
    .all(conn)
    .await
}

row! {
    /// The person with an address.
    pub(super) struct AddresseeRow {
        pub(super) language: String,
        pub(super) member: bool,
    }
}

/// The person with this address, and whether they belong to the organization.
pub(super) async fn addressee(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    email: &str,
    now: i64,
) -> Result<Option<AddresseeRow>> {
    sql("SELECT p.language, EXISTS (SELECT 1 FROM organization_member m
                 WHERE m.organization_id = $1 AND m.person_id = p.id
                     AND (m.ends_at IS NULL OR m.ends_at > $3)) AS member
         FROM person p WHERE p.email = $2")
    .bind(organization.as_str())
    .bind(email)
    .bind(now)
    .optional(conn)
    .await
}

row! {
    /// A store with its details' document.
    pub(super) struct OwnStoreRow {
        pub(super) id: String,
        pub(super) name: String,
        pub(super) created_at: i64,
        pub(super) archived: bool,
        pub(super) body: Option<String>,
        pub(super) members: i64,
        pub(super) role: Option<String>,
        pub(super) role_name: Option<String>,
    }
}

/// The organization's stores, open ones first, with the person's own role in each. Members are
/// counted up to `most`.
pub(super) async fn own_stores(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    person: &PersonId,
    section: &str,
    most: i64,
) -> Result<Vec<OwnStoreRow>> {
    sql("SELECT s.id, s.name, s.created_at, (s.archived_at IS NOT NULL) AS archived, d.body,
             (SELECT COUNT(*) FROM (SELECT 1 FROM store_member c WHERE c.store_id = s.id
                 LIMIT $4) counted) AS members,
             m.role, r.name AS role_name
         FROM store s
         LEFT JOIN setting_document d ON d.scope_id = s.id AND d.section = $3
         LEFT JOIN store_member m ON m.store_id = s.id AND m.person_id = $2
         LEFT JOIN role r ON r.id = m.role AND r.organization_id = s.organization_id
         WHERE s.organization_id = $1
         ORDER BY (s.archived_at IS NOT NULL), s.name, s.id")
    .bind(organization.as_str())
    .bind(person.as_str())
    .bind(section)
    .bind(most)
    .all(conn)
    .await
}

row! {
    /// Somebody, and the name of their store.
    pub(super) struct NamedRow {
        pub(super) first_name: String,
        pub(super) last_name: String,
        pub(super) email: String,
        pub(super) store: String,
    }
}

/// Who has a custom role, by name, once for each store.
pub(super) async fn members_with(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    role: &str,
    most: i64,
) -> Result<Vec<NamedRow>> {
    sql("SELECT p.first_name, p.last_name, p.email, s.name AS store
         FROM store_member m
         JOIN store s ON s.id = m.store_id
         JOIN person p ON p.id = m.person_id
         WHERE s.organization_id = $1 AND m.role = $2
         ORDER BY p.name_key, p.id, s.name, s.id LIMIT $3")
    .bind(organization.as_str())
    .bind(role)
    .bind(most)
    .all(conn)
    .await
}

row! { pub(super) struct CountRow { pub(super) n: i64 } }

/// Inserts a custom role; false where the organization has one of that name.
pub(super) async fn insert_role(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    id: &str,
    (name, key): (&str, &str),
    permissions: &str,
    now: i64,
) -> Result<bool> {
    let rows = sql(
        "INSERT INTO role (id, organization_id, name, name_key, permissions, version,
             created_at, changed_at)
         VALUES ($1, $2, $3, $4, $5, 1, $6, $6) ON CONFLICT (organization_id, name_key) DO NOTHING",
    )
    .bind(id)
    .bind(organization.as_str())
    .bind(name)
    .bind(key)
    .bind(permissions)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(rows == 1)
}

/// Whether another custom role has this name.
pub(super) async fn role_named(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    id: &str,
    key: &str,
) -> Result<bool> {
    let row: UsedRow = sql("SELECT EXISTS (SELECT 1 FROM role
             WHERE organization_id = $1 AND name_key = $2 AND id <> $3) AS used")
    .bind(organization.as_str())
    .bind(key)
    .bind(id)
    .one(conn)
    .await?;
    Ok(row.used)
}

/// Changes a custom role that has this version; false where somebody else was quicker.
pub(super) async fn update_role(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    (id, version): (&str, i64),
    (name, key): (&str, &str),
    permissions: &str,
    now: i64,
) -> Result<bool> {
    let rows = sql("UPDATE role SET name = $1, name_key = $2, permissions = $3,
             version = version + 1, changed_at = $4
         WHERE id = $5 AND organization_id = $6 AND version = $7")
    .bind(name)
    .bind(key)
    .bind(permissions)
    .bind(now)
    .bind(id)
    .bind(organization.as_str())
    .bind(version)
    .execute(conn)
    .await?;
    Ok(rows == 1)
}

/// How many store memberships have each custom role.
pub(super) async fn role_members(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    role: &str,
    most: i64,
) -> Result<i64> {
    let row: CountRow = sql("SELECT COUNT(*) AS n FROM (SELECT 1 FROM store_member m
             JOIN store s ON s.id = m.store_id
             WHERE s.organization_id = $1 AND m.role = $2 LIMIT $3) counted")
    .bind(organization.as_str())
    .bind(role)
    .bind(most)
    .one(conn)
    .await?;
    Ok(row.n)
}

/// Rows a page of the member table.
pub(super) const PAGE: usize = 50;

row! {
    /// A member or a pending invitation; see [`list_sql`].
    pub(super) struct EntryRow {
        pub(super) id: String,
        pub(super) first_name: String,
        pub(super) last_name: String,
        pub(super) email: String,
        pub(super) role: String,
        pub(super) seen: i64,
        pub(super) status: i64,
        pub(super) ends_at: Option<i64>,
        pub(super) reason: String,
        pub(super) second_factor: bool,
        pub(super) sort_key: String,
    }
}

row! {
    /// A store of a row of the table.
    pub(super) struct PlaceRow {
        pub(super) id: String,
        pub(super) store: String,
        pub(super) role: String,
        pub(super) role_name: Option<String>,
    }
}

/// Which rows, and from where.
pub(super) struct Page<'a> {
    pub(super) now: i64,
    pub(super) name_pattern: &'a str,
    pub(super) email_pattern: &'a str,
    pub(super) status: &'a str,
    pub(super) role: &'a str,
    pub(super) store: &'a str,
    pub(super) sort: Sort,
    pub(super) from: Option<(&'a str, &'a str)>,
}

/// A page of the table and one row more.
pub(super) async fn page(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    page: &Page<'_>,
) -> Result<Vec<EntryRow>> {
    let (key, id) = page.from.unwrap_or_default();
    let key: Arg<'_> = match page.sort.by {
        SortBy::LastSeen => key.parse::<i64>().unwrap_or_default().into(),
        _ => key.into(),
    };
    sql(list_sql::page(page.sort))
        .bind(organization.as_str())
        .bind(page.now)
        .bind(page.name_pattern)
        .bind(page.email_pattern)
        .bind(page.status)
        .bind(page.role)
        .bind(page.store)
        .bind(page.from.is_some())
        .bind(key)
        .bind(id)
        .bind(PAGE as i64 + 1)
        .all(conn)
        .await
}

/// The stores of the members and invitations with these identifiers, a page of them at most; by
/// name. The statement has a place for each: one question, however many rows.
pub(super) async fn places(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    ids: &[&str],
) -> Result<Vec<PlaceRow>> {
    static TEXT: LazyLock<String> = LazyLock::new(|| {
        let ids: Vec<String> = (2..PAGE + 2).map(|n| format!("${n}")).collect();
        let ids = ids.join(", ");
        format!(
            "SELECT e.id, s.name AS store, e.role, r.name AS role_name
             FROM (SELECT person_id AS id, store_id, role FROM store_member
                       WHERE person_id IN ({ids})
                   UNION ALL
                   SELECT invitation_id, store_id, role FROM invitation_store
                       WHERE invitation_id IN ({ids})) e
             JOIN store s ON s.id = e.store_id AND s.organization_id = $1
             LEFT JOIN role r ON r.id = e.role AND r.organization_id = s.organization_id
             WHERE s.archived_at IS NULL ORDER BY s.name, s.id"
        )
    });
    let mut statement = sql(TEXT.as_str()).bind(organization.as_str());
    for n in 0..PAGE {
        statement = statement.bind(ids.get(n).copied().unwrap_or_default());
    }
    statement.all(conn).await
}
