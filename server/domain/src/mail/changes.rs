//! Mails about what happened in a store, and the sample of one.
use super::{
    dress::dress,
    happened::Telling,
    layout::{Content, Dress, Mail},
    letter::{Letter, unlinked},
    store,
};
use crate::{
    Domain, Result,
    db::Conn,
    format,
    notifications::{self, Told, What},
    settings,
};
use model::{
    NotificationId, PersonId, StoreId,
    settings::{Settings as _, StoreDetails, sections},
    text::{Key, Lang, Texts},
};

/// The mail of a notification, as far as its recipient may still know of it.
pub(super) async fn letter(
    domain: &Domain,
    id: &NotificationId,
    lang: Lang,
) -> Result<Option<Letter>> {
    let written = domain.db.read(async |conn| Ok(write(domain, conn, id, lang).await)).await??;
    let Some((content, dress, wanted)) = written else { return Ok(None) };
    Ok(Some(Letter { mail: dressed(content, Texts::of(lang), dress.as_ref())?, wanted }))
}

/// The mail in the look of the store that it is about, if it is about one.
fn dressed(content: Content, t: Texts, dress: Option<&Dress>) -> Result<Mail> {
    match dress {
        Some(dress) => content.of_store(t, dress, None),
        None => content.mail(t),
    }
}

async fn write(
    domain: &Domain,
    conn: &mut Conn<'_>,
    id: &NotificationId,
    lang: Lang,
) -> Result<Option<(Content, Option<Dress>, bool)>> {
    let (t, now) = (Texts::of(lang), domain.now());
    let Some(told) = notifications::told(conn, id, now).await? else { return Ok(None) };
    let telling = Telling { t, organization: &told.organization, now };
    let mut paragraphs = Vec::new();
    for item in &told.items {
        paragraphs.push(telling.paragraph(conn, item).await?);
    }
    let dress = match told.items.first() {
        Some(first) if told.items.iter().all(|item| item.store == first.store) => {
            dress(conn, &first.store, t).await?
        }
        _ => None,
    };
    let (subject, first) = head(conn, t, &told, dress.as_ref()).await?;
    if let Some(first) = first {
        paragraphs.insert(0, first);
    }
    if told.more > 0 {
        paragraphs.push(t.fill(Key::MailChangeMore, &[("n", &told.more.to_string())]));
    }
    let content = Content {
        to: told.to.clone(),
        subject,
        name: unlinked(&told.name),
        paragraph: paragraphs.join("\n\n"),
        button: Key::MailChangeButton,
        link: format!("{}{}", domain.options.public_url, address(&told)),
        note: Some(match told.administrator {
            true => Key::MailChangeWhyAdministrator,
            false => Key::MailChangeWhyListed,
        }),
    };
    Ok(Some((content, dress, !told.items.is_empty())))
}

/// The subject, and the sentence that a digest begins with.
async fn head(
    conn: &mut Conn<'_>,
    t: Texts,
    told: &Told,
    dress: Option<&Dress>,
) -> Result<(String, Option<String>)> {
    let Some(first) = told.items.first() else { return Ok((String::new(), None)) };
    let name = notifications::store_name(conn, &told.organization, &first.store).await?;
    if let Some(since) = told.since {
        let date =
            dress.map_or_else(|| format::date(t, "UTC", since), |dress| dress.locale.date(since));
        let subject = t.fill(Key::MailChangeDigestSubject, &[("store", &name), ("date", &date)]);
        let values = [("store", unlinked(&name)), ("date", date)];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        return Ok((subject, Some(t.fill(Key::MailChangeDigestText, &values))));
    }
    if told.items.iter().any(|item| item.store != first.store) {
        return Ok((t.get(Key::MailChangeSeveralStores).to_owned(), None));
    }
    let what =
        if told.items.len() == 1 { named(t, &first.what) } else { t.get(Key::MailChangeSeveral) };
    Ok((t.fill(Key::MailChangeSubject, &[("store", &name), ("what", what)]), None))
}

/// What a subject says of one thing that happened.
fn named(t: Texts, what: &What) -> &'static str {
    t.get(match what {
        What::Settings { section, .. } => {
            let section = sections().find(|known| known.key == section);
            section.map_or(Key::MailChangeSeveral, |section| section.title)
        }
        What::Joined { .. } => Key::MailChangeWhatJoined,
        What::Removed { .. } => Key::MailChangeWhatRemoved,
        What::RoleChanged { .. } => Key::MailChangeWhatRole,
        What::InvitationExpired { .. } => Key::MailChangeWhatExpired,
        What::Archived => Key::MailChangeWhatArchived,
        What::Restored => Key::MailChangeWhatRestored,
    })
}

/// Where the button leads to: the page of what happened, or of the store.
fn address(told: &Told) -> String {
    let Some(first) = told.items.first() else { return "/stores".to_owned() };
    let store = &first.store;
    if told.items.iter().any(|item| item.store != *store || matches!(item.what, What::Archived)) {
        return "/stores".to_owned();
    }
    match &first.what {
        What::Settings { section, .. } if told.items.len() == 1 => {
            let found = sections().find(|known| known.key == section);
            let group = found.map_or("general", |section| section.group.key());
            format!("/stores/{store}/settings/{group}/{section}")
        }
        What::Settings { .. } | What::Archived | What::Restored => format!("/stores/{store}"),
        _ => format!("/stores/{store}/settings/general/members"),
    }
}

/// What a person gets who wants to see what such mails look like.
pub(super) async fn sample(
    domain: &Domain,
    id: &StoreId,
    person: &PersonId,
    lang: Lang,
) -> Result<Option<Letter>> {
    let t = Texts::of(lang);
    let read = async |conn: &mut Conn<'_>| {
        let details: StoreDetails = settings::read(conn, id.as_str()).await?;
        Ok((store::person(conn, person).await?, details.name, dress(conn, id, t).await?))
    };
    let (Some(row), name, dress) = domain.db.read(read).await? else { return Ok(None) };
    let (section, store) = (StoreDetails::SECTION, unlinked(&name));
    let by = unlinked(&row.first_name);
    let head = [("section", t.get(section.title)), ("store", &store), ("by", &by)];
    let email = unlinked(&row.email);
    let line = [
        ("field", t.get(Key::StoreDetailsContactEmail)),
        ("old", t.get(Key::ConflictEmpty)),
        ("new", &email),
    ];
    let content = Content {
        to: row.email.clone(),
        subject: t.fill(Key::MailChangeSampleSubject, &[("store", &name)]),
        name: by.clone(),
        paragraph: format!(
            "{}\n\n{}\n{}",
            t.get(Key::MailChangeSampleText),
            t.fill(Key::MailChangeSettings, &head),
            t.fill(Key::MailChangeField, &line),
        ),
        button: Key::MailChangeButton,
        link: format!("{}/stores/{id}/settings/general/notifications", domain.options.public_url),
        note: Some(Key::MailChangeSampleNote),
    };
    Ok(Some(Letter { mail: dressed(content, t, dress.as_ref())?, wanted: true }))
}
