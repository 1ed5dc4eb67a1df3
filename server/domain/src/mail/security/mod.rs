//! Mails about a person's own account.
mod store;

use super::{
    layout::Content,
    letter::{Letter, unlinked},
};
use crate::{Domain, Result, account, outbox::SecurityNews, password_reset};
use model::{
    EmailChangeId, PersonId, ResetId,
    text::{Key, Lang, Texts},
};

/// The link with which somebody who forgot their password sets a new one.
pub(super) async fn reset(domain: &Domain, id: &ResetId, lang: Lang) -> Result<Option<Letter>> {
    let row = domain.db.read(async |conn| store::reset(conn, id).await).await?;
    let Some(row) = row else { return Ok(None) };
    let t = Texts::of(lang);
    let wanted = row.ended_at.is_none() && row.expires_at > domain.now();
    let token = domain.keys.token(password_reset::TOKEN, id.as_str());
    let content = Content {
        to: row.email,
        subject: t.get(Key::MailAccountResetSubject).to_owned(),
        name: unlinked(&row.first_name),
        paragraph: t.get(Key::MailAccountResetText).to_owned(),
        button: Key::MailAccountResetButton,
        link: format!("{}/account/reset/{}", domain.options.public_url, token.expose()),
        note: Some(Key::MailAccountResetNote),
    };
    Ok(Some(Letter { mail: content.mail(t)?, wanted }))
}

/// The link that confirms a new e-mail address; it goes to that address.
pub(super) async fn new_email(
    domain: &Domain,
    id: &EmailChangeId,
    lang: Lang,
) -> Result<Option<Letter>> {
    let row = domain.db.read(async |conn| store::email_change(conn, id).await).await?;
    let Some(row) = row else { return Ok(None) };
    let t = Texts::of(lang);
    let wanted = row.ended_at.is_none() && row.expires_at > domain.now();
    let token = domain.keys.token(account::EMAIL_TOKEN, id.as_str());
    let content = Content {
        to: row.new_email,
        subject: t.get(Key::MailAccountNewEmailSubject).to_owned(),
        name: unlinked(&row.first_name),
        paragraph: t.fill(Key::MailAccountNewEmailText, &[("old", &unlinked(&row.old_email))]),
        button: Key::MailAccountNewEmailButton,
        link: format!("{}/account/email/{}", domain.options.public_url, token.expose()),
        note: Some(Key::MailAccountNewEmailNote),
    };
    Ok(Some(Letter { mail: content.mail(t)?, wanted }))
}

/// Tells the old address that another one was asked for or has taken its place. It holds no link:
/// who reads this may be the one who is being robbed, and must not learn to click.
pub(super) async fn old_email(
    domain: &Domain,
    id: &EmailChangeId,
    done: bool,
    lang: Lang,
) -> Result<Option<Letter>> {
    let row = domain.db.read(async |conn| store::email_change(conn, id).await).await?;
    let Some(row) = row else { return Ok(None) };
    let t = Texts::of(lang);
    let (subject, text) = match done {
        true => (Key::MailAccountOldEmailDoneSubject, Key::MailAccountOldEmailDoneText),
        false => (Key::MailAccountOldEmailAskedSubject, Key::MailAccountOldEmailAskedText),
    };
    let content = Content {
        to: row.old_email,
        subject: t.get(subject).to_owned(),
        name: unlinked(&row.first_name),
        paragraph: t.fill(text, &[("new", &unlinked(&row.new_email))]),
        button: Key::MailKnownButton,
        link: String::new(),
        note: Some(Key::MailAccountSecurityNote),
    };
    Ok(Some(Letter { mail: content.mail(t)?, wanted: true }))
}

/// Tells a person what happened to their account.
pub(super) async fn news(
    domain: &Domain,
    person: &PersonId,
    news: SecurityNews,
    lang: Lang,
) -> Result<Option<Letter>> {
    let row = domain.db.read(async |conn| super::store::person(conn, person).await).await?;
    let Some(row) = row else { return Ok(None) };
    let t = Texts::of(lang);
    let (subject, text) = texts(news);
    let content = Content {
        to: row.email,
        subject: t.get(subject).to_owned(),
        name: unlinked(&row.first_name),
        paragraph: t.get(text).to_owned(),
        button: Key::MailAccountSecurityButton,
        link: format!("{}/me/security", domain.options.public_url),
        note: Some(Key::MailAccountSecurityNote),
    };
    Ok(Some(Letter { mail: content.mail(t)?, wanted: true }))
}

const fn texts(news: SecurityNews) -> (Key, Key) {
    match news {
        SecurityNews::PasswordChanged => {
            (Key::MailAccountPasswordChangedSubject, Key::MailAccountPasswordChangedText)
        }
        SecurityNews::TwoFactorOn => {
            (Key::MailAccountTwoFactorOnSubject, Key::MailAccountTwoFactorOnText)
        }
        SecurityNews::TwoFactorOff => {
            (Key::MailAccountTwoFactorOffSubject, Key::MailAccountTwoFactorOffText)
        }
        SecurityNews::RecoveryCodesNew => {
            (Key::MailAccountRecoveryCodesNewSubject, Key::MailAccountRecoveryCodesNewText)
        }
        SecurityNews::RecoveryCodeUsed => {
            (Key::MailAccountRecoveryCodeUsedSubject, Key::MailAccountRecoveryCodeUsedText)
        }
        SecurityNews::PasskeyAdded => {
            (Key::MailAccountPasskeyAddedSubject, Key::MailAccountPasskeyAddedText)
        }
        SecurityNews::PasskeyRemoved => {
            (Key::MailAccountPasskeyRemovedSubject, Key::MailAccountPasskeyRemovedText)
        }
    }
}
