use super::{
    act::{difference, record},
    load::{About, load},
    news,
    rules::{Action, Actor, decide},
    store,
};
use crate::{
    Domain, Result, audit,
    context::Origin,
    db::Conn,
    outbox::{self, Effect},
    people,
};
use model::{OrganizationId, PersonId, text::Lang};

/// Who is warned that their membership ends, before it does, in milliseconds.
const WARNING: i64 = 7 * 24 * 60 * 60 * 1000;
/// Memberships that one run looks at.
const BATCH: i64 = 200;

/// Ends the memberships whose time has come. They give no access since then anyhow; this removes
/// them, with an entry each. Several processes may do so at once.
pub(crate) async fn end_due(domain: &Domain) -> Result<()> {
    let now = domain.now();
    let due = domain.db.read(async |conn| store::due(conn, now, BATCH).await).await?;
    for row in due {
        let organization: OrganizationId = people::id(row.organization_id)?;
        let person: PersonId = people::id(row.person_id)?;
        let domain_ = domain.clone();
        let write =
            async move |conn: &mut Conn<'_>| end(&domain_, conn, &organization, person).await;
        domain.db.write(write).await?;
    }
    Ok(())
}

async fn end(
    domain: &Domain,
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    person: PersonId,
) -> Result<()> {
    people::lock_organization(conn, organization).await?;
    let about = About { person: Some(person.clone()), ..About::default() };
    let state = load(conn, organization, "", &about).await?;
    // Another process was quicker, or somebody has given them more time.
    let action = Action::Expire(person);
    let Ok(effects) = decide(&state, &Actor::System, &action, domain.now()) else { return Ok(()) };
    for effect in &effects {
        store::write(domain, conn, organization, effect).await?;
    }
    news::tell(domain, conn, (organization, audit::SYSTEM), &state, &effects).await?;
    let values = difference(&state, &effects, &about);
    let name = (audit::SYSTEM, "organization.member.expire");
    record(domain, conn, &Origin::default(), organization, name, &about, values).await
}

/// Mails those whose membership ends within a week, once.
pub(crate) async fn warn_due(domain: &Domain) -> Result<()> {
    let domain_ = domain.clone();
    domain
        .db
        .write(async move |conn: &mut Conn<'_>| {
            let now = domain_.now();
            for row in store::warn(conn, now, now + WARNING).await? {
                let effect = Effect::MembershipEndsMail {
                    organization: people::id(row.organization_id)?,
                    person: people::id(row.person_id)?,
                    lang: Lang::from_code(&row.language).unwrap_or_default(),
                };
                outbox::enqueue(&domain_, conn, &effect).await?;
            }
            Ok(())
        })
        .await
}
