use crate::{
    Domain, Result,
    access::{self, EditSettings, StoreAccess},
    audit::{self, Change},
    db::Conn,
    outbox::{self, Effect},
    session::attempts::{self, Subject},
};
use model::access::Permission;
use serde_json::{Value, json};

/// Samples that one person gets within the attempts' window.
const LIMIT: i64 = 3;

/// Mails the person a sample of what the store's people get.
///
/// # Errors
/// [`TooManyAttempts`](model::Refusal::TooManyAttempts) after three in a quarter of an hour; as
/// [`access::store`] where access was lost in the meantime.
pub async fn send_sample(domain: &Domain, access: &StoreAccess<EditSettings>) -> Result<()> {
    let (domain_, access) = (domain.clone(), access.clone());
    domain
        .db
        .write(async move |conn: &mut Conn<'_>| {
            access::recheck(&domain_, conn, &access, Permission::EditSettings).await?;
            let person = &access.signed_in().person;
            let subject = Subject::email(&domain_, "notification sample", &person.email);
            attempts::limit(conn, &subject, LIMIT, domain_.now()).await?;
            let effect = Effect::SampleMail {
                store: access.store().clone(),
                person: person.id.clone(),
                lang: person.language,
            };
            let id = outbox::enqueue(&domain_, conn, &effect).await?;
            // It leaves the system, so it is written down.
            let change = Change {
                chain: Some(access.organization()),
                store: Some(access.store()),
                actor: access.person().as_str(),
                action: "notification.test",
                subject: id.as_str(),
                old: Value::Null,
                new: json!({ "email": person.email }),
            };
            Ok(audit::record(&domain_, conn, &access.signed_in().origin, change).await?)
        })
        .await
}
