use super::{
    draft::Draft,
    lock::{self, Lock},
    preview,
    rule::RuleKind,
    store::{self, Put},
};
use crate::{
    Domain, Error, Result,
    access::{self, ManageStoreSettings, OrganizationAccess},
    audit::{self, Change},
    db::Conn,
    flash, people,
    settings::bulk::{self, Task},
};
use model::{
    BatchId, PolicyId, Refusal,
    access::OrganizationPermission,
    settings::{Field, Scope, Section, Value, sections},
};
use serde_json::json;

type Manage = OrganizationAccess<ManageStoreSettings>;
const NEEDS: OrganizationPermission = OrganizationPermission::ManageStoreSettings;

/// Every field of stores that can be locked, with its section.
pub fn lockable() -> impl Iterator<Item = (&'static Section, &'static Field)> {
    let of_stores = sections().filter(|section| matches!(section.scope, Scope::Store { .. }));
    of_stores
        .flat_map(|section| section.fields().map(move |field| (section, field)))
        .filter(|(_, field)| !RuleKind::of(field).is_empty())
}

/// The organization's locks.
///
/// # Errors
/// Faults of the database only.
pub async fn list(domain: &Domain, access: &Manage) -> Result<Vec<Lock>> {
    let organization = access.organization();
    let read = async |conn: &mut Conn<'_>| Ok(lock::all(conn, organization).await);
    domain.db.read(read).await?
}

/// One of them.
///
/// # Errors
/// [`Error::NotFound`] where the organization has none of this name.
pub async fn find(domain: &Domain, access: &Manage, id: &PolicyId) -> Result<Lock> {
    let all = list(domain, access).await?;
    all.into_iter().find(|lock| lock.id == *id).ok_or(Error::NotFound)
}

/// What becomes of values that a new lock does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Existing {
    /// They stay until somebody saves their section, who must then choose what is allowed.
    Stay,
    /// They are changed at once, where there are several to what is named here.
    Change(Option<Value>),
}

/// Sets a lock that was prepared under `token`; gives the batch that changes values, if one does.
///
/// # Errors
/// [`Refusal::Gone`] where somebody else set, changed or removed that lock in the meantime.
pub async fn set(
    domain: &Domain,
    access: &Manage,
    token: &str,
    draft: &Draft,
    existing: Existing,
) -> Result<Option<BatchId>> {
    let setting = Setting {
        domain: domain.clone(),
        access: access.clone(),
        token: token.to_owned(),
        draft: draft.clone(),
        existing,
    };
    domain.db.write(async move |conn: &mut Conn<'_>| setting.run(conn).await).await
}

struct Setting {
    domain: Domain,
    access: Manage,
    token: String,
    draft: Draft,
    existing: Existing,
}

impl Setting {
    async fn run(&self, conn: &mut Conn<'_>) -> Result<Option<BatchId>> {
        let (access, organization) = (&self.access, self.access.organization());
        if !people::lock_organization(conn, organization).await? {
            return Err(Error::NotFound);
        }
        access::recheck_organization(&self.domain, conn, access, NEEDS).await?;
        // From here on nobody can save a store who has not seen this lock.
        store::lock_stores(conn, organization).await?;
        flash::use_up(conn, &self.token).await?;
        let (section, field) = self.draft.place()?;
        let locks = lock::all(conn, organization).await?;
        let before = locks
            .into_iter()
            .find(|lock| lock.section.key == section.key && lock.field.key == field.key);
        if before.as_ref().map_or(0, |lock| lock.version) != self.draft.version {
            return Err(Refusal::Gone.into());
        }
        let id = match &before {
            Some(lock) => lock.id.clone(),
            None => PolicyId::from_u128(self.domain.id_bits()),
        };
        self.put(conn, &id).await?;
        let batch = match &self.existing {
            Existing::Stay => None,
            Existing::Change(instead) => self.begin(conn, &id, instead.clone()).await?,
        };
        self.record(conn, &id, before.as_ref(), batch.as_ref()).await?;
        Ok(batch)
    }

    async fn put(&self, conn: &mut Conn<'_>, id: &PolicyId) -> Result<()> {
        let rule = serde_json::to_string(&self.draft.rule)
            .map_err(|error| Error::Corrupt(format!("a lock's rule: {error}")))?;
        let put = Put {
            id,
            organization: self.access.organization(),
            section: &self.draft.section,
            field: &self.draft.field,
            rule: &rule,
            reason: &self.draft.reason,
            version: self.draft.version + 1,
            by: self.access.person(),
            at: self.domain.now(),
        };
        Ok(store::put(conn, &put).await?)
    }

    /// Begins to change what contradicts; nothing where nothing does.
    async fn begin(
        &self,
        conn: &mut Conn<'_>,
        id: &PolicyId,
        instead: Option<Value>,
    ) -> Result<Option<BatchId>> {
        let (_, found) = preview::find(conn, self.access.organization(), &self.draft).await?;
        if found.is_empty() {
            return Ok(None);
        }
        let stores: Vec<_> = found.into_iter().map(|one| one.store).collect();
        let task = Task::Lock {
            policy: id.clone(),
            section: self.draft.section.clone(),
            field: self.draft.field.clone(),
            rule: self.draft.rule.clone(),
            instead,
        };
        bulk::begin(&self.domain, conn, &self.access, &task, &stores).await.map(Some)
    }

    async fn record(
        &self,
        conn: &mut Conn<'_>,
        id: &PolicyId,
        before: Option<&Lock>,
        batch: Option<&BatchId>,
    ) -> Result<()> {
        let draft = &self.draft;
        let mut new = picture(&draft.section, &draft.field, &draft.rule, &draft.reason);
        if let Some(batch) = batch {
            new["batch"] = json!(batch);
        }
        let change = Change {
            chain: Some(self.access.organization()),
            store: None,
            actor: self.access.person().as_str(),
            action: if before.is_some() { "policy.change" } else { "policy.set" },
            subject: id.as_str(),
            old: before.map_or(serde_json::Value::Null, entry),
            new,
        };
        Ok(audit::record(&self.domain, conn, &self.access.signed_in().origin, change).await?)
    }
}

fn picture(section: &str, field: &str, rule: &super::Rule, reason: &str) -> serde_json::Value {
    json!({ "section": section, "field": field, "rule": rule, "reason": reason })
}

fn entry(lock: &Lock) -> serde_json::Value {
    picture(lock.section.key, lock.field.key, &lock.rule, &lock.reason)
}

/// Takes a lock away; the stores keep their values.
///
/// # Errors
/// [`Error::NotFound`] where the organization has none of this name.
pub async fn remove(domain: &Domain, access: &Manage, id: &PolicyId) -> Result<()> {
    let lock = find(domain, access, id).await?;
    let (domain_, access) = (domain.clone(), access.clone());
    let write = async move |conn: &mut Conn<'_>| {
        access::recheck_organization(&domain_, conn, &access, NEEDS).await?;
        if store::remove(conn, access.organization(), &lock.id).await? == 0 {
            return Err(Refusal::Gone.into());
        }
        let change = Change {
            chain: Some(access.organization()),
            store: None,
            actor: access.person().as_str(),
            action: "policy.remove",
            subject: lock.id.as_str(),
            old: entry(&lock),
            new: serde_json::Value::Null,
        };
        Ok::<_, Error>(audit::record(&domain_, conn, &access.signed_in().origin, change).await?)
    };
    domain.db.write(write).await
}
