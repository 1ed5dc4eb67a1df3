//! Who the people behind an audience are, at this moment.
use super::{audience::Audience, store};
use crate::{Result, db::Conn, localization, people};
use model::{StoreId, settings::Notifications, text::Lang};
use std::collections::BTreeMap;

/// Somebody to write to.
pub(super) struct Recipient {
    /// A person's identifier, for who is written to as an Administrator; else the address.
    pub(super) key: String,
    /// The language to write in: the person's own, or the store's.
    pub(super) lang: Lang,
    /// Who it is, if that is known.
    pub(super) person: Option<String>,
}

/// Everybody the audience means, but for who did it. Who is an Administrator and on the list of
/// addresses gets one mail, for the list.
pub(super) async fn of(
    conn: &mut Conn<'_>,
    store: &StoreId,
    settings: &Notifications,
    audience: Audience,
    but: &str,
    now: i64,
) -> Result<Vec<Recipient>> {
    let mut found: BTreeMap<String, Recipient> = BTreeMap::new();
    if audience.administrators {
        for row in store::administrators(conn, store, now).await? {
            let lang = Lang::from_code(&row.language).unwrap_or_default();
            let recipient = Recipient { key: row.id.clone(), lang, person: Some(row.id) };
            found.insert(row.email, recipient);
        }
    }
    if audience.addresses {
        for address in &settings.addresses {
            let known = people::by_email(conn, address).await?;
            let own = known.as_ref().and_then(|row| Lang::from_code(&row.language));
            let lang = match own {
                Some(lang) => lang,
                None => localization::language(conn, store).await?,
            };
            let person = known.map(|row| row.id);
            found.insert(address.clone(), Recipient { key: address.clone(), lang, person });
        }
    }
    let mut recipients: Vec<Recipient> = found.into_values().collect();
    recipients.retain(|recipient| recipient.person.as_deref() != Some(but));
    // Rows are locked in this order by everybody.
    recipients.sort_by(|a, b| a.key.cmp(&b.key));
    Ok(recipients)
}
