use super::store;
use crate::{
    Domain, Result,
    access::SignedIn,
    audit::{self, Change},
    db::Conn,
};
use model::{text::Lang, view::Theme};
use serde_json::Value;

/// Makes `language` the person's language, on every device. Choosing it again changes nothing.
///
/// # Errors
/// Faults of the database only.
pub async fn set_language(domain: &Domain, signed_in: &SignedIn, language: Lang) -> Result<()> {
    choose(domain, signed_in, Choice::Language(language)).await
}

/// Makes `theme` the person's colours, on every device. Choosing it again changes nothing.
///
/// # Errors
/// Faults of the database only.
pub async fn set_theme(domain: &Domain, signed_in: &SignedIn, theme: Theme) -> Result<()> {
    choose(domain, signed_in, Choice::Theme(theme)).await
}

#[derive(Clone, Copy)]
enum Choice {
    Language(Lang),
    Theme(Theme),
}

async fn choose(domain: &Domain, signed_in: &SignedIn, choice: Choice) -> Result<()> {
    let (domain_, signed_in) = (domain.clone(), signed_in.clone());
    domain
        .db
        .write(async move |conn: &mut Conn<'_>| {
            let id = &signed_in.person.id;
            let mut choices = store::lock_choices(conn, id).await?;
            let (action, field, new) = match choice {
                Choice::Language(language) => {
                    ("person.language.change", &mut choices.language, language.code())
                }
                Choice::Theme(theme) => ("person.theme.change", &mut choices.theme, theme.code()),
            };
            let old = std::mem::replace(field, new.to_owned());
            if old == new {
                return Ok(());
            }
            store::set_choices(conn, id, &choices).await?;
            let change = Change {
                chain: None,
                store: None,
                actor: id.as_str(),
                action,
                subject: id.as_str(),
                old: Value::String(old),
                new: Value::String(new.to_owned()),
            };
            Ok(audit::record(&domain_, conn, &signed_in.origin, change).await?)
        })
        .await
}
