use super::{
    TOKEN, VALID,
    store::{self, NewRegistration},
};
use crate::{
    Domain, Error, Result,
    audit::{self, Change},
    context::Origin,
    db::Conn,
    outbox::{self, Effect},
    people::{self, PersonRow},
    session::attempts::{self, Subject},
};
use model::{
    FieldError, RegistrationId,
    check::{self, Fault},
    text::Lang,
};
use serde_json::{Value, json};
use std::fmt;

/// Sign-ups in 15 minutes from one network.
const PER_ADDRESS: i64 = 100;
/// Sign-ups in 15 minutes with one e-mail address: nobody's mailbox is flooded.
const PER_EMAIL: i64 = 5;

/// What a person enters to sign up, as typed.
#[derive(Clone, Default)]
pub struct SignUp {
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// E-mail address.
    pub email: String,
    /// Password.
    pub password: String,
    /// Telephone number.
    pub phone: String,
    /// Code of the language.
    pub language: String,
    /// The organization's name.
    pub organization: String,
    /// The first store's name.
    pub store: String,
    /// Consent to the processing of personal data; nothing goes without.
    pub consent_data: bool,
    /// Consent to commercial information.
    pub consent_marketing: bool,
}

impl fmt::Debug for SignUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SignUp(..)")
    }
}

impl SignUp {
    /// The same with surrounding space removed and e-mail and phone in their stored form.
    fn clean(self) -> SignUp {
        let trim = |text: String| text.trim().to_owned();
        SignUp {
            first_name: trim(self.first_name),
            last_name: trim(self.last_name),
            email: check::normalize_email(&self.email),
            phone: check::normalize_phone(&self.phone),
            organization: trim(self.organization),
            store: trim(self.store),
            ..self
        }
    }

    fn check(&self) -> Result<Lang> {
        let mut errors = Vec::new();
        let mut note = |field: &str, result: Result<(), Fault>| {
            errors.extend(result.err().map(|fault| FieldError::new(field, fault)));
        };
        note("first_name", check::required(&self.first_name, 80));
        note("last_name", check::required(&self.last_name, 80));
        note("email", check::required(&self.email, 254).and_then(|()| check::email(&self.email)));
        note("password", check::password(&self.password, &self.email));
        note("phone", check::required(&self.phone, 32).and_then(|()| check::phone(&self.phone)));
        let language = Lang::ALL.into_iter().find(|lang| lang.code() == self.language);
        note("language", language.map(|_| ()).ok_or(Fault::Choice));
        note("organization", check::required(&self.organization, 120));
        note("store", check::required(&self.store, 80));
        note("consent_data", if self.consent_data { Ok(()) } else { Err(Fault::Consent) });
        match language {
            Some(language) if errors.is_empty() => Ok(language),
            _ => Err(Error::Invalid(errors)),
        }
    }
}

/// Takes a sign-up and sends a mail: with a confirmation link to an address that is new, with a
/// hint to sign in to one that belongs to a person. From outside the two cannot be told apart:
/// same answer, same counts, one password hash and one mail each (M-06 to M-08).
///
/// # Errors
/// [`Error::Invalid`] with the form's field names;
/// [`Refusal::TooManyAttempts`](model::Refusal::TooManyAttempts); [`Error::Busy`].
pub async fn sign_up(domain: &Domain, origin: &Origin, form: SignUp) -> Result<()> {
    let form = form.clean();
    let language = form.check()?;
    limit(domain, origin, &form.email).await?;
    let hash = domain.passwords.hash(form.password.clone(), domain.random_bytes()).await?;
    let (domain_, origin_) = (domain.clone(), origin.clone());
    domain
        .db
        .write(async move |conn: &mut Conn<'_>| match people::by_email(conn, &form.email).await? {
            Some(person) => hint(&domain_, conn, &origin_, person).await,
            None => {
                let new = registration(&domain_, form, language, hash);
                register(&domain_, conn, &origin_, new).await
            }
        })
        .await
}

async fn limit(domain: &Domain, origin: &Origin, email: &str) -> Result<()> {
    let now = domain.now();
    let by_address = Subject::address(domain, "sign-up", &origin.address);
    let by_email = Subject::email(domain, "sign-up", email);
    domain
        .db
        .write(async move |conn: &mut Conn<'_>| {
            attempts::limit(conn, &by_address, PER_ADDRESS, now).await?;
            attempts::limit(conn, &by_email, PER_EMAIL, now).await?;
            Ok(())
        })
        .await
}

fn registration(domain: &Domain, form: SignUp, language: Lang, hash: String) -> NewRegistration {
    let id = RegistrationId::from_u128(domain.id_bits());
    let now = domain.now();
    NewRegistration {
        token_hash: domain.keys.token(TOKEN, id.as_str()).hash(),
        id,
        email: form.email,
        first_name: form.first_name,
        last_name: form.last_name,
        phone: form.phone,
        password_hash: hash,
        language,
        organization: form.organization,
        store: form.store,
        marketing_consent: form.consent_marketing,
        created_at: now,
        expires_at: now + VALID,
    }
}

async fn register(
    domain: &Domain,
    conn: &mut Conn<'_>,
    origin: &Origin,
    new: NewRegistration,
) -> Result<()> {
    store::insert(conn, &new).await?;
    let effect = Effect::ConfirmationMail { registration: new.id.clone(), lang: new.language };
    outbox::enqueue(domain, conn, &effect).await?;
    let change = Change {
        chain: None,
        store: None,
        actor: "anonymous",
        action: "registration.request",
        subject: new.id.as_str(),
        old: Value::Null,
        new: json!({ "email": new.email, "organization": new.organization, "store": new.store }),
    };
    Ok(audit::record(domain, conn, origin, change).await?)
}

async fn hint(
    domain: &Domain,
    conn: &mut Conn<'_>,
    origin: &Origin,
    person: PersonRow,
) -> Result<()> {
    let lang = Lang::from_code(&person.language).unwrap_or_default();
    let effect = Effect::KnownAddressMail { person: people::id(person.id.clone())?, lang };
    outbox::enqueue(domain, conn, &effect).await?;
    let change = Change {
        chain: None,
        store: None,
        actor: "anonymous",
        action: "registration.known_address",
        subject: &person.id,
        old: Value::Null,
        new: json!({ "email": person.email }),
    };
    Ok(audit::record(domain, conn, origin, change).await?)
}
