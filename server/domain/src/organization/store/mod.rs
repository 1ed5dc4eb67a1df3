//! Statements: here what the rules decide about, and their effects; the files below hold what is
//! shown.
mod expiry;
mod list;
mod people;
mod roles;
mod stores;

pub(super) use expiry::*;
pub(super) use list::*;
pub(super) use people::*;
pub(super) use roles::*;
pub(super) use stores::*;

use super::rules::Effect;
use crate::{
    Domain,
    db::{Conn, Result, sql},
    row,
};
use model::{MemberId, OrganizationId, PersonId, StoreId, access::PermissionSet};

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
            crate::people::join_organization(conn, organization, person, *role, *ends_at, now).await
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
    crate::people::leave_stores(conn, organization, person).await?;
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
