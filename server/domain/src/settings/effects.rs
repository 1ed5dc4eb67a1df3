//! What follows from a change of settings, in its transaction.
use super::{commit::Commit, difference::FieldChange, how::How, store};
use crate::{
    Domain, Result,
    db::Conn,
    notifications::{self, Happening, What},
};
use model::settings::{Information, Place, Settings as _, StoreDetails};

/// Does what follows from what `commit` has just stored.
pub(super) async fn follow(conn: &mut Conn<'_>, commit: &Commit<'_>) -> Result<()> {
    let name = match commit.section.key {
        key if key == StoreDetails::SECTION.key => Some(StoreDetails::read(commit.document).name),
        key if key == Information::SECTION.key => Some(Information::read(commit.document).name),
        _ => None,
    };
    if let Some(name) = name {
        store::rename(conn, commit.place, &name).await?;
    }
    Ok(())
}

/// Tells whoever the store's settings name of what `commit` has changed.
pub(super) async fn tell(
    domain: &Domain,
    conn: &mut Conn<'_>,
    commit: &Commit<'_>,
    changes: &[FieldChange],
) -> Result<()> {
    let Place::Store(store) = commit.place else { return Ok(()) };
    let batch = match &commit.how {
        How::Batch(id) => Some(id.as_str()),
        _ => None,
    };
    let (organization, by) = (commit.organization, commit.author.actor.as_str());
    let what = What::Settings { section: commit.section.key.to_owned(), changes: changes.to_vec() };
    notifications::raise(domain, conn, Happening { organization, store, by, batch }, what).await
}
