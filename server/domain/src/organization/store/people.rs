//! Members by name and address.
use crate::{
    db::{Conn, Result, sql},
    row,
};
use model::{OrganizationId, PersonId};

row! {
    /// A member with name and address.
    pub struct PersonRow {
        pub email: String,
        pub first_name: String,
        pub last_name: String,
        pub role: String,
        pub suspended: bool,
        pub ends_at: Option<i64>,
    }
}
row! {
    /// A store, and a member's role in it.
    pub struct StoreOfRow {
        pub id: String,
        pub name: String,
        pub archived: bool,
        pub role: Option<String>,
        pub role_name: Option<String>,
    }
}

pub async fn person(
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

pub async fn stores_of(
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
    /// The person with an address.
    pub struct AddresseeRow {
        pub language: String,
        pub member: bool,
    }
}

/// The person with this address, and whether they belong to the organization.
pub async fn addressee(
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
