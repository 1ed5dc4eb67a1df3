mod digest;
mod events;
mod recipients;

use crate::{
    Domain,
    access::{SignedIn, section_edit, section_view},
    db::Conn,
    mail,
    outbox::{self, Effect, Mailer, deliver_due},
    settings,
    testing::{Company, colleague, company},
};
use model::{
    Input, MemberId, StoreId,
    access::StoreRole,
    settings::{Notifications, Section, Settings as _, StoreDetails},
};

const MINUTE: i64 = 60 * 1000;

/// Saves fields of a section of a store as somebody.
async fn set(
    domain: &Domain,
    who: &SignedIn,
    store: &StoreId,
    section: &'static Section,
    fields: &[(&str, &str)],
) {
    let view = section_view(domain, who, store, section).await.unwrap();
    let version = settings::view(domain, &view).await.unwrap().version;
    let access = section_edit(domain, who, store, section).await.unwrap();
    let input: Input =
        fields.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    settings::save(domain, &access, version, &input, &[]).await.unwrap();
}

/// Changes what the store wants its people to be told.
async fn wanted(domain: &Domain, shop: &Company, fields: &[(&str, &str)]) {
    set(domain, &shop.owner, &shop.store, Notifications::SECTION, fields).await;
}

/// Changes details of the store that must be filled in anyhow.
async fn details(domain: &Domain, who: &SignedIn, store: &StoreId, fields: &[(&str, &str)]) {
    let valid = [("store_url", "https://shop.example"), ("contact_email", "a@shop.example")];
    let all: Vec<(&str, &str)> = valid.into_iter().chain(fields.iter().copied()).collect();
    set(domain, who, store, StoreDetails::SECTION, &all).await;
}

/// A company whose details are filled in, and a second Administrator of its store.
async fn shop(domain: &Domain) -> (Company, SignedIn, MemberId) {
    let shop = company(domain, "Casa Ana").await;
    details(domain, &shop.owner, &shop.store, &[]).await;
    let role = StoreRole::Administrator;
    let (eva, member) = colleague(domain, &shop, "eva.cruz@ana.example", role).await;
    (shop, eva, member)
}

/// The mails about changes that would leave now, by recipient: address, subject, text.
async fn mails(domain: &Domain) -> Vec<(String, String, String)> {
    let rows = domain.db.read(async |conn: &mut Conn<'_>| outbox::recent(conn, None, 200).await);
    let mut mails = Vec::new();
    for row in rows.await.unwrap() {
        let effect: Effect = serde_json::from_str(&row.payload).unwrap();
        if !matches!(effect, Effect::NotificationMail { .. }) {
            continue;
        }
        let letter = mail::letter(domain, &effect).await.unwrap().unwrap();
        if letter.wanted {
            let text = letter.mail.text.replace('\u{200b}', "");
            mails.push((letter.mail.to, letter.mail.subject, text));
        }
    }
    mails.sort();
    mails
}

async fn addressees(domain: &Domain) -> Vec<String> {
    mails(domain).await.into_iter().map(|mail| mail.0).collect()
}

/// Sends what is due; how many.
async fn deliver(domain: &Domain) -> usize {
    deliver_due(domain, &Mailer::Mailbox).await.unwrap()
}
