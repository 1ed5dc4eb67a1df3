use crate::{
    db::{Conn, Result, sql},
    row,
};
use model::{AddressRuleId, OrganizationId, PersonId};

row! {
    pub(super) struct RuleRow {
        pub(super) id: String,
        pub(super) network: String,
        pub(super) label: String,
        pub(super) expires_at: Option<i64>,
        pub(super) created_at: i64,
        pub(super) created_by: String,
    }
}

/// The list, oldest first.
pub(super) async fn rules(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
) -> Result<Vec<RuleRow>> {
    sql("SELECT r.id, r.network, r.label, r.expires_at, r.created_at,
             p.first_name || ' ' || p.last_name AS created_by
         FROM address_rule r JOIN person p ON p.id = r.created_by
         WHERE r.organization_id = $1 ORDER BY r.created_at, r.id")
    .bind(organization.as_str())
    .all(conn)
    .await
}

/// A line to be stored.
pub(super) struct NewRule<'a> {
    pub(super) id: &'a AddressRuleId,
    pub(super) organization: &'a OrganizationId,
    pub(super) network: &'a str,
    pub(super) label: &'a str,
    pub(super) expires_at: Option<i64>,
    pub(super) created_by: &'a PersonId,
    pub(super) now: i64,
}

/// False where that network is on the list already. A line that has expired makes room.
pub(super) async fn insert(conn: &mut Conn<'_>, rule: &NewRule<'_>) -> Result<bool> {
    sql("DELETE FROM address_rule
         WHERE organization_id = $1 AND network = $2 AND expires_at <= $3")
    .bind(rule.organization.as_str())
    .bind(rule.network)
    .bind(rule.now)
    .execute(conn)
    .await?;
    let rows = sql("INSERT INTO address_rule (id, organization_id, network, label, expires_at,
             created_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (organization_id, network) DO NOTHING")
    .bind(rule.id.as_str())
    .bind(rule.organization.as_str())
    .bind(rule.network)
    .bind(rule.label)
    .bind(rule.expires_at)
    .bind(rule.created_by.as_str())
    .bind(rule.now)
    .execute(conn)
    .await?;
    Ok(rows == 1)
}

/// Takes a line off the list; what it was.
pub(super) async fn delete(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    id: &AddressRuleId,
) -> Result<Option<RuleRow>> {
    sql("DELETE FROM address_rule WHERE organization_id = $1 AND id = $2
         RETURNING id, network, label, expires_at, created_at, created_by")
    .bind(organization.as_str())
    .bind(id.as_str())
    .optional(conn)
    .await
}

row! {
    pub(super) struct PersonRow {
        pub(super) person_id: String,
        pub(super) email: String,
        pub(super) first_name: String,
        pub(super) last_name: String,
        pub(super) created_at: i64,
    }
}

/// Members whom the list does not concern, by name.
pub(super) async fn exemptions(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
) -> Result<Vec<PersonRow>> {
    sql("SELECT p.id AS person_id, p.email, p.first_name, p.last_name, x.created_at
         FROM address_exemption x
         JOIN person p ON p.id = x.person_id
         JOIN organization_member m ON m.organization_id = x.organization_id
             AND m.person_id = x.person_id
         WHERE x.organization_id = $1 ORDER BY p.name_key, p.id")
    .bind(organization.as_str())
    .all(conn)
    .await
}

/// Members to choose from, by name.
pub(super) async fn members(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
) -> Result<Vec<PersonRow>> {
    sql("SELECT p.id AS person_id, p.email, p.first_name, p.last_name, m.joined_at AS created_at
         FROM organization_member m JOIN person p ON p.id = m.person_id
         WHERE m.organization_id = $1 ORDER BY p.name_key, p.id LIMIT 1000")
    .bind(organization.as_str())
    .all(conn)
    .await
}

/// Exempts a member; false where they are exempt already, or no member.
pub(super) async fn exempt(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    person: &PersonId,
    by: &PersonId,
    now: i64,
) -> Result<bool> {
    let rows = sql("INSERT INTO address_exemption (organization_id, person_id, created_by,
             created_at)
         SELECT m.organization_id, m.person_id, $3, $4 FROM organization_member m
         WHERE m.organization_id = $1 AND m.person_id = $2
         ON CONFLICT (organization_id, person_id) DO NOTHING")
    .bind(organization.as_str())
    .bind(person.as_str())
    .bind(by.as_str())
    .bind(now)
    .execute(conn)
    .await?;
    Ok(rows == 1)
}

pub(super) async fn no_longer_exempt(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    person: &PersonId,
) -> Result<bool> {
    let rows = sql("DELETE FROM address_exemption WHERE organization_id = $1 AND person_id = $2")
        .bind(organization.as_str())
        .bind(person.as_str())
        .execute(conn)
        .await?;
    Ok(rows == 1)
}

row! {
    /// Somebody who could change the list, and an address of theirs.
    pub(super) struct KeeperRow {
        pub(super) person_id: String,
        pub(super) exempt: bool,
        pub(super) address: Option<String>,
    }
}

/// Owner and Administrators, once for each address that they have a live session from.
pub(super) async fn keepers(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    now: i64,
) -> Result<Vec<KeeperRow>> {
    sql("SELECT m.person_id, (x.person_id IS NOT NULL) AS exempt, s.address
         FROM organization_member m
         LEFT JOIN address_exemption x ON x.organization_id = m.organization_id
             AND x.person_id = m.person_id
         LEFT JOIN session s ON s.person_id = m.person_id AND s.expires_at > $2
         WHERE m.organization_id = $1 AND m.role IN ('owner', 'administrator')
             AND m.suspended_at IS NULL AND m.ends_at IS NULL")
    .bind(organization.as_str())
    .bind(now)
    .all(conn)
    .await
}
