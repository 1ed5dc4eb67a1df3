use super::store;
use crate::{
    Domain, Error, Result,
    access::SignedIn,
    audit::{self, Change},
    db::Conn,
    people, reference,
};
use model::{
    FieldError,
    check::{self, Fault},
    settings::Source,
    text::Lang,
    view::Theme,
};
use serde_json::{Map, Value};

/// What a person tells of themself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Telephone number; empty where they gave none.
    pub phone: String,
    /// The language of pages and mails.
    pub language: Lang,
    /// The IANA zone in which they read times; empty: none chosen.
    pub time_zone: String,
    /// The colours.
    pub theme: Theme,
    /// Whether they have a password; who comes by single sign-on may have none.
    pub has_password: bool,
}

/// A profile as typed.
#[derive(Clone, Debug, Default)]
pub struct ProfileForm {
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Telephone number.
    pub phone: String,
    /// Code of the language.
    pub language: String,
    /// IANA time zone, or nothing.
    pub time_zone: String,
    /// Code of the colours.
    pub theme: String,
}

/// The person's profile.
///
/// # Errors
/// Faults of the database only.
pub async fn profile(domain: &Domain, signed_in: &SignedIn) -> Result<Profile> {
    let person = &signed_in.person.id;
    let row = domain.db.read(async |conn| store::account(conn, person).await).await?;
    Ok(of(&row))
}

fn of(row: &store::AccountRow) -> Profile {
    Profile {
        first_name: row.first_name.clone(),
        last_name: row.last_name.clone(),
        phone: row.phone.clone(),
        language: Lang::from_code(&row.language).unwrap_or_default(),
        time_zone: row.time_zone.clone(),
        theme: Theme::from_code(&row.theme).unwrap_or_default(),
        has_password: !row.password_hash.is_empty(),
    }
}

/// Saves a profile. Saving it unchanged changes nothing.
///
/// # Errors
/// [`Error::Invalid`] with the form's field names.
pub async fn save(domain: &Domain, signed_in: &SignedIn, form: ProfileForm) -> Result<()> {
    let new = read(form)?;
    let (domain_, signed_in) = (domain.clone(), signed_in.clone());
    domain
        .db
        .write(async move |conn: &mut Conn<'_>| {
            let person = &signed_in.person.id;
            let old = of(&store::lock(conn, person).await?);
            let (before, after) = changes(&old, &new);
            if after.is_empty() {
                return Ok(());
            }
            let name_key = people::fold(&format!("{} {}", new.first_name, new.last_name));
            store::set_profile(conn, person, &new, &name_key).await?;
            let change = Change {
                chain: None,
                store: None,
                actor: person.as_str(),
                action: "person.profile.change",
                subject: person.as_str(),
                old: Value::Object(before),
                new: Value::Object(after),
            };
            Ok(audit::record(&domain_, conn, &signed_in.origin, change).await?)
        })
        .await
}

fn read(form: ProfileForm) -> Result<Profile> {
    let trim = |text: &str| text.trim().to_owned();
    let profile = Profile {
        first_name: trim(&form.first_name),
        last_name: trim(&form.last_name),
        phone: check::normalize_phone(&form.phone),
        language: Lang::default(),
        time_zone: trim(&form.time_zone),
        theme: Theme::default(),
        has_password: false,
    };
    let language = Lang::ALL.into_iter().find(|lang| lang.code() == form.language);
    let theme = Theme::from_code(&form.theme);
    let phone = match profile.phone.as_str() {
        "" => Ok(()),
        phone => check::plain(phone, 32, false).and_then(|()| check::phone(phone)),
    };
    let zone =
        profile.time_zone.is_empty() || reference::known(Source::TimeZones, &profile.time_zone);
    let errors: Vec<FieldError> = [
        ("first_name", check::required(&profile.first_name, 80)),
        ("last_name", check::required(&profile.last_name, 80)),
        ("phone", phone),
        ("language", language.map(|_| ()).ok_or(Fault::Choice)),
        ("time_zone", if zone { Ok(()) } else { Err(Fault::Choice) }),
        ("theme", theme.map(|_| ()).ok_or(Fault::Choice)),
    ]
    .into_iter()
    .filter_map(|(field, result)| Some(FieldError::new(field, result.err()?)))
    .collect();
    match (language, theme) {
        (Some(language), Some(theme)) if errors.is_empty() => {
            Ok(Profile { language, theme, ..profile })
        }
        _ => Err(Error::Invalid(errors)),
    }
}

/// The fields that differ, before and after.
fn changes(old: &Profile, new: &Profile) -> (Map<String, Value>, Map<String, Value>) {
    let fields = |p: &Profile| {
        [
            ("first_name", p.first_name.clone()),
            ("last_name", p.last_name.clone()),
            ("phone", p.phone.clone()),
            ("language", p.language.code().to_owned()),
            ("time_zone", p.time_zone.clone()),
            ("theme", p.theme.code().to_owned()),
        ]
    };
    let (mut before, mut after) = (Map::new(), Map::new());
    for ((name, was), (_, is)) in fields(old).into_iter().zip(fields(new)) {
        if was != is {
            before.insert(name.to_owned(), Value::String(was));
            after.insert(name.to_owned(), Value::String(is));
        }
    }
    (before, after)
}
