use super::{
    act::{lock, record},
    address_list::addresses,
    load::{About, load},
    rules::{Action, Actor, Grant, decide},
    store,
};
use crate::{
    Domain, Error, Result,
    access::{ManageOrganizationMembers, OrganizationAccess},
    db::Conn,
    invitation::{self, Offer, how},
    localization, people, security,
};
use model::{
    FieldError, InvitationId, Refusal, StoreId,
    access::{OrganizationPermission, OrganizationRole, RoleRef},
    check::{self, Fault},
    text::Lang,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

type Manage = OrganizationAccess<ManageOrganizationMembers>;
const NEEDS: OrganizationPermission = OrganizationPermission::ManageOrganizationMembers;
/// Addresses in a list at most, whatever comes of them.
const AT_ONCE: usize = 2_000;

/// What is given to all who are invited at once.
#[derive(Clone, Debug)]
pub struct Inviting {
    /// Their role in the organization.
    pub role: String,
    /// Every store of the organization, also those not named.
    pub all_stores: bool,
    /// Stores.
    pub stores: Vec<String>,
    /// The role in each of them.
    pub store_role: String,
    /// When the membership is to end.
    pub ends_at: Option<i64>,
}

/// What came of inviting one address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Invited {
    /// A mail is on its way.
    Sent,
    /// They belong to the organization already.
    Member,
    /// They have an invitation that still works.
    Pending,
    /// That is no e-mail address.
    Invalid,
    /// The organization does not invite people of that domain.
    Domain,
}

/// One address of a list, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// As it was typed.
    pub typed: String,
    /// What came of it.
    pub result: Invited,
}

/// Invites everybody in a list of addresses (one a line, or with commas between them) to the
/// organization and its stores. Each line says what came of it; each invitation has an entry.
///
/// # Errors
/// [`Error::Invalid`] (`emails`, `role`, `stores`, `store_role`, `ends`);
/// [`Refusal::InvitationLimit`], and nobody is invited; [`Refusal::NotYoursToGive`].
pub async fn invite(
    domain: &Domain,
    access: &Manage,
    typed: &str,
    form: &Inviting,
) -> Result<Vec<Line>> {
    let addresses = addresses(typed);
    if addresses.len() > AT_ONCE {
        return Err(Refusal::InvitationLimit.into());
    }
    let grant = grant(domain, form, addresses.is_empty())?;
    let everywhere = RoleRef::from_code(&form.store_role).filter(|_| form.all_stores);
    let (domain_, access) = (domain.clone(), access.clone());
    domain
        .db
        .write(async move |conn: &mut Conn<'_>| {
            lock(&domain_, conn, &access, NEEDS).await?;
            let mut run = Run { domain: &domain_, access: &access, grant };
            run.admissible(conn, everywhere).await?;
            let mut lines = Vec::new();
            for typed in addresses {
                let result = run.one(conn, &typed).await?;
                lines.push(Line { typed, result });
            }
            Ok(lines)
        })
        .await
}

fn grant(domain: &Domain, form: &Inviting, nobody: bool) -> Result<Grant> {
    let mut errors = Vec::new();
    let mut wrong = |field: &str, fault| errors.push(FieldError::new(field, fault));
    if nobody {
        wrong("emails", Fault::Required);
    }
    let role = OrganizationRole::from_code(&form.role);
    if role.is_none_or(|role| role == OrganizationRole::Owner) {
        wrong("role", Fault::Choice);
    }
    let stores: Option<Vec<StoreId>> = form.stores.iter().map(|id| id.parse().ok()).collect();
    if stores.is_none() {
        wrong("stores", Fault::Choice);
    }
    let in_store = RoleRef::from_code(&form.store_role);
    let needed = form.all_stores || !form.stores.is_empty();
    if in_store.is_none() && needed {
        wrong("store_role", Fault::Choice);
    }
    if form.ends_at.is_some_and(|end| end <= domain.now()) {
        wrong("ends", Fault::Past);
    }
    match (role, stores) {
        (Some(role), Some(stores)) if errors.is_empty() => Ok(Grant {
            role,
            ends_at: form.ends_at,
            stores: in_store
                .map(|role| stores.into_iter().map(|store| (store, role.clone())).collect())
                .unwrap_or_default(),
        }),
        _ => Err(Error::Invalid(errors)),
    }
}

struct Run<'a> {
    domain: &'a Domain,
    access: &'a Manage,
    grant: Grant,
}

