//! What differs between two versions.
use super::{
    FIRST, store,
    view::{FieldView, fields},
};
use crate::{
    Domain, Result,
    access::SectionAccess,
    audit::Reader,
    db::Conn,
    settings::{differences, document_at},
};

/// Two versions side by side.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// What differs; `None` where there is no such version.
    pub changes: Option<Vec<FieldView>>,
    /// The oldest version.
    pub first: i64,
    /// The newest version.
    pub current: i64,
}

/// Compares two versions of a section; `old` and `new` are told apart by the order in which they
/// are given.
///
/// # Errors
/// [`Error::Corrupt`](crate::Error::Corrupt) where a version cannot be read.
pub async fn compare(
    domain: &Domain,
    access: &SectionAccess,
    reader: &Reader,
    (old, new): (i64, i64),
) -> Result<Comparison> {
    let (scope, section) = (access.place().id(), access.section());
    let read = async |conn: &mut Conn<'_>| -> Result<_> {
        let current = store::current(conn, scope, section).await?;
        let known = |version: i64| (FIRST..=current).contains(&version);
        if !known(old) || !known(new) {
            return Ok((None, current));
        }
        let old = document_at(conn, scope, section, old).await?;
        let new = document_at(conn, scope, section, new).await?;
        Ok((Some(differences(section, &old, &new)), current))
    };
    let (changes, current) = domain.db.read(async |conn| Ok(read(conn).await)).await??;
    let changes = changes.map(|changes| fields(section, &changes, reader, domain.now()));
    Ok(Comparison { changes, first: FIRST, current })
}
