use super::{lock, store};
use crate::{
    Domain, Error, Result,
    access::{ManageMembers, StoreAccess},
    audit::{self, Change},
    db::Conn,
    invitation::{self, Offer, how},
    localization, people, roles, security,
};
use model::{
    FieldError, InvitationId, Refusal,
    access::{OrganizationRole, RoleRef},
    check::{self, Fault},
    text::Lang,
};
use serde_json::{Value, json};

/// Invites whoever has this e-mail address to the store with a role, by a mail in their language
/// (C-22 to C-24). An invitation that has expired is replaced; one to other stores of the
/// organization is extended to this one.
///
/// # Errors
/// [`Error::Invalid`] (`email`, `role`); [`Refusal::AlreadyMember`];
/// [`Refusal::AlreadyInvited`]; [`Refusal::NotYoursToGive`]; [`Refusal::InvitationLimit`];
/// [`Error::NotFound`] and
/// [`Error::Forbidden`] where the actor has lost access in the meantime.
pub async fn invite(
    domain: &Domain,
    access: &StoreAccess<ManageMembers>,
    email: &str,
    role: &str,
) -> Result<InvitationId> {
    let email = check::normalize_email(email);
    let role = checked(&email, role)?;
    let inviting = Inviting { access: access.clone(), email, role };
    let domain_ = domain.clone();
    domain.db.write(async move |conn: &mut Conn<'_>| inviting.run(&domain_, conn).await).await
}

fn checked(email: &str, role: &str) -> Result<RoleRef> {
    let mut errors = Vec::new();
    if let Err(fault) = check::required(email, 254).and_then(|()| check::email(email)) {
        errors.push(FieldError::new("email", fault));
    }
    let role = RoleRef::from_code(role);
    if role.is_none() {
        errors.push(FieldError::new("role", Fault::Choice));
    }
    role.filter(|_| errors.is_empty()).ok_or(Error::Invalid(errors))
}

struct Inviting {
    access: StoreAccess<ManageMembers>,
    email: String,
    role: RoleRef,
}

/// The invitation that there was before.
enum Before {
    None,
    Replaced(InvitationId),
    Extended(InvitationId),
}

impl Inviting {
    async fn run(&self, domain: &Domain, conn: &mut Conn<'_>) -> Result<InvitationId> {
        lock(domain, conn, &self.access).await?;
        roles::must_be_given(conn, &self.access, &self.role).await?;
        security::check_invited(conn, self.access.organization(), &self.email).await?;
        let language = self.admissible(domain, conn).await?;
        let before = self.pending(domain, conn).await?;
        let (id, old) = match before {
            Before::Extended(id) => {
                let old = json!({ "extended": id.as_str() });
                (id, old)
            }
            Before::Replaced(old) => {
                let id = self.send(domain, conn, language).await?;
                (id, json!({ "replaced": old.as_str() }))
            }
            Before::None => (self.send(domain, conn, language).await?, Value::Null),
        };
        let change = Change {
            chain: Some(self.access.organization()),
            store: Some(self.access.store()),
            actor: self.access.person().as_str(),
            action: "member.invite",
            subject: id.as_str(),
            old,
            new: json!({ "email": self.email, "role": self.role.code() }),
        };
        audit::record(domain, conn, &self.access.signed_in().origin, change).await?;
        Ok(id)
    }

    /// The addressee's language: their own if they are known, else the store's.
    async fn admissible(&self, domain: &Domain, conn: &mut Conn<'_>) -> Result<Lang> {
        let (store, now) = (self.access.store(), domain.now());
        let known = store::addressee(conn, store, &self.email, now).await?;
        let (language, member) = known.unwrap_or_default();
        if member {
            return Err(Refusal::AlreadyMember.into());
        }
        match language {
            Some(language) => Ok(language),
            None => Ok(localization::language(conn, store).await?),
        }
    }

    async fn pending(&self, domain: &Domain, conn: &mut Conn<'_>) -> Result<Before> {
        let (organization, now) = (self.access.organization(), domain.now());
        let pending = invitation::store::pending_of(conn, organization, &self.email).await?;
        let Some(pending) = pending else { return Ok(Before::None) };
        let id: InvitationId = people::id(pending.id.clone())?;
        if pending.expires_at <= now {
            invitation::store::end(conn, organization, &id, how::REPLACED, now).await?;
            return Ok(Before::Replaced(id));
        }
        if store::invitation(conn, self.access.store(), &id).await?.is_some() {
            return Err(Refusal::AlreadyInvited.into());
        }
        invitation::store::put_store(conn, &id, self.access.store(), &self.role).await?;
        invitation::send_again(domain, conn, organization, &pending).await?;
        Ok(Before::Extended(id))
    }

    async fn send(
        &self,
        domain: &Domain,
        conn: &mut Conn<'_>,
        language: Lang,
    ) -> Result<InvitationId> {
        let offer = Offer {
            organization: self.access.organization().clone(),
            email: self.email.clone(),
            role: OrganizationRole::Member,
            ends_at: None,
            stores: vec![(self.access.store().clone(), self.role.clone())],
        };
        invitation::send(domain, conn, self.access.signed_in(), &offer, language).await
    }
}
