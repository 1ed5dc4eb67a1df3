use super::{
    changes,
    dress::dress,
    layout::{Content, Mail},
    security, store, ticket,
};
use crate::{Domain, Result, db::Conn, format, invitation, outbox::Effect, people, registration};
use model::{
    InvitationId, OrganizationId, PersonId, RegistrationId,
    text::{Key, Lang, Texts},
};

/// A mail and whether it still makes sense to send it.
pub(crate) struct Letter {
    pub(crate) mail: Mail,
    /// False where its link no longer works: cancelled, accepted, expired.
    pub(crate) wanted: bool,
}

/// The mail of an effect; `None` where what it is about no longer exists.
pub(crate) async fn letter(domain: &Domain, effect: &Effect) -> Result<Option<Letter>> {
    match effect {
        Effect::InvitationMail { invitation, lang } => invite(domain, invitation, *lang).await,
        Effect::ConfirmationMail { registration, lang } => {
            confirm(domain, registration, *lang).await
        }
        Effect::TwoFactorMail { organization, person, lang } => {
            two_factor(domain, organization, person, *lang).await
        }
        Effect::KnownAddressMail { person, lang } => known(domain, person, *lang).await,
        Effect::ResetMail { reset, lang } => security::reset(domain, reset, *lang).await,
        Effect::NewEmailMail { change, lang } => security::new_email(domain, change, *lang).await,
        Effect::OldEmailMail { change, done, lang } => {
            security::old_email(domain, change, *done, *lang).await
        }
        Effect::SecurityMail { person, news, lang } => {
            security::news(domain, person, *news, *lang).await
        }
        Effect::MembershipEndsMail { organization, person, lang } => {
            ends(domain, organization, person, *lang).await
        }
        Effect::NotificationMail { notification, lang } => {
            changes::letter(domain, notification, *lang).await
        }
        Effect::SampleMail { store, person, lang } => {
            changes::sample(domain, store, person, *lang).await
        }
        Effect::TicketMail { ticket, copy, lang } => {
            ticket::letter(domain, ticket, *copy, *lang).await
        }
    }
}

async fn invite(domain: &Domain, id: &InvitationId, lang: Lang) -> Result<Option<Letter>> {
    let row = domain.db.read(async |conn| store::invitation(conn, id).await).await?;
    let Some(row) = row else { return Ok(None) };
    let stores = domain.db.read(async |conn| invitation::store::stores(conn, id.as_str()).await);
    let t = Texts::of(lang);
    let (rows, standing) = (stores.await?, people::organization_role(&row.role)?);
    let sender = invitation::sender(&rows, standing)?;
    let dress = match &sender {
        Some(store) => domain.db.read(async |conn| dress(conn, store, t).await).await?,
        None => None,
    };
    let stores = invitation::named(&rows, t)?;
    let person = format!("{} {}", row.first_name, row.last_name);
    let person = person.trim();
    let wanted = row.ended_at.is_none() && row.expires_at > domain.now();
    let token = domain.keys.token(invitation::TOKEN, id.as_str());
    let organization = unlinked(&row.organization);
    let (place, paragraph) = match stores.as_slice() {
        [(store, role)] if !standing.manages() => {
            let values = [
                ("person", &unlinked(person)),
                ("store", &unlinked(store)),
                ("organization", &organization),
                ("role", &unlinked(role)),
            ];
            (store.as_str(), t.fill(Key::MailInvitationText, &values.map(|(n, v)| (n, v.as_str()))))
        }
        stores => {
            let list: Vec<String> =
                stores.iter().map(|(s, r)| format!("{} ({})", unlinked(s), unlinked(r))).collect();
            let values = [
                ("person", unlinked(person)),
                ("organization", organization),
                ("role", t.get(standing.label()).to_owned()),
                ("stores", if list.is_empty() { "–".to_owned() } else { list.join(", ") }),
            ];
            let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
            (row.organization.as_str(), t.fill(Key::MailOrganizationInvitation, &values))
        }
    };
    let content = Content {
        to: row.email,
        subject: t.fill(Key::MailInvitationSubject, &[("person", person), ("store", place)]),
        name: String::new(),
        paragraph,
        button: Key::MailInvitationButton,
        link: format!("{}/invitations/{}", domain.options.public_url, token.expose()),
        note: Some(Key::MailInvitationExpiry),
    };
    let mail = match dress {
        Some(dress) => {
            let date = dress.locale.date_time(row.expires_at);
            let note = t.fill(Key::MailInvitationUntil, &[("date", &date)]);
            content.of_store(t, &dress, Some(note))?
        }
        None => content.mail(t)?,
    };
    Ok(Some(Letter { mail, wanted }))
}

