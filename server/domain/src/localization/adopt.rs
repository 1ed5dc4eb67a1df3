use super::store;
use crate::{
    Domain, Result,
    audit::{self, Change},
    context::Origin,
    db::Conn,
    settings,
};
use model::settings::{Document, Localization, Settings as _, Value};

/// Stores that are dealt with in a transaction.
const BATCH: i64 = 200;

/// Gives every store that was made before there was such a section its localization: what its
/// details say of language, time zone and currency, which were fields there. Once: where it exists
/// it stays as it is, also when several processes start at the same time.
///
/// # Errors
/// Faults of the database only.
pub(crate) async fn adopt(domain: &Domain) -> Result<()> {
    loop {
        let domain_ = domain.clone();
        let batch = async move |conn: &mut Conn<'_>| batch(&domain_, conn).await;
        if domain.db.write(batch).await? < BATCH {
            return Ok(());
        }
    }
}

/// How many stores there were to deal with, up to [`BATCH`].
async fn batch(domain: &Domain, conn: &mut Conn<'_>) -> Result<i64> {
    let rows = store::without(conn, Localization::SECTION.key, BATCH).await?;
    let found = i64::try_from(rows.len()).unwrap_or(BATCH);
    let mut adopted = 0;
    for row in rows {
        let details: Document =
            row.details.and_then(|body| serde_json::from_str(&body).ok()).unwrap_or_default();
        let document = taken(&details);
        if settings::adopt::<Localization>(domain, conn, &row.id, &document).await? {
            adopted += 1;
        }
    }
    if adopted > 0 {
        tracing::info!(stores = adopted, "stores have a section for their localization now");
        let change = Change {
            chain: None,
            store: None,
            actor: audit::SYSTEM,
            action: "localization.adopt",
            subject: Localization::SECTION.key,
            old: serde_json::Value::Null,
            new: serde_json::json!({ "stores": adopted }),
        };
        audit::record(domain, conn, &Origin::default(), change).await?;
    }
    Ok(found)
}

/// What a store's details say of fields that are this section's now.
fn taken(details: &Document) -> Document {
    let field = |field: &model::settings::Field| {
        let value = details.get(field.key).filter(|value| matches!(value, Value::Text(_)))?;
        Some((field.key.to_owned(), value.clone()))
    };
    Localization::SECTION.fields().filter_map(field).collect()
}
