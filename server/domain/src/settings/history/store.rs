use crate::{
    db::{Conn, Result, sql},
    row,
};
use model::settings::Section;

row! {
    /// A version, and who made it; without a name where that was no person.
    pub(super) struct VersionRow {
        pub(super) section: String,
        pub(super) version: i64,
        pub(super) changes: String,
        pub(super) how: String,
        pub(super) address: String,
        pub(super) saved_at: i64,
        pub(super) first_name: String,
        pub(super) last_name: String,
    }
}

row! { struct CurrentRow { version: i64 } }

macro_rules! versions {
    ($rest:literal) => {
        concat!(
            "SELECT c.section, c.version, c.changes, c.how, c.address, c.saved_at,
                 COALESCE(p.first_name, '') AS first_name, COALESCE(p.last_name, '') AS last_name
             FROM setting_change c LEFT JOIN person p ON p.id = c.saved_by
             WHERE c.scope_id = $1 AND ",
            $rest
        )
    };
}

/// The statement for a page of one section: what is newer than a version, oldest first, or older,
/// newest first. It reads no more rows than it gives.
pub(super) fn section_page(newer: bool) -> &'static str {
    if newer {
        versions!("c.section = $2 AND c.version > $3 ORDER BY c.version LIMIT $4")
    } else {
        versions!("c.section = $2 AND c.version < $3 ORDER BY c.version DESC LIMIT $4")
    }
}

/// The statement for a page of a whole place, likewise; $5 are the sections to be seen with commas
/// around each, nothing for all.
pub(super) fn place_page(newer: bool) -> &'static str {
    if newer {
        versions!(
            "(c.saved_at, c.section, c.version) > ($2, $3, $4)
               AND ($5 = '' OR $5 LIKE '%,' || c.section || ',%')
             ORDER BY c.saved_at, c.section, c.version LIMIT $6"
        )
    } else {
        versions!(
            "(c.saved_at, c.section, c.version) < ($2, $3, $4)
               AND ($5 = '' OR $5 LIKE '%,' || c.section || ',%')
             ORDER BY c.saved_at DESC, c.section DESC, c.version DESC LIMIT $6"
        )
    }
}

pub(super) async fn of_section(
    conn: &mut Conn<'_>,
    scope: &str,
    section: &Section,
    (newer, version): (bool, i64),
    limit: i64,
) -> Result<Vec<VersionRow>> {
    sql(section_page(newer)).bind(scope).bind(section.key).bind(version).bind(limit).all(conn).await
}

/// Where a page of a whole place begins, and which sections are to be seen.
pub(super) struct PlacePage {
    pub(super) newer: bool,
    pub(super) at: i64,
    pub(super) section: String,
    pub(super) version: i64,
    pub(super) sections: String,
    pub(super) limit: i64,
}

pub(super) async fn of_place(
    conn: &mut Conn<'_>,
    scope: &str,
    page: &PlacePage,
) -> Result<Vec<VersionRow>> {
    sql(place_page(page.newer))
        .bind(scope)
        .bind(page.at)
        .bind(&page.section)
        .bind(page.version)
        .bind(&page.sections)
        .bind(page.limit)
        .all(conn)
        .await
}

pub(super) async fn version(
    conn: &mut Conn<'_>,
    scope: &str,
    section: &Section,
    version: i64,
) -> Result<Option<VersionRow>> {
    sql(versions!("c.section = $2 AND c.version = $3"))
        .bind(scope)
        .bind(section.key)
        .bind(version)
        .optional(conn)
        .await
}

/// The version that is stored; 0 where nothing is.
pub(super) async fn current(conn: &mut Conn<'_>, scope: &str, section: &Section) -> Result<i64> {
    let row: Option<CurrentRow> =
        sql("SELECT version FROM setting_document WHERE scope_id = $1 AND section = $2")
            .bind(scope)
            .bind(section.key)
            .optional(conn)
            .await?;
    Ok(row.map_or(0, |row| row.version))
}