async fn confirm(domain: &Domain, id: &RegistrationId, lang: Lang) -> Result<Option<Letter>> {
    let row = domain.db.read(async |conn| store::registration(conn, id).await).await?;
    let Some(row) = row else { return Ok(None) };
    let t = Texts::of(lang);
    let wanted = row.confirmed_at.is_none() && row.expires_at > domain.now();
    let token = domain.keys.token(registration::TOKEN, id.as_str());
    let organization = unlinked(&row.organization_name);
    let content = Content {
        to: row.email,
        subject: t.get(Key::MailConfirmSubject).to_owned(),
        name: unlinked(&row.first_name),
        paragraph: t.fill(Key::MailConfirmText, &[("organization", &organization)]),
        button: Key::MailConfirmButton,
        link: format!("{}/sign-up/confirm/{}", domain.options.public_url, token.expose()),
        note: Some(Key::MailConfirmExpiry),
    };
    Ok(Some(Letter { mail: content.mail(t)?, wanted }))
}

/// Wanted as long as it is demanded and the person is an active member.
async fn two_factor(
    domain: &Domain,
    organization: &OrganizationId,
    person: &PersonId,
    lang: Lang,
) -> Result<Option<Letter>> {
    let now = domain.now();
    let read = async |conn: &mut crate::db::Conn<'_>| {
        store::two_factor(conn, organization, person, now).await
    };
    let Some(row) = domain.db.read(read).await? else { return Ok(None) };
    let t = Texts::of(lang);
    let organization = unlinked(&row.organization);
    let date = format::date(t, &row.time_zone, row.two_factor_from);
    let paragraph = if row.two_factor_from <= now {
        t.fill(Key::MailTwoFactorNow, &[("organization", &organization)])
    } else {
        let values = [("organization", organization.as_str()), ("date", &date)];
        t.fill(Key::MailTwoFactorFrom, &values)
    };
    let content = Content {
        to: row.email,
        subject: t.get(Key::MailTwoFactorSubject).to_owned(),
        name: unlinked(&row.first_name),
        paragraph,
        button: Key::MailTwoFactorButton,
        link: format!("{}/me/security", domain.options.public_url),
        note: None,
    };
    Ok(Some(Letter { mail: content.mail(t)?, wanted: true }))
}

async fn known(domain: &Domain, id: &PersonId, lang: Lang) -> Result<Option<Letter>> {
    let row = domain.db.read(async |conn| store::person(conn, id).await).await?;
    let Some(row) = row else { return Ok(None) };
    let t = Texts::of(lang);
    let content = Content {
        to: row.email,
        subject: t.get(Key::MailKnownSubject).to_owned(),
        name: unlinked(&row.first_name),
        paragraph: t.get(Key::MailKnownText).to_owned(),
        button: Key::MailKnownButton,
        link: format!("{}/sign-in", domain.options.public_url),
        note: None,
    };
    Ok(Some(Letter { mail: content.mail(t)?, wanted: true }))
}

async fn ends(
    domain: &Domain,
    organization: &OrganizationId,
    person: &PersonId,
    lang: Lang,
) -> Result<Option<Letter>> {
    let read = async |conn: &mut Conn<'_>| store::membership(conn, organization, person).await;
    let Some(row) = domain.db.read(read).await? else { return Ok(None) };
    let t = Texts::of(lang);
    let Some(ends_at) = row.ends_at else { return Ok(None) };
    let date = format::date(t, "UTC", ends_at);
    let name = unlinked(&row.organization);
    let content = Content {
        to: row.email,
        subject: t.fill(Key::MailMembershipEndsSubject, &[("organization", &row.organization)]),
        name: unlinked(&row.first_name),
        paragraph: t.fill(Key::MailMembershipEndsText, &[("organization", &name), ("date", &date)]),
        button: Key::MailMembershipEndsButton,
        link: format!("{}/stores", domain.options.public_url),
        note: None,
    };
    Ok(Some(Letter { mail: content.mail(t)?, wanted: ends_at > domain.now() }))
}

/// A name that mail programs do not make a link of: a sign-up with an address for a name would
/// otherwise let anybody send links to anybody in our name.
pub(super) fn unlinked(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    for c in name.chars() {
        text.push(c);
        if matches!(c, '.' | ':' | '/' | '@') {
            text.push('\u{200b}');
        }
    }
    text
}
