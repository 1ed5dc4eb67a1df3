use super::{service::hash, store};
use crate::db::{Conn, Db, Result};

/// Entries read at a time.
const PAGE: i64 = 500;

/// What is wrong at a place of a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// An entry is missing here: removed, or moved elsewhere.
    #[error("an entry is missing")]
    Missing,
    /// The entry is not the one that was written here.
    #[error("the entry was changed")]
    Changed,
    /// The last entries, or the record of how many there are, were changed.
    #[error("the end of the chain does not fit its entries")]
    End,
}

/// The first broken place of a chain; what follows it proves nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("chain {chain}, position {position}: {problem}")]
pub struct Broken {
    /// The chain: an organization's identifier or [`INSTANCE`](super::INSTANCE).
    pub chain: String,
    /// The position, beginning with 1.
    pub position: i64,
    /// What is wrong there.
    pub problem: Problem,
}

/// What a verification found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VerifyReport {
    /// Chains looked at.
    pub chains: u64,
    /// Entries that are as they were written.
    pub entries: u64,
    /// The first broken place of each chain that has one.
    pub broken: Vec<Broken>,
}

/// Proves every chain, page by page. It may run beside a working server.
pub async fn verify(db: &Db) -> Result<VerifyReport> {
    let mut report = VerifyReport::default();
    db.read(async |conn| {
        for row in store::chains(conn).await? {
            let (entries, problem) = verify_chain(conn, &row.chain).await?;
            report.chains += 1;
            report.entries += entries;
            report.broken.extend(problem);
        }
        Ok(())
    })
    .await?;
    Ok(report)
}

async fn verify_chain(conn: &mut Conn<'_>, chain: &str) -> Result<(u64, Option<Broken>)> {
    let (mut position, mut head) = (0, String::new());
    let broken = |position, problem| Broken { chain: chain.to_owned(), position, problem };
    let good = |position: i64| position.unsigned_abs();
    loop {
        // Read before the entries: a chain only grows, so they must reach this end at least.
        let end = store::end(conn, chain).await?;
        let page = store::page(conn, chain, position, PAGE).await?;
        if page.is_empty() {
            let fits = end.is_some_and(|end| (end.length, end.head) == (position, head));
            let problem = (!fits).then(|| broken(position + 1, Problem::End));
            return Ok((good(position), problem));
        }
        for entry in page {
            if entry.position != position + 1 {
                return Ok((good(position), Some(broken(position + 1, Problem::Missing))));
            }
            if entry.hash != hash(&head, &entry) {
                return Ok((good(position), Some(broken(entry.position, Problem::Changed))));
            }
            (position, head) = (entry.position, entry.hash);
        }
    }
}
