use super::{lock, store};
use crate::{
    Domain, Error, Result,
    access::{ManageMembers, StoreAccess},
    audit::{self, Change},
    db::Conn,
    invitation::{self, how},
    organization, people, roles,
};
use model::{FieldError, InvitationId, MemberId, Notice, Refusal, access::RoleRef, check::Fault};
use serde_json::{Value, json};

/// What a row of the list stands for.
#[derive(Clone)]
enum Entry {
    Member(MemberId),
    Invitation(InvitationId),
}

impl Entry {
    fn parse(id: &str) -> Result<Entry> {
        let member = id.parse().map(Entry::Member);
        let entry = member.or_else(|_| id.parse().map(Entry::Invitation));
        entry.map_err(|_| Refusal::Gone.into())
    }

    fn id(&self) -> &str {
        match self {
            Entry::Member(id) => id.as_str(),
            Entry::Invitation(id) => id.as_str(),
        }
    }
}

/// Gives a member, or who is invited, another role in the store (C-18). The role they have
/// already is no change.
///
/// # Errors
/// [`Error::Invalid`] (`role`); [`Refusal::Gone`] where the store has no such member or pending
/// invitation; [`Refusal::LastAdministrator`]; [`Refusal::NotYoursToGive`]; [`Error::NotFound`] and [`Error::Forbidden`] where
/// the actor has lost access in the meantime.
pub async fn change_role(
    domain: &Domain,
    access: &StoreAccess<ManageMembers>,
    id: &str,
    role: &str,
) -> Result<()> {
    let Some(role) = RoleRef::from_code(role) else {
        return Err(Error::Invalid(vec![FieldError::new("role", Fault::Choice)]));
    };
    let entry = Entry::parse(id)?;
    let (domain_, access) = (domain.clone(), access.clone());
    domain
        .db
        .write(async move |conn: &mut Conn<'_>| {
            lock(&domain_, conn, &access).await?;
            let found = find(conn, &access, &entry).await?;
            if found.role == role {
                return Ok(());
            }
            match &entry {
                Entry::Member(_) => {
                    let person = people::id(found.who.clone())?;
                    organization::set_in_store(&domain_, conn, &access, &person, Some(&role))
                        .await?;
                }
                Entry::Invitation(id) => {
                    roles::must_be_given(conn, &access, &found.role).await?;
                    roles::must_be_given(conn, &access, &role).await?;
                    invitation::store::put_store(conn, id, access.store(), &role).await?;
                }
            }
            let action = match entry {
                Entry::Member(_) => "member.role.change",
                Entry::Invitation(_) => "invitation.role.change",
            };
            let new = json!({ "who": found.who, "role": role.code() });
            write_down(&domain_, conn, &access, action, &entry, (found.value(), new)).await
        })
        .await
}

/// Takes a member out of the store, or cancels an invitation to it. The person, their other stores
/// and their place in the organization stay.
///
/// # Errors
/// As [`change_role`].
pub async fn remove(
    domain: &Domain,
    access: &StoreAccess<ManageMembers>,
    id: &str,
) -> Result<Notice> {
    let entry = Entry::parse(id)?;
    let (domain_, access) = (domain.clone(), access.clone());
    domain
        .db
        .write(async move |conn: &mut Conn<'_>| {
            lock(&domain_, conn, &access).await?;
            let found = find(conn, &access, &entry).await?;
            let (action, notice) = match &entry {
                Entry::Member(_) => {
                    let person = people::id(found.who.clone())?;
                    organization::set_in_store(&domain_, conn, &access, &person, None).await?;
                    ("member.remove", Notice::MemberRemoved)
                }
                Entry::Invitation(id) => {
                    roles::must_be_given(conn, &access, &found.role).await?;
                    uninvite(&domain_, conn, &access, id).await?;
                    ("invitation.cancel", Notice::InvitationCancelled)
                }
            };
            let values = (found.value(), Value::Null);
            write_down(&domain_, conn, &access, action, &entry, values).await?;
            Ok(notice)
        })
        .await
}

/// Who an entry is about, and their role so far.
struct Found {
    role: RoleRef,
    /// A person's identifier or, while invited, an e-mail address.
    who: String,
}

impl Found {
    fn value(&self) -> Value {
        json!({ "who": self.who, "role": self.role.code() })
    }
}

async fn find(
    conn: &mut Conn<'_>,
    access: &StoreAccess<ManageMembers>,
    entry: &Entry,
) -> Result<Found> {
    let row = match entry {
        Entry::Member(id) => store::member(conn, access.store(), id).await?,
        Entry::Invitation(id) => store::invitation(conn, access.store(), id).await?,
    };
    let row = row.ok_or(Refusal::Gone)?;
    Ok(Found { role: people::role(&row.role)?, who: row.who })
}

/// Takes the store out of an invitation; one that is to nothing else is cancelled.
async fn uninvite(
    domain: &Domain,
    conn: &mut Conn<'_>,
    access: &StoreAccess<ManageMembers>,
    id: &InvitationId,
) -> Result<()> {
    let organization = access.organization();
    let stores = invitation::store::stores(conn, id.as_str()).await?;
    let pending = invitation::store::pending(conn, organization, id).await?.ok_or(Refusal::Gone)?;
    if stores.len() > 1 || people::organization_role(&pending.role)?.manages() {
        return Ok(invitation::store::drop_store(conn, id, access.store()).await?);
    }
    Ok(invitation::store::end(conn, organization, id, how::CANCELLED, domain.now()).await?)
}

async fn write_down(
    domain: &Domain,
    conn: &mut Conn<'_>,
    access: &StoreAccess<ManageMembers>,
    action: &'static str,
    entry: &Entry,
    (old, new): (Value, Value),
) -> Result<()> {
    let change = Change {
        chain: Some(access.organization()),
        store: Some(access.store()),
        actor: access.person().as_str(),
        action,
        subject: entry.id(),
        old,
        new,
    };
    Ok(audit::record(domain, conn, &access.signed_in().origin, change).await?)
}
