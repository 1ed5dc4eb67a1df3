use super::{proof, store};
use crate::{
    Domain,
    crypto::Keys,
    db::{Conn, Result},
};

/// Entries read at a time.
const PAGE: i64 = 500;
/// What stands in a chain's place where the register of chains itself is wrong.
pub const REGISTER: &str = "register";

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
    /// In the register: the chain with this number is not the one that was begun.
    #[error("a whole chain is missing or was exchanged")]
    Chain,
}

impl Problem {
    /// Its name in the database.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Problem::Missing => "missing",
            Problem::Changed => "changed",
            Problem::End => "end",
            Problem::Chain => "chain",
        }
    }

    /// The problem with this name.
    pub(super) fn from_code(code: &str) -> Option<Problem> {
        let all = [Problem::Missing, Problem::Changed, Problem::End, Problem::Chain];
        all.into_iter().find(|problem| problem.code() == code)
    }
}

/// The first broken place of a chain; what follows it proves nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("chain {chain}, position {position}: {problem}")]
pub struct Broken {
    /// The chain: an organization's identifier, [`INSTANCE`](super::INSTANCE) or [`REGISTER`].
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

/// Proves every chain, page by page, and that none is missing. It may run beside a working
/// server.
pub async fn verify(domain: &Domain) -> Result<VerifyReport> {
    let mut report = VerifyReport::default();
    let keys = &domain.keys;
    domain
        .db
        .read(async |conn| {
            report.broken.extend(verify_register(conn, keys).await?);
            for row in store::chains(conn).await? {
                let mut walk = Walk::default();
                while walk.step(conn, keys, &row.chain).await? {}
                report.chains += 1;
                report.entries += walk.position.unsigned_abs();
                report.broken.extend(walk.broken(&row.chain));
            }
            Ok(())
        })
        .await?;
    Ok(report)
}

/// A way along a chain: how far it was proven, and what is wrong behind.
#[derive(Clone, Debug, Default)]
pub(super) struct Walk {
    pub(super) position: i64,
    pub(super) head: String,
    pub(super) problem: Option<Problem>,
}

impl Walk {
    /// Proves the next entries of the chain; whether there may be more.
    pub(super) async fn step(
        &mut self,
        conn: &mut Conn<'_>,
        keys: &Keys,
        chain: &str,
    ) -> Result<bool> {
        // Read before the entries: a chain only grows, so they must reach this end at least.
        let end = store::end(conn, chain).await?;
        let page = store::page(conn, chain, self.position, PAGE).await?;
        if page.is_empty() {
            let fits = end.is_some_and(|end| {
                (end.length, &end.head) == (self.position, &self.head)
                    && end.seal == proof::seal(keys, chain, &end)
            });
            self.problem = (!fits).then_some(Problem::End);
            return Ok(false);
        }
        let keyed_from = end.map_or(0, |end| end.keyed_from);
        for entry in page {
            if entry.position != self.position + 1 {
                self.problem = Some(Problem::Missing);
                return Ok(false);
            }
            if !proof::holds(keys, &self.head, &entry, keyed_from) {
                self.problem = Some(Problem::Changed);
                return Ok(false);
            }
            (self.position, self.head) = (entry.position, entry.hash);
        }
        Ok(true)
    }

    /// The broken place that it ended at, if there is one: the one after the last that holds.
    pub(super) fn broken(&self, chain: &str) -> Option<Broken> {
        let position = self.position + 1;
        self.problem.map(|problem| Broken { chain: chain.to_owned(), position, problem })
    }
}

/// Proves that the chains are those that were begun.
async fn verify_register(conn: &mut Conn<'_>, keys: &Keys) -> Result<Option<Broken>> {
    let any = !store::chains(conn).await?.is_empty();
    // Read after it and before the chains are, which only become more.
    let register = store::register(conn).await?;
    let (chains, wanted) = register.map_or((0, String::new()), |row| (row.chains, row.head));
    let broken =
        |position| Some(Broken { chain: REGISTER.to_owned(), position, problem: Problem::Chain });
    if any && chains == 0 {
        return Ok(broken(1));
    }
    let (mut number, mut head) = (0, String::new());
    while number < chains {
        let page = store::numbered(conn, number, PAGE).await?;
        if page.is_empty() {
            return Ok(broken(number + 1));
        }
        for row in page {
            if number == chains {
                break;
            }
            if row.number != number + 1 {
                return Ok(broken(number + 1));
            }
            head = proof::register(keys, &head, row.number, &row.chain);
            number = row.number;
        }
    }
    Ok(if head == wanted { None } else { broken(chains) })
}
