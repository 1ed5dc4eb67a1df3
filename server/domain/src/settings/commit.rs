use super::{
    check,
    difference::{FieldChange, differences},
    effects,
    how::How,
    service::{Stored, stored},
    store::{self, Saved},
};
use crate::{
    Domain, Error, Result,
    access::SignedIn,
    audit::{self, Change},
    context::Origin,
    db::Conn,
};
use model::{
    OrganizationId,
    settings::{Document, Place, Section, Value},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// Every so many versions the whole document is kept, so that any past one is near.
const SNAPSHOT: i64 = 50;

/// Who changes settings.
#[derive(Clone, Debug)]
pub(crate) struct Author {
    /// A person's identifier or [`audit::SYSTEM`].
    pub(crate) actor: String,
    /// Where the request comes from.
    pub(crate) origin: Origin,
}

impl From<&SignedIn> for Author {
    fn from(who: &SignedIn) -> Author {
        Author { actor: who.person.id.to_string(), origin: who.origin.clone() }
    }
}

/// A section's next version.
pub(crate) struct Commit<'a> {
    /// What it belongs to.
    pub(crate) place: &'a Place,
    /// The organization that this is, or that owns the store.
    pub(crate) organization: &'a OrganizationId,
    /// The section.
    pub(crate) section: &'static Section,
    /// Who makes it.
    pub(crate) author: &'a Author,
    /// How it came about.
    pub(crate) how: How,
    /// The whole document.
    pub(crate) document: &'a Document,
}

/// Which version changed a field last.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Touch {
    pub(super) version: i64,
    pub(super) by: String,
    pub(super) at: i64,
}

/// By field.
pub(super) type Touched = BTreeMap<String, Touch>;

/// Locks the settings of a place until the transaction ends: first of all, before they are read.
pub(crate) async fn lock(conn: &mut Conn<'_>, place: &Place) -> Result<()> {
    Ok(store::lock(conn, place).await?)
}

/// Stores a section's next version and gives its number, within a transaction that holds the
/// place's [`lock`]: the one way in which settings change. Where nothing would change nothing is
/// written. The author's permission is checked by who calls it.
///
/// # Errors
/// [`Error::Invalid`] with all faults.
pub(crate) async fn commit(
    domain: &Domain,
    conn: &mut Conn<'_>,
    commit: &Commit<'_>,
) -> Result<i64> {
    let before = stored(conn, commit.place.id(), commit.section).await?;
    let faults =
        check::faults(conn, commit.place, commit.section, commit.document, &before.document)
            .await?;
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    put(domain, conn, commit, &before).await
}

/// As [`commit`], of a document that was checked against `before`, which is what is stored.
pub(super) async fn put(
    domain: &Domain,
    conn: &mut Conn<'_>,
    commit: &Commit<'_>,
    before: &Stored,
) -> Result<i64> {
    let changes = differences(commit.section, &before.document, commit.document);
    if changes.is_empty() {
        return Ok(before.version);
    }
    let (version, at) = (before.version + 1, domain.now());
    let body = json(commit.document)?;
    let saved = Saved {
        scope: commit.place.id(),
        section: commit.section,
        version,
        body: &body,
        touched: &touched(before, commit, &changes, version, at)?,
        by: &commit.author.actor,
        at,
    };
    store::put(conn, &saved).await?;
    let change = store::NewChange {
        changes: json(&changes)?,
        how: commit.how.code(),
        origin: &commit.author.origin,
        snapshot: (version % SNAPSHOT == 0).then_some(body.as_str()),
    };
    store::add_change(conn, &saved, &change).await?;
    effects::follow(conn, commit).await?;
    effects::tell(domain, conn, commit, &changes).await?;
    record(domain, conn, commit, &changes).await?;
    Ok(version)
}

fn touched(
    before: &Stored,
    commit: &Commit<'_>,
    changes: &[FieldChange],
    version: i64,
    at: i64,
) -> Result<String> {
    let mut touched = before.touched.clone();
    for change in changes {
        let touch = Touch { version, by: commit.author.actor.clone(), at };
        touched.insert(change.field.clone(), touch);
    }
    json(&touched)
}

async fn record(
    domain: &Domain,
    conn: &mut Conn<'_>,
    commit: &Commit<'_>,
    changes: &[FieldChange],
) -> Result<()> {
    let side = |value: fn(&FieldChange) -> &Value| {
        let fields = changes.iter().map(|change| {
            let secret = commit.section.field(&change.field).is_some_and(|f| f.is_secret());
            (change.field.clone(), audited(value(change), secret))
        });
        fields.collect::<Map<String, Json>>()
    };
    let mut new = side(|change| &change.new);
    if commit.how != How::Save {
        new.insert("how".to_owned(), commit.how.code().into());
    }
    let change = Change {
        chain: Some(commit.organization),
        store: match commit.place {
            Place::Store(store) => Some(store),
            Place::Organization(_) => None,
        },
        actor: &commit.author.actor,
        action: "settings.save",
        subject: commit.section.key,
        old: Json::Object(side(|change| &change.old)),
        new: Json::Object(new),
    };
    Ok(audit::record(domain, conn, &commit.author.origin, change).await?)
}

/// A value as the audit log has it: of a secret only whether there is one.
fn audited(value: &Value, secret: bool) -> Json {
    match value {
        Value::Text(text) if secret && !text.is_empty() => "•••".into(),
        value => serde_json::to_value(value).unwrap_or_default(),
    }
}

fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::Corrupt(format!("settings: {error}")))
}
