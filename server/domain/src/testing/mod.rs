//! People and stores for tests, made without the detours of sign-up and invitation.
//!
//! Their passwords are known to nobody, so that no test waits for a hash it does not need;
//! [`with_password`] gives one.
#![expect(clippy::expect_used, reason = "a test that cannot set its scene must stop")]
mod account;
mod authenticator;
mod probe;
mod proof;
pub mod samples;
#[cfg(test)]
mod sendable;
pub mod specimen;

pub use account::{
    TOTP_SECRET, app_code, app_code_at, app_code_of, confirm_again, email_change_token, passkey,
    reset_token, two_factor,
};
pub use authenticator::Authenticator;
pub use probe::{audited, count, count_in, enqueued, execute, faults, refusal, texts_in};
pub use proof::{Dice, Proof};

use crate::{
    Domain,
    access::{Method, Need, Person, SignedIn, StoreAccess, store},
    context::Origin,
    crypto::Token,
    db::Conn,
    invitation,
    people::{self, NewPerson, NewStore},
    registration, session, settings,
};
use model::{
    InvitationId, MemberId, OrganizationId, PersonId, RegistrationId, StoreId,
    access::{OrganizationRole, RoleRef, StoreRole},
    settings::{Document, Information, Settings as _, Value},
    text::Lang,
    view::Theme,
};

/// A hash in the right form that no password has.
const NO_PASSWORD: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c3RvcmUtbWFuYWdlcg$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// A company with one store.
#[derive(Clone, Debug)]
pub struct Company {
    /// The organization.
    pub organization: OrganizationId,
    /// Its store.
    pub store: StoreId,
    /// The organization's owner, who is the store's one Administrator.
    pub owner: SignedIn,
    /// The owner's membership in the store.
    pub member: MemberId,
}

/// Where requests of tests come from.
pub fn origin() -> Origin {
    Origin {
        address: "192.0.2.1".to_owned(),
        request_id: "test".to_owned(),
        user_agent: "tests".to_owned(),
        lang: Lang::En,
    }
}

/// A signed-in person with this e-mail address. `ana.garcia@x.example` is called Ana Garcia.
pub async fn person(domain: &Domain, email: &str) -> SignedIn {
    insert(domain, email, NO_PASSWORD.to_owned()).await.0
}

/// As [`person`], with the token of their session: what a cookie holds.
pub async fn person_and_token(domain: &Domain, email: &str) -> (SignedIn, Token) {
    insert(domain, email, NO_PASSWORD.to_owned()).await
}

/// As [`person`], with a password to sign in with.
pub async fn with_password(domain: &Domain, email: &str, password: &str) -> SignedIn {
    let hash = domain.passwords.hash(password.to_owned(), domain.random_bytes()).await;
    insert(domain, email, hash.expect("a hash")).await.0
}

/// The token of one more session of somebody.
pub async fn another_session(domain: &Domain, somebody: &SignedIn) -> Token {
    let (domain_, person) = (domain.clone(), somebody.person.clone());
    let write = async move |conn: &mut Conn<'_>| {
        session::open(&domain_, conn, &origin(), person, Method::Password).await
    };
    domain.db.write(write).await.expect("a session").1
}

async fn insert(domain: &Domain, email: &str, password_hash: String) -> (SignedIn, Token) {
    let local = email.split('@').next().unwrap_or_default();
    let mut names = local.split('.').map(capital);
    let new = NewPerson {
        id: PersonId::from_u128(domain.id_bits()),
        email: email.to_owned(),
        first_name: names.next().unwrap_or_default(),
        last_name: names.next().unwrap_or_default(),
        phone: String::new(),
        password_hash,
        language: Lang::En,
        data_consent_at: None,
        marketing_consent_at: None,
        last_seen_at: None,
        created_at: domain.now(),
    };
    let domain_ = domain.clone();
    let write = async move |conn: &mut Conn<'_>| {
        assert!(people::insert(conn, &new).await?, "{} exists already", new.email);
        let person = Person {
            id: new.id,
            email: new.email,
            first_name: new.first_name,
            last_name: new.last_name,
            language: Lang::En,
            theme: Theme::System,
            time_zone: String::new(),
        };
        session::open(&domain_, conn, &origin(), person, Method::Password).await
    };
    domain.db.write(write).await.expect("a person")
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}

