//! Who else has a section of settings open to change it.
//!
//! A note of who was seen there lately: it ends by itself, changes no settings and is therefore not
//! in the audit log. It lies in the database, so that several processes tell the same.
mod store;
#[cfg(test)]
mod tests;

pub(crate) use store::expired as forget_expired;

use crate::{Domain, Result, access::SectionAccess, db::Conn, format};
use model::text::Texts;
use store::Spot;

/// Who was not seen for this long has gone, in milliseconds: three heartbeats of a browser.
pub const GONE: i64 = 60_000;
/// People named at most.
const PEOPLE: i64 = 5;

/// Somebody else who has the section open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editor {
    /// The person's name.
    pub name: String,
    /// Since when, as text in the reader's language.
    pub since: String,
}

/// Notes that the person has the section open, if they may change it, and tells who else has.
///
/// # Errors
/// Faults of the database only.
pub async fn stay(domain: &Domain, access: &SectionAccess) -> Result<Vec<Editor>> {
    let spot = Spot::of(access.place(), access.section(), access.person());
    let now = domain.now();
    if access.editable() {
        let spot = spot.clone();
        let write =
            async move |conn: &mut Conn<'_>| store::seen(conn, &spot, now, now - GONE).await;
        domain.db.write(write).await?;
    }
    let read = async |conn: &mut Conn<'_>| store::others(conn, &spot, now - GONE, PEOPLE).await;
    let t = Texts::of(access.signed_in().person.language);
    let editor = |row: store::OtherRow| Editor {
        name: format!("{} {}", row.first_name, row.last_name).trim().to_owned(),
        since: format::relative_time(t, now, row.opened_at),
    };
    Ok(domain.db.read(read).await?.into_iter().map(editor).collect())
}

/// The person has left the section.
///
/// # Errors
/// Faults of the database only.
pub async fn leave(domain: &Domain, access: &SectionAccess) -> Result<()> {
    let spot = Spot::of(access.place(), access.section(), access.person());
    let write = async move |conn: &mut Conn<'_>| store::gone(conn, &spot).await;
    Ok(domain.db.write(write).await?)
}
