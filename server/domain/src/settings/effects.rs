//! What follows from a change of settings, in its transaction.
use super::{commit::Commit, store};
use crate::{Result, db::Conn};
use model::settings::{Information, Settings as _, StoreDetails};

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
