use super::store::{self, RegistrationRow};
use crate::{
    Domain, Error, Result,
    access::{Method, Person, SignedIn},
    audit::{self, Change},
    context::Origin,
    crypto::{Token, hash_token},
    db::Conn,
    people::{self, NewPerson, NewStore},
    session::{
        self,
        attempts::{self, Subject},
    },
    settings::{self, FirstValues},
};
use model::{
    FieldError, MemberId, OrganizationId, PersonId, Refusal, StoreId,
    access::{OrganizationRole, StoreRole},
    check::{self, Fault},
    settings::{Document, Information, Settings as _, Value},
    text::Lang,
    view::Theme,
};
use serde_json::json;

/// Passwords tried in 15 minutes with one link.
const TRIES: i64 = 10;

/// The e-mail address that a confirmation link is for. Changes nothing: mail scanners open links.
///
/// # Errors
/// [`Refusal::LinkUnknown`], [`Refusal::LinkUsed`], [`Refusal::LinkExpired`].
pub async fn pending(domain: &Domain, token: &str) -> Result<String> {
    Ok(find(domain, token).await?.email)
}

async fn find(domain: &Domain, token: &str) -> Result<RegistrationRow> {
    let hash = hash_token(token);
    let row = domain.db.read(async |conn| store::by_token(conn, &hash).await).await?;
    let row = row.ok_or(Refusal::LinkUnknown)?;
    if row.confirmed_at.is_some() {
        return Err(Refusal::LinkUsed.into());
    }
    if row.expires_at <= domain.now() {
        return Err(Refusal::LinkExpired.into());
    }
    Ok(row)
}

/// Makes the person, their organization and its first store, with the person as owner and
/// Administrator, and signs them in. All of it or nothing; a link works once.
///
/// The password is the one chosen at sign-up. Without it, whoever signs up with another's address
/// would have chosen the password of the account that its owner then confirms.
///
/// # Errors
/// As [`pending`]; [`Refusal::LinkUsed`] also where the address came to belong to somebody in
/// the meantime; [`Error::Invalid`] (`password`); [`Refusal::TooManyAttempts`].
pub async fn confirm(
    domain: &Domain,
    origin: &Origin,
    token: &str,
    password: &str,
) -> Result<(SignedIn, Token, StoreId)> {
    let row = find(domain, token).await?;
    is_chosen(domain, &row, password).await?;
    let (domain_, origin_) = (domain.clone(), origin.clone());
    domain
        .db
        .write(async move |conn: &mut Conn<'_>| {
            if !store::use_up(conn, &row.id, domain_.now()).await? {
                return Err(Refusal::LinkUsed.into());
            }
            let new = Founding::of(&domain_, &row);
            let person = new.found(&domain_, conn).await?;
            let opened = session::open(&domain_, conn, &origin_, person, Method::Password).await?;
            audit::record(&domain_, conn, &origin_, new.change(&row)).await?;
            Ok::<_, Error>((opened.0, opened.1, new.store.id))
        })
        .await
}

/// Checks that `password` is the one chosen at sign-up.
async fn is_chosen(domain: &Domain, row: &RegistrationRow, password: &str) -> Result<()> {
    let wrong = |fault| Err(Error::Invalid(vec![FieldError::new("password", fault)]));
    if password.is_empty() {
        return wrong(Fault::Required);
    }
    let (subject, now) = (Subject::email(domain, "confirm sign-up", &row.id), domain.now());
    let count = async move |conn: &mut Conn<'_>| {
        attempts::limit(conn, &subject, TRIES, now).await.map(|_| ())
    };
    domain.db.write(count).await?;
    let password: String = password.chars().take(check::PASSWORD_MAX + 1).collect();
    let hash = Some(row.password_hash.clone()).filter(|hash| !hash.is_empty());
    if domain.passwords.verify(password, hash).await? {
        Ok(())
    } else {
        wrong(Fault::PasswordWrong)
    }
}

/// What a confirmed sign-up brings into being.
struct Founding {
    person: NewPerson,
    store: NewStore,
    organization_name: String,
}

impl Founding {
    fn of(domain: &Domain, row: &RegistrationRow) -> Founding {
        let now = domain.now();
        let person = NewPerson {
            id: PersonId::from_u128(domain.id_bits()),
            email: row.email.clone(),
            first_name: row.first_name.clone(),
            last_name: row.last_name.clone(),
            phone: row.phone.clone(),
            password_hash: row.password_hash.clone(),
            language: Lang::from_code(&row.language).unwrap_or_default(),
            data_consent_at: Some(row.created_at),
            marketing_consent_at: row.marketing_consent.then_some(row.created_at),
            last_seen_at: None,
            created_at: now,
        };
        let store = NewStore {
            id: StoreId::from_u128(domain.id_bits()),
            organization: OrganizationId::from_u128(domain.id_bits()),
            name: row.store_name.clone(),
            created_at: now,
        };
        Founding { person, store, organization_name: row.organization_name.clone() }
    }

    async fn found(&self, domain: &Domain, conn: &mut Conn<'_>) -> Result<Person> {
        let (person, store, now) = (&self.person, &self.store, self.person.created_at);
        if !people::insert(conn, person).await? {
            return Err(Refusal::LinkUsed.into());
        }
        people::insert_organization(conn, &store.organization, &self.organization_name, now)
            .await?;
        people::insert_store(conn, store).await?;
        people::join_organization(
            conn,
            &store.organization,
            &person.id,
            OrganizationRole::Owner,
            None,
            now,
        )
        .await?;
        let member = MemberId::from_u128(domain.id_bits());
        let administrator = StoreRole::Administrator;
        people::join_store(conn, &member, &store.id, &person.id, &administrator.into(), now)
            .await?;
        let values = first_values(person, store);
        let organization = &store.organization;
        settings::create_store(domain, conn, organization, &store.id, &values, &person.id).await?;
        let (section, scope) = (Information::SECTION, store.organization.as_str());
        let document =
            Document::from([("name".to_owned(), Value::from(self.organization_name.as_str()))]);
        settings::create(domain, conn, scope, section, &document, &person.id).await?;
        Ok(Person {
            id: person.id.clone(),
            email: person.email.clone(),
            first_name: person.first_name.clone(),
            last_name: person.last_name.clone(),
            language: person.language,
            theme: Theme::System,
            time_zone: String::new(),
        })
    }

    fn change(&self, row: &RegistrationRow) -> Change<'_> {
        Change {
            chain: Some(&self.store.organization),
            store: Some(&self.store.id),
            actor: self.person.id.as_str(),
            action: "registration.confirm",
            subject: self.person.id.as_str(),
            old: json!({ "registration": row.id }),
            new: json!({
                "email": self.person.email,
                "organization": self.organization_name,
                "store": self.store.name,
            }),
        }
    }
}

/// What a new store's settings take from the sign-up; the rest has its default.
fn first_values<'a>(person: &'a NewPerson, store: &'a NewStore) -> FirstValues<'a> {
    FirstValues::from([
        ("name", store.name.as_str()),
        ("contact_email", &person.email),
        ("contact_phone", &person.phone),
        ("language", person.language.code()),
    ])
}
