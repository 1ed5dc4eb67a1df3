//! The steps that every change of these rules takes.
use super::store::{self, SecurityRow};
use crate::{
    Domain, Error, Result,
    access::{self, ManageSecurity, OrganizationAccess},
    audit::{self, Change},
    db::Conn,
    people,
};
use model::{Refusal, access::OrganizationPermission};
use serde_json::{Map, Value, json};

/// A change that is under way: who makes it, and what is demanded so far.
pub(crate) struct Changing {
    pub(crate) domain: Domain,
    pub(crate) access: OrganizationAccess<ManageSecurity>,
    pub(crate) before: SecurityRow,
}

impl Changing {
    /// Locks, and checks again that the actor may change it and has proved who they are.
    pub(crate) async fn begin(
        domain: &Domain,
        conn: &mut Conn<'_>,
        access: &OrganizationAccess<ManageSecurity>,
    ) -> Result<Changing> {
        let now = domain.now();
        access.signed_in().recently_confirmed(now)?;
        let (organization, person) = (access.organization(), access.person());
        if !people::lock_organization(conn, organization).await? {
            return Err(Error::NotFound);
        }
        let need = OrganizationPermission::ManageSecurity;
        access::recheck_organization(domain, conn, access, need).await?;
        let before = store::lock(conn, organization, person.as_str(), now).await?;
        Ok(Changing { domain: domain.clone(), access: access.clone(), before })
    }

    /// Stores what is demanded from now on, and writes down what differs. What is as it was is no
    /// change.
    pub(crate) async fn finish(
        self,
        conn: &mut Conn<'_>,
        action: &'static str,
        after: SecurityRow,
    ) -> Result<bool> {
        let (old, new) = differences(&self.before, &after);
        if new.is_empty() {
            return Ok(false);
        }
        let (organization, person) = (self.access.organization(), self.access.person());
        store::save(conn, organization, &after, person.as_str(), self.domain.now()).await?;
        let subject = organization.as_str();
        self.record(conn, action, subject, (old.into(), new.into())).await?;
        Ok(true)
    }

    /// Writes down a change.
    pub(crate) async fn record(
        &self,
        conn: &mut Conn<'_>,
        action: &'static str,
        subject: &str,
        (old, new): (Value, Value),
    ) -> Result<()> {
        let change = Change {
            chain: Some(self.access.organization()),
            store: None,
            actor: self.access.person().as_str(),
            action,
            subject,
            old,
            new,
        };
        let origin = &self.access.signed_in().origin;
        Ok(audit::record(&self.domain, conn, origin, change).await?)
    }
}

/// Writes down that a rule refused a change; gives the answer on.
pub(crate) async fn refused<T>(
    domain: &Domain,
    access: &OrganizationAccess<ManageSecurity>,
    action: &'static str,
    answer: Result<T>,
) -> Result<T> {
    let Err(Error::Refused(refusal)) = &answer else { return answer };
    if *refusal == Refusal::ConfirmIdentity {
        return answer;
    }
    let reason = serde_json::to_value(refusal).unwrap_or_default();
    let (domain_, access) = (domain.clone(), access.clone());
    let write = async move |conn: &mut Conn<'_>| {
        let change = Change {
            chain: Some(access.organization()),
            store: None,
            actor: access.person().as_str(),
            action,
            subject: access.organization().as_str(),
            old: Value::Null,
            new: json!({ "refused": reason }),
        };
        audit::record(&domain_, conn, &access.signed_in().origin, change).await
    };
    domain.db.write(write).await?;
    answer
}

/// What differs, before and after; of the client's secret only whether there is one, and that it
/// was changed.
pub(super) fn differences(
    before: &SecurityRow,
    after: &SecurityRow,
) -> (Map<String, Value>, Map<String, Value>) {
    let (old, new) = (values(before), values(after));
    let mut differing = (Map::new(), Map::new());
    for (key, value) in new {
        if old.get(&key) != Some(&value) {
            differing.0.insert(key.clone(), old.get(&key).cloned().unwrap_or_default());
            differing.1.insert(key, value);
        }
    }
    if before.sso_client_secret != after.sso_client_secret {
        let word = |secret: &Option<String>| secret.as_ref().map(|_| "(secret)");
        differing.0.insert("sso_client_secret".into(), json!(word(&before.sso_client_secret)));
        let now = after.sso_client_secret.as_ref().map(|_| "(new secret)");
        differing.1.insert("sso_client_secret".into(), json!(now));
    }
    differing
}

fn values(row: &SecurityRow) -> Map<String, Value> {
    let stores: Value = serde_json::from_str(&row.sso_stores).unwrap_or_default();
    let value = json!({
        "two_factor_from": row.two_factor_from,
        "session_idle": row.session_idle,
        "session_absolute": row.session_absolute,
        "invitation_domains": row.invitation_domains,
        "addresses_only": row.addresses_only,
        "shop_sign_in": row.shop_sign_in,
        "sso_issuer": row.sso_issuer,
        "sso_client_id": row.sso_client_id,
        "sso_domains": row.sso_domains,
        "sso_join": row.sso_join,
        "sso_stores": stores,
        "sso_enforced": row.sso_enforced,
    });
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
