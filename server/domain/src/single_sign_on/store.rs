use crate::{
    db::{Conn, Result, sql},
    row,
};
use model::{OrganizationId, PersonId};

row! {
    /// A sign-in under way.
    pub(super) struct FlowRow {
        pub(super) organization_id: String,
        pub(super) sealed: String,
        pub(super) next: String,
        pub(super) person_id: Option<String>,
    }
}

/// A sign-in to be stored.
pub(super) struct NewFlow<'a> {
    pub(super) state_hash: &'a str,
    pub(super) organization: &'a OrganizationId,
    pub(super) browser_hash: &'a str,
    pub(super) sealed: &'a str,
    pub(super) next: &'a str,
    pub(super) person: Option<&'a PersonId>,
    pub(super) expires_at: i64,
}

pub(super) async fn insert_flow(conn: &mut Conn<'_>, flow: &NewFlow<'_>) -> Result<()> {
    sql("INSERT INTO sso_flow (state_hash, organization_id, browser_hash, sealed, next, person_id,
             expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)")
    .bind(flow.state_hash)
    .bind(flow.organization.as_str())
    .bind(flow.browser_hash)
    .bind(flow.sealed)
    .bind(flow.next)
    .bind(flow.person.map(PersonId::as_str))
    .bind(flow.expires_at)
    .execute(conn)
    .await?;
    Ok(())
}

