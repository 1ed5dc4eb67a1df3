//! A support ticket: to the specialists, and a copy to who asks.
use super::{
    dress::dress,
    layout::Content,
    letter::{Letter, unlinked},
};
use crate::{Domain, Result, help};
use model::{
    TicketId,
    text::{Key, Lang, Texts},
};

/// The mail of a ticket. Specialists answer the person, not us.
pub(super) async fn letter(
    domain: &Domain,
    id: &TicketId,
    copy: bool,
    lang: Lang,
) -> Result<Option<Letter>> {
    let row = domain.db.read(async |conn| help::ticket_to_mail(conn, id).await).await?;
    let Some(row) = row else { return Ok(None) };
    let t = Texts::of(lang);
    let person = format!("{} {}", row.first_name, row.last_name);
    let person = person.trim();
    let store = unlinked(&row.store);
    let subject = row.subject.as_str();
    let (to, name, subject, first) = match copy {
        true => (
            row.email.clone(),
            unlinked(&row.first_name),
            t.fill(Key::MailTicketCopySubject, &[("subject", subject)]),
            t.fill(Key::MailTicketCopyText, &[("store", &store)]),
        ),
        false => {
            let (person, email) = (unlinked(person), unlinked(&row.email));
            let values = [("person", person.as_str()), ("email", &email), ("store", &store)];
            (
                row.address,
                String::new(),
                t.fill(Key::MailTicketSubject, &[("store", &row.store), ("subject", subject)]),
                t.fill(Key::MailTicketText, &values),
            )
        }
    };
    let content = Content {
        to,
        subject,
        name,
        paragraph: format!("{first}\n\n{}\n\n{}", unlinked(&row.subject), unlinked(&row.message)),
        button: Key::MailTicketButton,
        link: match copy {
            true => format!("{}/stores/{}/help", domain.options.public_url, row.store_id),
            // Specialists need no account here.
            false => String::new(),
        },
        note: None,
    };
    let dress = match row.store_id.parse() {
        Ok(store) => domain.db.read(async |conn| dress(conn, &store, t).await).await?,
        Err(_) => None,
    };
    let mut mail = match dress {
        Some(dress) => content.of_store(t, &dress, None)?,
        None => content.mail(t)?,
    };
    if !copy {
        mail.reply_to = Some(row.email);
    }
    Ok(Some(Letter { mail, wanted: true }))
}
