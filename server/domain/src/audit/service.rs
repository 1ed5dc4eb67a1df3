use super::{INSTANCE, store};
use crate::{
    Domain,
    context::Origin,
    db::{Conn, Result},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use model::{AuditId, OrganizationId, StoreId};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// What an entry says of a change. It never holds a secret.
#[derive(Clone, Debug)]
pub struct Change<'a> {
    /// The organization whose chain it goes into; the instance's where there is none.
    pub chain: Option<&'a OrganizationId>,
    /// The store, where it is about one.
    pub store: Option<&'a StoreId>,
    /// Who did it: a person's identifier, [`ANONYMOUS`](super::ANONYMOUS) or
    /// [`SYSTEM`](super::SYSTEM).
    pub actor: &'a str,
    /// What was done, such as `member.role.change`.
    pub action: &'static str,
    /// What it was done to: an identifier or a section's key.
    pub subject: &'a str,
    /// How it was before; null where it did not exist.
    pub old: Value,
    /// How it is now; null where it no longer exists.
    pub new: Value,
}

/// Writes the entry of a change in the change's own transaction. It takes the chain's lock until
/// that ends: record last.
pub async fn record(
    domain: &Domain,
    conn: &mut Conn<'_>,
    origin: &Origin,
    change: Change<'_>,
) -> Result<()> {
    let chain = change.chain.map_or(INSTANCE, OrganizationId::as_str);
    let end = store::extend(conn, chain).await?;
    let mut entry = store::Entry {
        id: AuditId::from_u128(domain.id_bits()).to_string(),
        chain: chain.to_owned(),
        position: end.length,
        at: domain.now(),
        actor: change.actor.to_owned(),
        address: origin.address.clone(),
        request_id: origin.request_id.clone(),
        action: change.action.to_owned(),
        store_id: change.store.map(StoreId::to_string),
        subject: change.subject.to_owned(),
        old_value: change.old.to_string(),
        new_value: change.new.to_string(),
        hash: String::new(),
    };
    entry.hash = hash(&end.head, &entry);
    store::insert(conn, &entry).await?;
    store::set_head(conn, chain, &entry.hash).await
}

/// The hash of an entry and of all before it, whose hash is `previous`.
pub(super) fn hash(previous: &str, entry: &store::Entry) -> String {
    let (position, at) = (entry.position.to_string(), entry.at.to_string());
    let store = entry.store_id.as_deref();
    let parts = [
        Some(previous),
        Some(entry.chain.as_str()),
        Some(&position),
        Some(&entry.id),
        Some(&at),
        Some(&entry.actor),
        Some(&entry.address),
        Some(&entry.request_id),
        Some(&entry.action),
        store,
        Some(&entry.subject),
        Some(&entry.old_value),
        Some(&entry.new_value),
    ];
    let mut digest = Sha256::new();
    for part in parts {
        // Lengths keep neighbours apart: "ab" + "c" is not "a" + "bc", and none is not empty.
        let length = part.map_or(u64::MAX, |text| text.len() as u64);
        digest.update(length.to_le_bytes());
        digest.update(part.unwrap_or_default().as_bytes());
    }
    URL_SAFE_NO_PAD.encode(digest.finalize())
}