impl Run<'_> {
    /// Whether the actor may give all this; `everywhere` is a role in every open store.
    async fn admissible(&mut self, conn: &mut Conn<'_>, everywhere: Option<RoleRef>) -> Result<()> {
        let actor = self.access.person();
        let about = About::default();
        let state = load(conn, self.access.organization(), actor.as_str(), &about).await?;
        if let Some(role) = everywhere {
            let open = state.stores.iter().filter(|(_, store)| !store.archived);
            self.grant.stores = open.map(|(id, _)| (id.clone(), role.clone())).collect();
        }
        let action = Action::Invite(self.grant.clone());
        decide(&state, &Actor::Person(actor.clone()), &action, self.domain.now())?;
        Ok(())
    }

    async fn one(&self, conn: &mut Conn<'_>, typed: &str) -> Result<Invited> {
        let email = check::normalize_email(typed);
        if check::required(&email, 254).and_then(|()| check::email(&email)).is_err() {
            return Ok(Invited::Invalid);
        }
        let (organization, now) = (self.access.organization(), self.domain.now());
        let known = store::addressee(conn, organization, &email, now).await?;
        if known.as_ref().is_some_and(|known| known.member) {
            return Ok(Invited::Member);
        }
        let mut old = Value::Null;
        let pending = invitation::store::pending_of(conn, organization, &email).await?;
        if pending.as_ref().is_some_and(|pending| pending.expires_at > now) {
            return Ok(Invited::Pending);
        }
        match security::check_invited(conn, organization, &email).await {
            Err(Error::Invalid(_)) => return Ok(Invited::Domain),
            other => other?,
        }
        if let Some(pending) = pending {
            let id: InvitationId = people::id(pending.id)?;
            invitation::store::end(conn, organization, &id, how::REPLACED, now).await?;
            old = json!({ "replaced": id.as_str() });
        }
        let offer = Offer {
            organization: organization.clone(),
            email: email.clone(),
            role: self.grant.role,
            ends_at: self.grant.ends_at,
            stores: self.grant.stores.clone(),
        };
        let by = self.access.signed_in();
        let language = known.and_then(|known| Lang::from_code(&known.language));
        let language = match (language, offer.of_store()) {
            (Some(language), _) => language,
            (None, Some(store)) => localization::language(conn, store).await?,
            (None, None) => by.person.language,
        };
        invitation::send(self.domain, conn, by, &offer, language).await?;
        let stores: BTreeMap<&str, &str> =
            offer.stores.iter().map(|(store, role)| (store.as_str(), role.code())).collect();
        let new = json!({
            "email": email,
            "role": offer.role.code(),
            "ends_at": offer.ends_at,
            "stores": stores,
        });
        self.record(conn, "organization.member.invite", (old, new)).await?;
        Ok(Invited::Sent)
    }

    async fn record(
        &self,
        conn: &mut Conn<'_>,
        action: &'static str,
        values: (Value, Value),
    ) -> Result<()> {
        let (access, about) = (self.access, About::default());
        let name = (access.person().as_str(), action);
        let origin = &access.signed_in().origin;
        record(self.domain, conn, origin, access.organization(), name, &about, values).await
    }
}

/// Sends the mail of a pending invitation again, also of one that has expired; its link then works
/// for the full time anew.
///
/// # Errors
/// [`Refusal::Gone`], [`Refusal::InvitationOutdated`], [`Refusal::InvitationLimit`].
pub async fn resend(domain: &Domain, access: &Manage, id: &InvitationId) -> Result<()> {
    end_or_send(domain, access, id, true).await
}

/// Cancels a pending invitation: its link stops working at once.
///
/// # Errors
/// [`Refusal::Gone`].
pub async fn cancel(domain: &Domain, access: &Manage, id: &InvitationId) -> Result<()> {
    end_or_send(domain, access, id, false).await
}

async fn end_or_send(
    domain: &Domain,
    access: &Manage,
    id: &InvitationId,
    again: bool,
) -> Result<()> {
    let (domain_, access, id) = (domain.clone(), access.clone(), id.clone());
    let write = async move |conn: &mut Conn<'_>| {
        lock(&domain_, conn, &access, NEEDS).await?;
        let (organization, now) = (access.organization(), domain_.now());
        let pending = invitation::store::pending(conn, organization, &id).await?;
        let pending = pending.ok_or(Refusal::Gone)?;
        let action = if again {
            let over = pending.membership_ends_at.is_some_and(|end| end <= now);
            if over || !security::invites(conn, organization, &pending.email).await? {
                return Err(Refusal::InvitationOutdated.into());
            }
            invitation::send_again(&domain_, conn, organization, &pending).await?;
            "organization.invitation.resend"
        } else {
            invitation::store::end(conn, organization, &id, how::CANCELLED, now).await?;
            "organization.invitation.cancel"
        };
        let value = json!({ "invitation": id.as_str(), "email": pending.email });
        let values = if again { (Value::Null, value) } else { (value, Value::Null) };
        let (name, about) = ((access.person().as_str(), action), About::default());
        let origin = &access.signed_in().origin;
        record(&domain_, conn, origin, organization, name, &about, values).await
    };
    domain.db.write(write).await
}
