use super::fold;
use crate::{
    db::{Conn, Result, sql},
    row,
};
use model::{
    MemberId, OrganizationId, PersonId, StoreId,
    access::{OrganizationRole, RoleRef},
    text::Lang,
};
use std::collections::{BTreeMap, BTreeSet};

row! {
    /// A person as stored.
    pub(crate) struct PersonRow {
        pub(crate) id: String,
        pub(crate) email: String,
        pub(crate) first_name: String,
        pub(crate) last_name: String,
        pub(crate) password_hash: String,
        pub(crate) language: String,
        pub(crate) theme: String,
        pub(crate) time_zone: String,
    }
}

row! { struct AnyRow { found: bool } }

/// A person to be stored.
#[derive(Clone, Debug)]
pub(crate) struct NewPerson {
    pub(crate) id: PersonId,
    pub(crate) email: String,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) phone: String,
    pub(crate) password_hash: String,
    pub(crate) language: Lang,
    pub(crate) data_consent_at: Option<i64>,
    pub(crate) marketing_consent_at: Option<i64>,
    pub(crate) last_seen_at: Option<i64>,
    pub(crate) created_at: i64,
}

/// A store to be stored.
#[derive(Clone, Debug)]
pub(crate) struct NewStore {
    pub(crate) id: StoreId,
    pub(crate) organization: OrganizationId,
    pub(crate) name: String,
    pub(crate) created_at: i64,
}

pub(crate) async fn by_email(conn: &mut Conn<'_>, email: &str) -> Result<Option<PersonRow>> {
    sql("SELECT id, email, first_name, last_name, password_hash, language, theme,
             time_zone
         FROM person WHERE email = $1")
    .bind(email)
    .optional(conn)
    .await
}

/// Whether anybody is stored.
pub(crate) async fn any(conn: &mut Conn<'_>) -> Result<bool> {
    let row: AnyRow = sql("SELECT EXISTS (SELECT 1 FROM person) AS found").one(conn).await?;
    Ok(row.found)
}

/// Stores a person; false where the e-mail address belongs to somebody already.
pub(crate) async fn insert(conn: &mut Conn<'_>, person: &NewPerson) -> Result<bool> {
    let name_key = fold(&format!("{} {}", person.first_name, person.last_name));
    let rows = sql("INSERT INTO person (id, email, first_name, last_name, name_key, phone,
             password_hash, language, theme, data_consent_at, marketing_consent_at, last_seen_at,
             created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'system', $9, $10, $11, $12)
         ON CONFLICT (email) DO NOTHING")
    .bind(person.id.as_str())
    .bind(&person.email)
    .bind(&person.first_name)
    .bind(&person.last_name)
    .bind(name_key)
    .bind(&person.phone)
    .bind(&person.password_hash)
    .bind(person.language.code())
    .bind(person.data_consent_at)
    .bind(person.marketing_consent_at)
    .bind(person.last_seen_at)
    .bind(person.created_at)
    .execute(conn)
    .await?;
    Ok(rows == 1)
}

pub(crate) async fn insert_organization(
    conn: &mut Conn<'_>,
    id: &OrganizationId,
    name: &str,
    now: i64,
) -> Result<()> {
    sql("INSERT INTO organization (id, name, created_at) VALUES ($1, $2, $3)")
        .bind(id.as_str())
        .bind(name)
        .bind(now)
        .execute(conn)
        .await?;
    Ok(())
}

pub(crate) async fn insert_store(conn: &mut Conn<'_>, store: &NewStore) -> Result<()> {
    sql("INSERT INTO store (id, organization_id, name, guard, created_at)
         VALUES ($1, $2, $3, 0, $4)")
    .bind(store.id.as_str())
    .bind(store.organization.as_str())
    .bind(&store.name)
    .bind(store.created_at)
    .execute(conn)
    .await?;
    Ok(())
}

/// Locks the organization's members, roles and invitations until the transaction ends; false
/// where there is no such organization.
pub(crate) async fn lock_organization(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
) -> Result<bool> {
    let locked = sql("UPDATE organization SET guard = guard + 1 WHERE id = $1")
        .bind(organization.as_str())
        .execute(conn)
        .await?;
    Ok(locked == 1)
}

/// Removes what is left of a person's membership that has ended by `now`.
pub(crate) async fn end_membership(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    person: &PersonId,
    now: i64,
) -> Result<()> {
    let ended = sql("DELETE FROM organization_member
         WHERE organization_id = $1 AND person_id = $2 AND ends_at <= $3")
    .bind(organization.as_str())
    .bind(person.as_str())
    .bind(now)
    .execute(conn)
    .await?;
    if ended == 1 { leave_stores(conn, organization, person).await } else { Ok(()) }
}

/// Takes a person out of every store of an organization.
pub(crate) async fn leave_stores(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    person: &PersonId,
) -> Result<()> {
    sql("DELETE FROM store_member WHERE person_id = $1
         AND store_id IN (SELECT id FROM store WHERE organization_id = $2)")
    .bind(person.as_str())
    .bind(organization.as_str())
    .execute(conn)
    .await?;
    Ok(())
}

/// Makes a person part of an organization; nothing happens to one who is.
pub(crate) async fn join_organization(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    person: &PersonId,
    role: OrganizationRole,
    ends_at: Option<i64>,
    now: i64,
) -> Result<()> {
    sql("INSERT INTO organization_member (organization_id, person_id, role, ends_at, joined_at)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (organization_id, person_id) DO NOTHING")
    .bind(organization.as_str())
    .bind(person.as_str())
    .bind(role.code())
    .bind(ends_at)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(())
}

/// Makes a person a member of a store; false, and nothing happens, where they are one already.
pub(crate) async fn join_store(
    conn: &mut Conn<'_>,
    id: &MemberId,
    store: &StoreId,
    person: &PersonId,
    role: &RoleRef,
    now: i64,
) -> Result<bool> {
    let rows = sql("INSERT INTO store_member (id, store_id, person_id, role, joined_at)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (store_id, person_id) DO NOTHING")
    .bind(id.as_str())
    .bind(store.as_str())
    .bind(person.as_str())
    .bind(role.code())
    .bind(now)
    .execute(conn)
    .await?;
    Ok(rows == 1)
}

row! { struct NameRow { id: String, first_name: String, last_name: String } }

/// How many names one statement looks up.
const NAMES: usize = 8;

/// The names of the people among these identifiers.
pub(crate) async fn names(
    conn: &mut Conn<'_>,
    ids: impl Iterator<Item = &str>,
) -> Result<BTreeMap<String, String>> {
    let ids: Vec<&str> = ids.collect::<BTreeSet<_>>().into_iter().collect();
    let mut names = BTreeMap::new();
    for some in ids.chunks(NAMES) {
        let mut statement = sql("SELECT id, first_name, last_name FROM person
             WHERE id IN ($1, $2, $3, $4, $5, $6, $7, $8)");
        for at in 0..NAMES {
            statement = statement.bind(some.get(at).copied().unwrap_or_default());
        }
        for row in statement.all::<NameRow>(conn).await? {
            let name = format!("{} {}", row.first_name, row.last_name).trim().to_owned();
            names.insert(row.id, name);
        }
    }
    Ok(names)
}
