use super::{lock, store};
use crate::{
    Domain, Error, Result,
    access::{ManageMembers, StoreAccess},
    audit::{self, Change},
    db::Conn,
    invitation::how,
    people,
};
use model::{FieldError, InvitationId, MemberId, Notice, Refusal, access::StoreRole, check::Fault};
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
/// invitation; [`Refusal::LastAdministrator`]; [`Error::NotFound`] and [`Error::Forbidden`] where
/// the actor has lost access in the meantime.
pub async fn change_role(
    domain: &Domain,
    access: &StoreAccess<ManageMembers>,
    id: &str,
    role: &str,
) -> Result<()> {
    let Some(role) = StoreRole::from_code(role) else {
        return Err(Error::Invalid(vec![FieldError::new("role", Fault::Choice)]));
    };
    let entry = Entry::parse(id)?;
    let (domain_, access) = (domain.clone(), access.clone());
    domain
        .db
        .write(async move |conn: &mut Conn<'_>| {
            lock(conn, &access).await?;
            let found = find(conn, &access, &entry).await?;
            if found.role == role {
                return Ok(());
            }
            match &entry {
                Entry::Member(id) => {
                    keep_an_administrator(conn, &access, id, found.role).await?;
                    store::set_role(conn, access.store(), id, role).await?;
                }
                Entry::Invitation(id) => {
                    store::set_invitation_role(conn, access.store(), id, role).await?;
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
            lock(conn, &access).await?;
            let found = find(conn, &access, &entry).await?;
            let (store, now) = (access.store(), domain_.now());
            let (action, notice) = match &entry {
                Entry::Member(id) => {
                    keep_an_administrator(conn, &access, id, found.role).await?;
                    store::delete(conn, store, id).await?;
                    ("member.remove", Notice::MemberRemoved)
                }
                Entry::Invitation(id) => {
                    store::end_invitation(conn, store, id, how::CANCELLED, now).await?;
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
    role: StoreRole,
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

/// A store keeps somebody who can open its settings.
async fn keep_an_administrator(
    conn: &mut Conn<'_>,
    access: &StoreAccess<ManageMembers>,
    id: &MemberId,
    role: StoreRole,
) -> Result<()> {
    let administrator = StoreRole::Administrator;
    if role == administrator && !store::another(conn, access.store(), id, administrator).await? {
        return Err(Refusal::LastAdministrator.into());
    }
    Ok(())
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
