use super::store;
use crate::{
    Domain, Result,
    access::{self, SectionAccess},
    audit::{self, Change},
    db::Conn,
    people,
    session::attempts::{self, Subject},
};
use serde_json::{Value, json};

/// Votes, and changes of them, that one person casts within the attempts' window.
const LIMIT: i64 = 30;

/// What an organization's people think of an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Opinion {
    /// What the reader said.
    pub own: Option<bool>,
    /// How many voted.
    pub votes: i64,
    /// How many of them found it useful.
    pub useful: i64,
}

/// What the organization's people think of the article. The sums are stored, not counted.
///
/// # Errors
/// Faults of the database only.
pub async fn opinion(domain: &Domain, access: &SectionAccess) -> Result<Opinion> {
    let (organization, article) = (access.organization(), access.section().key);
    let person = access.person();
    let read = async |conn: &mut Conn<'_>| {
        let own = store::vote(conn, organization, article, person).await?;
        Ok((own, store::sums(conn, organization, article).await?))
    };
    let (own, sums) = domain.db.read(read).await?;
    let (votes, useful) = sums.map_or((0, 0), |row| (row.votes, row.useful));
    Ok(Opinion { own, votes, useful })
}

/// Says whether the article was useful. Each person of an organization has one vote for each
/// article and may change it; the same vote again is no change.
///
/// # Errors
/// [`TooManyAttempts`](model::Refusal::TooManyAttempts) for who changes their mind all the time; as
/// [`access::section_view`] where access was lost in the meantime.
pub async fn vote(domain: &Domain, access: &SectionAccess, useful: bool) -> Result<()> {
    let (domain_, access) = (domain.clone(), access.clone());
    let write = async move |conn: &mut Conn<'_>| cast(&domain_, conn, &access, useful).await;
    domain.db.write(write).await
}

async fn cast(
    domain: &Domain,
    conn: &mut Conn<'_>,
    access: &SectionAccess,
    useful: bool,
) -> Result<()> {
    let (organization, article) = (access.organization(), access.section().key);
    let person = &access.signed_in().person;
    // Two votes at once, also the first two: one after the other.
    people::lock_organization(conn, organization).await?;
    access::recheck_section_view(domain, conn, access).await?;
    let before = store::vote(conn, organization, article, &person.id).await?;
    if before == Some(useful) {
        return Ok(());
    }
    let subject = Subject::email(domain, "help vote", &person.email);
    attempts::limit(conn, &subject, LIMIT, domain.now()).await?;
    let ballot = (organization, article, &person.id);
    store::put_vote(conn, ballot, useful, domain.now()).await?;
    let votes = i64::from(before.is_none());
    let more = i64::from(useful) - i64::from(before == Some(true));
    store::add(conn, organization, article, (votes, more)).await?;
    record(domain, conn, access, before, useful).await
}

/// A vote is written down like every other change: the sums are shown to others, who can so be
/// told where they come from. It is no flood: one a person and article, unless the person changes
/// their mind, and that is limited.
async fn record(
    domain: &Domain,
    conn: &mut Conn<'_>,
    access: &SectionAccess,
    before: Option<bool>,
    useful: bool,
) -> Result<()> {
    let change = Change {
        chain: Some(access.organization()),
        store: access.store(),
        actor: access.person().as_str(),
        action: "help.vote",
        subject: access.section().key,
        old: before.map_or(Value::Null, |useful| json!({ "useful": useful })),
        new: json!({ "useful": useful }),
    };
    Ok(audit::record(domain, conn, &access.signed_in().origin, change).await?)
}