/// A company called `name` with a store of the same name and an owner who is signed in.
pub async fn company(domain: &Domain, name: &str) -> Company {
    let slug = people::fold(name).replace(' ', "-");
    let owner = person(domain, &format!("owner.{slug}@{slug}.example")).await;
    let organization = OrganizationId::from_u128(domain.id_bits());
    let (domain_, id, name_, now) =
        (domain.clone(), organization.clone(), name.to_owned(), domain.now());
    let owner_id = owner.person.id.clone();
    let write = async move |conn: &mut Conn<'_>| {
        people::insert_organization(conn, &id, &name_, now).await?;
        people::join_organization(conn, &id, &owner_id, OrganizationRole::Owner, None, now).await?;
        let (section, scope) = (Information::SECTION, id.as_str());
        let document = Document::from([("name".to_owned(), Value::from(name_.as_str()))]);
        settings::create(&domain_, conn, scope, section, &document, &owner_id).await?;
        add_store(&domain_, conn, &id, &name_, &owner_id).await
    };
    let (store, member) = domain.db.write(write).await.expect("a company");
    Company { organization, store, owner, member }
}

/// Another store of a company, with its owner as Administrator.
pub async fn another_store(domain: &Domain, company: &Company, name: &str) -> StoreId {
    let (domain_, company, name) = (domain.clone(), company.clone(), name.to_owned());
    let write = async move |conn: &mut Conn<'_>| {
        let owner = &company.owner.person.id;
        Ok::<_, crate::Error>(
            add_store(&domain_, conn, &company.organization, &name, owner).await?.0,
        )
    };
    domain.db.write(write).await.expect("a store")
}

async fn add_store(
    domain: &Domain,
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    name: &str,
    owner: &PersonId,
) -> crate::Result<(StoreId, MemberId)> {
    let now = domain.now();
    let id = StoreId::from_u128(domain.id_bits());
    let member = MemberId::from_u128(domain.id_bits());
    let new = NewStore {
        id: id.clone(),
        organization: organization.clone(),
        name: name.to_owned(),
        created_at: now,
    };
    people::insert_store(conn, &new).await?;
    people::join_store(conn, &member, &id, owner, &StoreRole::Administrator.into(), now).await?;
    let values = settings::FirstValues::from([("name", name)]);
    settings::create_store(domain, conn, organization, &id, &values, owner).await?;
    Ok((id, member))
}

/// Makes somebody a member of a company's store and of its organization.
pub async fn join(
    domain: &Domain,
    company: &Company,
    somebody: &SignedIn,
    role: impl Into<RoleRef>,
) -> MemberId {
    let role = role.into();
    let (company, person, now) = (company.clone(), somebody.person.id.clone(), domain.now());
    let member = MemberId::from_u128(domain.id_bits());
    let id = member.clone();
    let write = async move |conn: &mut Conn<'_>| {
        let organization = &company.organization;
        people::join_organization(conn, organization, &person, OrganizationRole::Member, None, now)
            .await?;
        assert!(people::join_store(conn, &id, &company.store, &person, &role, now).await?);
        Ok::<_, crate::Error>(())
    };
    domain.db.write(write).await.expect("a member");
    member
}

/// A new person who is a member of a company's store.
pub async fn colleague(
    domain: &Domain,
    company: &Company,
    email: &str,
    role: impl Into<RoleRef>,
) -> (SignedIn, MemberId) {
    let somebody = person(domain, email).await;
    let member = join(domain, company, &somebody, role).await;
    (somebody, member)
}

/// Access to a store for somebody who must have it.
pub async fn access<P: Need>(domain: &Domain, somebody: &SignedIn, id: &StoreId) -> StoreAccess<P> {
    store(domain, somebody, id).await.expect("access to the store")
}

/// The token in the mail of an invitation.
pub fn invitation_token(domain: &Domain, id: &InvitationId) -> Token {
    domain.keys.token(invitation::TOKEN, id.as_str())
}

/// The token in the mail of a sign-up.
pub fn registration_token(domain: &Domain, id: &RegistrationId) -> Token {
    domain.keys.token(registration::TOKEN, id.as_str())
}
