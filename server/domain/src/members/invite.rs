use super::{
    lock,
    store::{self, NewInvitation},
};
use crate::{
    Domain, Error, Result,
    access::{ManageMembers, StoreAccess},
    audit::{self, Change},
    db::Conn,
    invitation::{self, how},
    outbox::{self, Effect},
    people,
};
use model::{
    FieldError, InvitationId, Refusal,
    access::StoreRole,
    check::{self, Fault},
    text::Lang,
};
use serde_json::{Value, json};

/// Invites whoever has this e-mail address to the store with a role, by a mail in their language
/// (C-22 to C-24). An invitation that has expired is replaced.
///
/// # Errors
/// [`Error::Invalid`] (`email`, `role`); [`Refusal::AlreadyMember`];
/// [`Refusal::AlreadyInvited`]; [`Error::NotFound`] and [`Error::Forbidden`] where the actor has
/// lost access in the meantime.
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

fn checked(email: &str, role: &str) -> Result<StoreRole> {
    let mut errors = Vec::new();
    if let Err(fault) = check::required(email, 254).and_then(|()| check::email(email)) {
        errors.push(FieldError::new("email", fault));
    }
    let role = StoreRole::from_code(role);
    if role.is_none() {
        errors.push(FieldError::new("role", Fault::Choice));
    }
    role.filter(|_| errors.is_empty()).ok_or(Error::Invalid(errors))
}

struct Inviting {
    access: StoreAccess<ManageMembers>,
    email: String,
    role: StoreRole,
}

impl Inviting {
    async fn run(&self, domain: &Domain, conn: &mut Conn<'_>) -> Result<InvitationId> {
        lock(conn, &self.access).await?;
        let language = self.admissible(conn).await?;
        let replaced = self.end_expired(domain, conn).await?;
        let id = self.store(domain, conn, language).await?;
        let change = Change {
            chain: Some(self.access.organization()),
            store: Some(self.access.store()),
            actor: self.access.person().as_str(),
            action: "member.invite",
            subject: id.as_str(),
            old: replaced.map_or(Value::Null, |old| json!({ "replaced": old.as_str() })),
            new: json!({ "email": self.email, "role": self.role.code() }),
        };
        audit::record(domain, conn, &self.access.signed_in().origin, change).await?;
        Ok(id)
    }

    /// The addressee's language: their own if they are known, else that of who invites them.
    async fn admissible(&self, conn: &mut Conn<'_>) -> Result<Lang> {
        let known = store::addressee(conn, self.access.store(), &self.email).await?;
        let (language, member) = known.unwrap_or_default();
        if member {
            return Err(Refusal::AlreadyMember.into());
        }
        Ok(language.unwrap_or(self.access.signed_in().person.language))
    }

    async fn end_expired(
        &self,
        domain: &Domain,
        conn: &mut Conn<'_>,
    ) -> Result<Option<InvitationId>> {
        let (store, now) = (self.access.store(), domain.now());
        let Some(pending) = store::pending(conn, store, &self.email).await? else {
            return Ok(None);
        };
        if pending.expires_at > now {
            return Err(Refusal::AlreadyInvited.into());
        }
        let id: InvitationId = people::id(pending.id)?;
        store::end_invitation(conn, store, &id, how::REPLACED, now).await?;
        Ok(Some(id))
    }

    async fn store(
        &self,
        domain: &Domain,
        conn: &mut Conn<'_>,
        language: Lang,
    ) -> Result<InvitationId> {
        let (id, now) = (InvitationId::from_u128(domain.id_bits()), domain.now());
        let effect = Effect::InvitationMail { invitation: id.clone(), lang: language };
        let outbox = outbox::enqueue(domain, conn, &effect).await?;
        let new = NewInvitation {
            id: &id,
            store: self.access.store(),
            email: &self.email,
            role: self.role,
            language,
            invited_by: self.access.person(),
            token_hash: &domain.keys.token(invitation::TOKEN, id.as_str()).hash(),
            outbox: Some(&outbox),
            created_at: now,
            expires_at: now + invitation::VALID,
        };
        store::insert_invitation(conn, &new).await?;
        Ok(id)
    }
}
