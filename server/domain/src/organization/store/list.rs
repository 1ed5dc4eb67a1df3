//! The member table.
use crate::{
    db::{Conn, Result, sql},
    members::Cursor,
    organization::list_sql,
    row,
};
use model::{OrganizationId, view::Sort};
use std::sync::LazyLock;

/// Rows a page of the member table.
pub const PAGE: usize = 50;

row! {
    /// A member or a pending invitation; see [`list_sql`].
    pub struct EntryRow {
        pub id: String,
        pub first_name: String,
        pub last_name: String,
        pub email: String,
        pub role: String,
        pub seen: i64,
        pub status: i64,
        pub ends_at: Option<i64>,
        pub reason: String,
        pub second_factor: bool,
        pub sort_key: String,
    }
}

row! {
    /// A store of a row of the table.
    pub struct PlaceRow {
        pub id: String,
        pub store: String,
        pub role: String,
        pub role_name: Option<String>,
    }
}

/// Which rows, and from where.
pub struct Page<'a> {
    pub now: i64,
    pub name_pattern: &'a str,
    pub email_pattern: &'a str,
    pub status: &'a str,
    pub role: &'a str,
    pub store: &'a str,
    pub sort: Sort,
    pub from: Option<&'a Cursor>,
}

/// A page of the table and one row more.
pub async fn page(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    page: &Page<'_>,
) -> Result<Vec<EntryRow>> {
    let (key, id) = Cursor::bounds(page.from, page.sort);
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
pub async fn places(
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
