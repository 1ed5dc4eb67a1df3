//! The demonstration's mailbox: mails as they would have been sent, made from the outbox when
//! somebody looks. It shows links that sign people in, hence nothing outside demo mode.
#[cfg(test)]
mod tests;

use crate::{
    Domain, Error, Result,
    branding::Brand,
    format, images,
    mail::{self, Mail},
    outbox,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use model::{
    OutboxId,
    text::Texts,
    view::{MailBrand, MailSummary, MailView},
};

/// Mails listed.
const LIMIT: i64 = 200;

/// The newest mails, at most 200.
///
/// # Errors
/// [`Error::NotFound`] outside demo mode.
pub async fn list(domain: &Domain, t: Texts) -> Result<Vec<MailSummary>> {
    let mails = mails(domain, t, None).await?;
    Ok(mails.into_iter().map(|(summary, _)| summary).collect())
}

/// One mail, if it is still known.
///
/// # Errors
/// [`Error::NotFound`] outside demo mode.
pub async fn get(domain: &Domain, t: Texts, id: &OutboxId) -> Result<Option<MailView>> {
    let Some((summary, mail)) = mails(domain, t, Some(id)).await?.pop() else { return Ok(None) };
    let brand = match mail.brand {
        Some(brand) => Some(look(domain, brand).await?),
        None => None,
    };
    Ok(Some(MailView {
        summary,
        text: mail.text,
        link: Some(mail.link).filter(|link| !link.is_empty()),
        button: mail.button,
        brand,
    }))
}

/// A store's logo and colours; the logo as the mail carries it, not as an address.
async fn look(domain: &Domain, brand: Brand) -> Result<MailBrand> {
    let bytes = match &brand.logo {
        Some(id) => images::mail_logo(domain, &brand.store, id).await?,
        None => None,
    };
    Ok(MailBrand {
        styles: brand.colors.address(),
        logo: bytes.map(|bytes| format!("data:image/png;base64,{}", STANDARD.encode(bytes))),
        name: brand.name,
    })
}

async fn mails(
    domain: &Domain,
    t: Texts,
    id: Option<&OutboxId>,
) -> Result<Vec<(MailSummary, Mail)>> {
    if !domain.options.demo {
        return Err(Error::NotFound);
    }
    let id = id.map(OutboxId::as_str);
    let rows = domain.db.read(async |conn| outbox::recent(conn, id, LIMIT).await).await?;
    let mut mails = Vec::with_capacity(rows.len());
    for row in rows {
        let Ok(effect) = serde_json::from_str(&row.payload) else { continue };
        let Some(letter) = mail::letter(domain, &effect).await? else { continue };
        let id = row.id.parse().map_err(|_| Error::Corrupt("outbox id".to_owned()))?;
        let at = format::relative_time(t, domain.now(), row.created_at);
        let (to, subject) = (letter.mail.to.clone(), letter.mail.subject.clone());
        mails.push((MailSummary { id, to, subject, at }, letter.mail));
    }
    Ok(mails)
}
