use super::{
    service,
    store::{self, Ended, InvitationRow},
};
use crate::{
    Domain, Error, Result,
    access::{Method, Person, SignedIn},
    audit::{self, Change},
    context::Origin,
    crypto::{Token, hash_token},
    db::Conn,
    organization::{self, Grant},
    people::{self, NewPerson},
    session,
};
use model::{
    FieldError, InvitationId, OrganizationId, PersonId, Refusal, StoreId, access::RoleRef, check,
    text::Lang, view::Theme,
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, fmt};

/// What a new person enters to accept; nothing of it matters for a known one.
#[derive(Clone, Default)]
pub struct Acceptance {
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Password.
    pub password: String,
}

impl fmt::Debug for Acceptance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Acceptance(..)")
    }
}

/// How somebody joined.
#[derive(Debug)]
pub enum Accepted {
    /// A new person, who now has a session.
    SignedIn(Box<SignedIn>, Token, Place),
    /// The person whom the session belongs to.
    JoinedAs(Place),
    /// A known person without a session here: the link proves the mailbox, not the password.
    PleaseSignIn(Place),
}

/// Where somebody joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The organization.
    pub organization: OrganizationId,
    /// Its stores, by name.
    pub stores: Vec<StoreId>,
}

/// Accepts an invitation: the person becomes a member of the organization and of all stores that
/// it names, in one transaction (C-23, C-24). A link works once, also when used many times at once.
/// Who belongs to the organization already keeps their standing there, and the roles they have.
///
/// # Errors
/// As [`view`](super::view); [`Refusal::OtherPerson`] when somebody else is signed in;
/// [`Error::Invalid`] (`first_name`, `last_name`, `password`) for a new person.
pub async fn accept(
    domain: &Domain,
    origin: &Origin,
    signed_in: Option<&SignedIn>,
    token: &str,
    form: Acceptance,
) -> Result<Accepted> {
    let row = service::find(domain, token).await?;
    if signed_in.is_some_and(|signed_in| signed_in.person.email != row.email) {
        return Err(Refusal::OtherPerson.into());
    }
    let new = match row.person_id {
        Some(_) => None,
        None => Some(new_person(domain, &row, form).await?),
    };
    let joining = Joining {
        organization: people::id(row.organization_id)?,
        invitation: people::id(row.id)?,
        email: row.email,
        token_hash: hash_token(token),
        signed_in: signed_in.is_some(),
        new,
    };
    let (domain_, origin_) = (domain.clone(), origin.clone());
    let write = async move |conn: &mut Conn<'_>| joining.run(&domain_, conn, &origin_).await;
    domain.db.write(write).await
}

async fn new_person(domain: &Domain, row: &InvitationRow, form: Acceptance) -> Result<NewPerson> {
    let first_name = form.first_name.trim().to_owned();
    let last_name = form.last_name.trim().to_owned();
    let errors: Vec<FieldError> = [
        ("first_name", check::required(&first_name, 80)),
        ("last_name", check::required(&last_name, 80)),
        ("password", check::password(&form.password, &row.email)),
    ]
    .into_iter()
    .filter_map(|(field, result)| Some(FieldError::new(field, result.err()?)))
    .collect();
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    Ok(NewPerson {
        id: PersonId::from_u128(domain.id_bits()),
        email: row.email.clone(),
        first_name,
        last_name,
        phone: String::new(),
        password_hash: domain.passwords.hash(form.password, domain.random_bytes()).await?,
        language: Lang::from_code(&row.language).unwrap_or_default(),
        data_consent_at: None,
        marketing_consent_at: None,
        last_seen_at: None,
        created_at: domain.now(),
    })
}

/// Everything the transaction needs.
struct Joining {
    organization: OrganizationId,
    invitation: InvitationId,
    email: String,
    token_hash: String,
    signed_in: bool,
    /// Only where the address belonged to nobody when the link was opened.
    new: Option<NewPerson>,
}

impl Joining {
    async fn run(self, domain: &Domain, conn: &mut Conn<'_>, origin: &Origin) -> Result<Accepted> {
        let now = domain.now();
        people::lock_organization(conn, &self.organization).await?;
        let Some(ended) = store::use_up(conn, &self.organization, &self.invitation, now).await?
        else {
            // Somebody was quicker: say what they did with it.
            service::live(conn, &self.token_hash, now).await?;
            return Err(Refusal::Gone.into());
        };
        let created = match &self.new {
            Some(new) => people::insert(conn, new).await?,
            None => false,
        };
        // Also when another link made the person a moment ago, with the password given there.
        let row = people::by_email(conn, &self.email).await?.ok_or(Refusal::Gone)?;
        let person: PersonId = people::id(row.id)?;
        let stores = self.join(domain, conn, &person, &ended).await?;
        let change = self.change(&person, &ended, &stores, created);
        let place = Place {
            organization: self.organization.clone(),
            stores: stores.iter().map(|(store, _)| store.clone()).collect(),
        };
        let accepted = match self.new.as_ref().filter(|_| created) {
            Some(new) => {
                let opened =
                    session::open(domain, conn, origin, known(new), Method::Invitation).await?;
                Accepted::SignedIn(Box::new(opened.0), opened.1, place)
            }
            None if self.signed_in => Accepted::JoinedAs(place),
            None => Accepted::PleaseSignIn(place),
        };
        audit::record(domain, conn, origin, change).await?;
        Ok(accepted)
    }

    async fn join(
        &self,
        domain: &Domain,
        conn: &mut Conn<'_>,
        person: &PersonId,
        ended: &Ended,
    ) -> Result<Vec<(StoreId, RoleRef)>> {
        let rows = store::stores(conn, self.invitation.as_str()).await?.into_iter();
        let stores = rows.map(|row| Ok((people::id(row.store_id)?, people::role(&row.role)?)));
        let stores = stores.collect::<Result<Vec<_>>>()?;
        let grant = Grant {
            role: people::organization_role(&ended.role)?,
            ends_at: ended.membership_ends_at,
            stores: stores.clone(),
        };
        organization::accept(domain, conn, &self.organization, person, grant).await?;
        Ok(stores)
    }

    fn change<'a>(
        &'a self,
        person: &'a PersonId,
        ended: &Ended,
        stores: &'a [(StoreId, RoleRef)],
        created: bool,
    ) -> Change<'a> {
        let roles: BTreeMap<&str, &str> =
            stores.iter().map(|(store, role)| (store.as_str(), role.code())).collect();
        Change {
            chain: Some(&self.organization),
            store: stores.first().filter(|_| stores.len() == 1).map(|(store, _)| store),
            actor: person.as_str(),
            action: "invitation.accept",
            subject: self.invitation.as_str(),
            old: Value::Null,
            new: json!({
                "person": person.as_str(),
                "role": ended.role,
                "stores": roles,
                "new_person": created,
            }),
        }
    }
}

fn known(new: &NewPerson) -> Person {
    Person {
        id: new.id.clone(),
        email: new.email.clone(),
        first_name: new.first_name.clone(),
        last_name: new.last_name.clone(),
        language: new.language,
        theme: Theme::System,
        time_zone: String::new(),
    }
}
