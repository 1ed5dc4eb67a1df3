//! Proving a chain in steps, so that a long one keeps nobody waiting; what was found is kept.
use super::{
    browse::Log,
    proof,
    store::{self, CheckRow},
    verify::{Problem, Walk},
};
use crate::{Domain, Result, db::Conn};

/// Pages of entries (see `verify`) that one call proves: 100,000 entries.
pub const STEPS: usize = 200;

/// How far a chain is proven.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// The entries that it has now.
    pub length: i64,
    /// The last whole round: when it ended, how many entries hold, and the first broken position.
    pub last: Option<Round>,
    /// The entries that a round under way has proven so far; 0 where none is.
    pub under_way: i64,
}

/// A round over a whole chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Round {
    /// When it ended.
    pub finished_at: i64,
    /// The entries that hold.
    pub entries: i64,
    /// The first broken position and what is wrong there.
    pub broken: Option<(i64, Problem)>,
}

/// What is known of a log's proof.
///
/// # Errors
/// Faults of the database only.
pub async fn proven(domain: &Domain, log: &Log) -> Result<Proof> {
    Ok(domain.db.read(async |conn| read(domain, conn, log.chain()).await).await?)
}

/// Goes on proving a log, or begins anew where the last round has ended, at most `steps` pages.
///
/// # Errors
/// Faults of the database only.
pub async fn check(domain: &Domain, log: &Log, steps: usize) -> Result<Proof> {
    check_chain(domain, log.chain(), steps).await
}

/// Does so for every chain; logs what does not hold.
///
/// # Errors
/// Faults of the database only.
pub async fn check_all(domain: &Domain, steps: usize) -> Result<()> {
    let chains = domain.db.read(async |conn| store::chains(conn).await).await?;
    let mut broken = 0;
    for row in chains {
        let proof = check_chain(domain, &row.chain, steps).await?;
        if let Some((position, problem)) = proof.last.and_then(|round| round.broken) {
            tracing::error!(chain = row.chain, position, %problem, "the audit log was tampered with");
            broken += 1;
        }
    }
    domain.metrics.broken_chains.set(broken);
    Ok(())
}

async fn check_chain(domain: &Domain, chain: &str, steps: usize) -> Result<Proof> {
    let walked = async |conn: &mut Conn<'_>| {
        let before = kept(domain, conn, chain).await?;
        let mut walk =
            Walk { position: before.position, head: before.head.clone(), ..Walk::default() };
        let mut more = true;
        for _ in 0..steps {
            more = walk.step(conn, &domain.keys, chain).await?;
            if !more {
                break;
            }
        }
        Ok((before, walk, more))
    };
    let (mut row, walk, more) = domain.db.read(walked).await?;
    if more {
        (row.position, row.head) = (walk.position, walk.head);
    } else {
        let broken = walk.broken(chain);
        row = CheckRow {
            finished_at: domain.now(),
            entries: walk.position,
            broken_at: broken.as_ref().map_or(0, |broken| broken.position),
            problem: broken.map_or("", |broken| broken.problem.code()).to_owned(),
            ..CheckRow::default()
        };
    }
    row.seal = proof::check(&domain.keys, chain, &row);
    let (domain_, chain) = (domain.clone(), chain.to_owned());
    let write = async move |conn: &mut Conn<'_>| {
        store::set_check(conn, &chain, &row).await?;
        read(&domain_, conn, &chain).await
    };
    Ok(domain.db.write(write).await?)
}

/// What was found so far; nothing where somebody without the key wrote it.
async fn kept(domain: &Domain, conn: &mut Conn<'_>, chain: &str) -> crate::db::Result<CheckRow> {
    let row = store::check(conn, chain).await?;
    Ok(row.filter(|row| row.seal == proof::check(&domain.keys, chain, row)).unwrap_or_default())
}

async fn read(domain: &Domain, conn: &mut Conn<'_>, chain: &str) -> crate::db::Result<Proof> {
    let length = store::end(conn, chain).await?.map_or(0, |end| end.length);
    let row = kept(domain, conn, chain).await?;
    let round = Round {
        finished_at: row.finished_at,
        entries: row.entries,
        broken: Problem::from_code(&row.problem).map(|problem| (row.broken_at, problem)),
    };
    Ok(Proof { length, last: (row.finished_at > 0).then_some(round), under_way: row.position })
}