/// A sign-in under way that has not expired.
pub(super) async fn flow(
    conn: &mut Conn<'_>,
    state_hash: &str,
    now: i64,
) -> Result<Option<FlowRow>> {
    sql("SELECT organization_id, sealed, next, person_id FROM sso_flow
         WHERE state_hash = $1 AND expires_at > $2")
    .bind(state_hash)
    .bind(now)
    .optional(conn)
    .await
}

/// Uses a sign-in up, if it was begun in this browser.
pub(super) async fn take_flow(
    conn: &mut Conn<'_>,
    state_hash: &str,
    browser_hash: &str,
    now: i64,
) -> Result<Option<FlowRow>> {
    sql("DELETE FROM sso_flow WHERE state_hash = $1 AND browser_hash = $2 AND expires_at > $3
         RETURNING organization_id, sealed, next, person_id")
    .bind(state_hash)
    .bind(browser_hash)
    .bind(now)
    .optional(conn)
    .await
}

row! {
    pub(super) struct OrganizationRow {
        pub(super) id: String,
        pub(super) name: String,
    }
}

/// Organizations with a provider for this domain of e-mail addresses. Domains hold no `%` or `_`.
pub(super) async fn organizations(
    conn: &mut Conn<'_>,
    domain: &str,
) -> Result<Vec<OrganizationRow>> {
    sql("SELECT o.id, o.name FROM organization_security g
         JOIN organization o ON o.id = g.organization_id
         WHERE g.sso_issuer IS NOT NULL
             AND (',' || g.sso_domains || ',') LIKE ('%,' || CAST($1 AS TEXT) || ',%')
         ORDER BY o.id LIMIT 2")
    .bind(domain)
    .all(conn)
    .await
}

pub(super) async fn organization(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
) -> Result<Option<OrganizationRow>> {
    sql("SELECT id, name FROM organization WHERE id = $1")
        .bind(organization.as_str())
        .optional(conn)
        .await
}

row! {
    /// A person whom a provider may speak of.
    pub(super) struct PersonRow {
        pub(super) id: String,
        pub(super) email: String,
        pub(super) first_name: String,
        pub(super) last_name: String,
        pub(super) language: String,
        pub(super) theme: String,
        pub(super) time_zone: String,
        /// Of the membership in the organization, if there is one.
        pub(super) role: Option<String>,
        pub(super) suspended_at: Option<i64>,
        pub(super) ends_at: Option<i64>,
        /// Whether they belong to another organization as well.
        pub(super) elsewhere: bool,
    }
}

/// The person whom a provider's subject is.
pub(super) async fn by_subject(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    issuer: &str,
    subject: &str,
) -> Result<Option<PersonRow>> {
    sql("SELECT p.id, p.email, p.first_name, p.last_name, p.language, p.theme, p.time_zone, m.role,
             m.suspended_at, m.ends_at,
             EXISTS (SELECT 1 FROM organization_member e
                 WHERE e.person_id = p.id AND e.organization_id <> $1) AS elsewhere
         FROM sso_identity i
         JOIN person p ON p.id = i.person_id
         LEFT JOIN organization_member m ON m.person_id = p.id AND m.organization_id = $1
         WHERE i.organization_id = $1 AND i.issuer = $2 AND i.subject = $3")
    .bind(organization.as_str())
    .bind(issuer)
    .bind(subject)
    .optional(conn)
    .await
}

/// The person with this identifier or e-mail address.
pub(super) async fn person(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    id_or_email: &str,
) -> Result<Option<PersonRow>> {
    sql("SELECT p.id, p.email, p.first_name, p.last_name, p.language, p.theme, p.time_zone, m.role,
             m.suspended_at, m.ends_at,
             EXISTS (SELECT 1 FROM organization_member e
                 WHERE e.person_id = p.id AND e.organization_id <> $1) AS elsewhere
         FROM person p
         LEFT JOIN organization_member m ON m.person_id = p.id AND m.organization_id = $1
         WHERE p.id = $2 OR p.email = $2")
    .bind(organization.as_str())
    .bind(id_or_email)
    .optional(conn)
    .await
}

row! { struct SubjectRow { subject: String } }

/// Whether a person is linked to any subject of this provider.
pub(super) async fn is_linked(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    issuer: &str,
    person: &PersonId,
) -> Result<bool> {
    let rows: Vec<SubjectRow> = sql("SELECT subject FROM sso_identity
         WHERE organization_id = $1 AND issuer = $2 AND person_id = $3")
    .bind(organization.as_str())
    .bind(issuer)
    .bind(person.as_str())
    .all(conn)
    .await?;
    Ok(rows.iter().any(|row| !row.subject.is_empty()))
}

/// Links; false where the subject is somebody else's already.
pub(super) async fn link(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    (issuer, subject): (&str, &str),
    person: &PersonId,
    now: i64,
) -> Result<bool> {
    let rows = sql(
        "INSERT INTO sso_identity (organization_id, issuer, subject, person_id,
             linked_at, used_at)
         VALUES ($1, $2, $3, $4, $5, $5) ON CONFLICT (organization_id, issuer, subject) DO NOTHING",
    )
    .bind(organization.as_str())
    .bind(issuer)
    .bind(subject)
    .bind(person.as_str())
    .bind(now)
    .execute(conn)
    .await?;
    Ok(rows == 1)
}

pub(super) async fn used(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    issuer: &str,
    subject: &str,
    now: i64,
) -> Result<()> {
    sql("UPDATE sso_identity SET used_at = $1
         WHERE organization_id = $2 AND issuer = $3 AND subject = $4")
    .bind(now)
    .bind(organization.as_str())
    .bind(issuer)
    .bind(subject)
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes all links of a person to an organization's providers away.
pub(super) async fn unlink(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    person: &PersonId,
) -> Result<bool> {
    let rows = sql("DELETE FROM sso_identity WHERE organization_id = $1 AND person_id = $2")
        .bind(organization.as_str())
        .bind(person.as_str())
        .execute(conn)
        .await?;
    Ok(rows > 0)
}

row! {
    pub(super) struct LinkRow {
        pub(super) organization_id: String,
        pub(super) organization: String,
        pub(super) issuer: String,
        pub(super) used_at: Option<i64>,
    }
}

/// The organizations with a provider that a person belongs to, and whether they are linked.
pub(super) async fn links(
    conn: &mut Conn<'_>,
    person: &PersonId,
    now: i64,
) -> Result<Vec<LinkRow>> {
    sql("SELECT o.id AS organization_id, o.name AS organization, g.sso_issuer AS issuer,
             (SELECT MAX(i.used_at) FROM sso_identity i WHERE i.organization_id = o.id
                 AND i.person_id = m.person_id AND i.issuer = g.sso_issuer) AS used_at
         FROM organization_member m
         JOIN organization o ON o.id = m.organization_id
         JOIN organization_security g ON g.organization_id = o.id AND g.sso_issuer IS NOT NULL
         WHERE m.person_id = $1 AND m.suspended_at IS NULL
             AND (m.ends_at IS NULL OR m.ends_at > $2)
         ORDER BY o.name, o.id")
    .bind(person.as_str())
    .bind(now)
    .all(conn)
    .await
}

row! {
    pub(super) struct MemberRow {
        pub(super) person_id: String,
        pub(super) email: String,
        pub(super) first_name: String,
        pub(super) last_name: String,
        pub(super) role: String,
    }
}

/// Active members who are not linked to the provider, by name.
pub(super) async fn without_identity(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    now: i64,
) -> Result<Vec<MemberRow>> {
    sql("SELECT p.id AS person_id, p.email, p.first_name, p.last_name, m.role
         FROM organization_member m
         JOIN person p ON p.id = m.person_id
         JOIN organization_security g ON g.organization_id = m.organization_id
         WHERE m.organization_id = $1 AND m.suspended_at IS NULL
             AND (m.ends_at IS NULL OR m.ends_at > $2)
             AND NOT EXISTS (SELECT 1 FROM sso_identity i
                 WHERE i.organization_id = m.organization_id AND i.person_id = p.id
                     AND i.issuer = g.sso_issuer)
         ORDER BY p.name_key, p.id")
    .bind(organization.as_str())
    .bind(now)
    .all(conn)
    .await
}

row! {
    pub(super) struct StoreRow {
        pub(super) id: String,
        pub(super) name: String,
    }
}

/// The stores of an organization that are in use, by name.
pub(super) async fn stores(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
) -> Result<Vec<StoreRow>> {
    sql("SELECT id, name FROM store WHERE organization_id = $1 AND archived_at IS NULL
         ORDER BY name, id")
    .bind(organization.as_str())
    .all(conn)
    .await
}
