use super::{
    TOKEN, VALID,
    store::{self, NewInvitation, PendingRow},
};
use crate::{
    Domain, Result,
    access::SignedIn,
    db::Conn,
    outbox::{self, Effect},
    people,
};
use model::{
    InvitationId, OrganizationId, Refusal, StoreId,
    access::{OrganizationRole, RoleRef},
    text::Lang,
};

/// Mails of invitations that an organization and its stores may send a day.
const A_DAY: i64 = 200;
const DAY: i64 = 24 * 60 * 60 * 1000;

/// What an invitation gives whoever accepts it.
#[derive(Clone, Debug)]
pub(crate) struct Offer {
    pub(crate) organization: OrganizationId,
    pub(crate) email: String,
    pub(crate) role: OrganizationRole,
    pub(crate) ends_at: Option<i64>,
    pub(crate) stores: Vec<(StoreId, RoleRef)>,
}

impl Offer {
    /// The store that invites, where it is one store: its mail is in its language and its colours.
    pub(crate) fn of_store(&self) -> Option<&StoreId> {
        match self.stores.as_slice() {
            [(store, _)] if !self.role.manages() => Some(store),
            _ => None,
        }
    }
}

/// Refuses one mail more than the organization may send: nobody's inbox is flooded from here.
async fn admit(conn: &mut Conn<'_>, organization: &OrganizationId, now: i64) -> Result<()> {
    match store::sent_since(conn, organization, now - DAY).await? {
        ..A_DAY => Ok(()),
        _ => Err(Refusal::InvitationLimit.into()),
    }
}

/// Stores an invitation and its mail, in the transaction of the change that asks for it.
///
/// # Errors
/// [`Refusal::InvitationLimit`].
pub(crate) async fn send(
    domain: &Domain,
    conn: &mut Conn<'_>,
    by: &SignedIn,
    offer: &Offer,
    language: Lang,
) -> Result<InvitationId> {
    let (id, now) = (InvitationId::from_u128(domain.id_bits()), domain.now());
    admit(conn, &offer.organization, now).await?;
    let effect = Effect::InvitationMail { invitation: id.clone(), lang: language };
    let outbox = outbox::enqueue(domain, conn, &effect).await?;
    let new = NewInvitation {
        id: &id,
        organization: &offer.organization,
        email: &offer.email,
        role: offer.role,
        membership_ends_at: offer.ends_at,
        stores: &offer.stores,
        language,
        invited_by: &by.person.id,
        token_hash: &domain.keys.token(TOKEN, id.as_str()).hash(),
        outbox: Some(&outbox),
        created_at: now,
        expires_at: now + VALID,
    };
    store::insert(conn, &new).await?;
    Ok(id)
}

/// Sends the mail of a pending invitation again; the link in it works for the full time anew.
///
/// # Errors
/// [`Refusal::InvitationLimit`].
pub(crate) async fn send_again(
    domain: &Domain,
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    pending: &PendingRow,
) -> Result<InvitationId> {
    let id: InvitationId = people::id(pending.id.clone())?;
    let lang = Lang::from_code(&pending.language).unwrap_or_default();
    admit(conn, organization, domain.now()).await?;
    let effect = Effect::InvitationMail { invitation: id.clone(), lang };
    let outbox = outbox::enqueue(domain, conn, &effect).await?;
    store::sent_again(conn, organization, &id, &outbox, domain.now() + VALID).await?;
    Ok(id)
}
