use super::{INSTANCE, proof, store};
use crate::{
    Domain,
    context::Origin,
    db::{Conn, Result},
};
use model::{AuditId, OrganizationId, StoreId};
use serde_json::Value;

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
    let before = store::extend(conn, chain).await?;
    let mut entry = store::Entry {
        id: AuditId::from_u128(domain.id_bits()).to_string(),
        chain: chain.to_owned(),
        position: before.length,
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
    entry.hash = proof::hash(&domain.keys, &before.head, &entry);
    store::insert(conn, &entry).await?;
    let mut end = store::End { head: entry.hash, ..before };
    if end.keyed_from == 0 {
        end.keyed_from = end.length;
    }
    if end.number == 0 {
        end.number = register(domain, conn, chain).await?;
    }
    end.seal = proof::seal(&domain.keys, chain, &end);
    store::set_end(conn, chain, &end).await
}

/// Enters a chain in the register of chains, whose lock it takes until the transaction ends; its
/// number there.
async fn register(domain: &Domain, conn: &mut Conn<'_>, chain: &str) -> Result<i64> {
    let before = store::extend_register(conn).await?;
    let head = proof::register(&domain.keys, &before.head, before.chains, chain);
    store::set_register(conn, &head).await?;
    Ok(before.chains)
}

/// Takes chains that were begun before there was a register into it, once: when there is none
/// yet. That it happened is itself an entry.
pub(crate) async fn adopt(domain: &Domain) -> Result<()> {
    let domain_ = domain.clone();
    let adopt = async move |conn: &mut Conn<'_>| {
        let chains = store::chains(conn).await?;
        if chains.is_empty() || store::register(conn).await?.is_some() {
            return Ok(());
        }
        let mut adopted = Vec::new();
        for row in chains {
            let Some(mut end) = store::end(conn, &row.chain).await? else { continue };
            end.number = register(&domain_, conn, &row.chain).await?;
            end.seal = proof::seal(&domain_.keys, &row.chain, &end);
            store::set_end(conn, &row.chain, &end).await?;
            adopted.push(row.chain);
        }
        tracing::warn!(chains = adopted.len(), "the audit log's chains are now in a register");
        let change = Change {
            chain: None,
            store: None,
            actor: super::SYSTEM,
            action: "audit.adopt",
            subject: "",
            old: Value::Null,
            new: serde_json::json!({ "chains": adopted }),
        };
        record(&domain_, conn, &Origin::default(), change).await
    };
    domain.db.write(adopt).await
}
