use super::{
    link::{Link, VALID},
    secret_place,
    store::{self, PersonRow, SecretRow},
};
use crate::{
    Domain, Result,
    access::{Method, Person},
    context::Origin,
    db::Conn,
    people,
    session::{
        self, Entered, Entry,
        attempts::{self, Subject},
    },
};
use model::{Refusal, StoreId, text::Lang, view::Theme};

/// Links that may be tried from one network in 15 minutes.
const PER_ADDRESS: i64 = 100;

/// The name of the store that a link leads to, if it may be used.
///
/// # Errors
/// [`Refusal::LinkUnknown`], [`Refusal::LinkExpired`].
pub async fn greet(domain: &Domain, link: &Link) -> Result<String> {
    let store = link.store()?;
    let row = domain.db.read(async |conn| store::secret(conn, &store).await).await?;
    let row = row.ok_or(Refusal::LinkUnknown)?;
    check(domain, &store, link, &row)?;
    Ok(row.store)
}

/// Signs in whoever a link is for, or leads to their second factor: once, and only an active member
/// of the store. From outside, links for people who are none cannot be told from wrong ones.
///
/// # Errors
/// [`Refusal::LinkUnknown`], [`Refusal::LinkExpired`], [`Refusal::LinkUsed`];
/// [`Refusal::TooManyAttempts`].
pub async fn enter(domain: &Domain, origin: &Origin, link: &Link) -> Result<(Entered, StoreId)> {
    let store = link.store()?;
    let now = domain.now();
    let counted = Subject::address(domain, "shop-link", &origin.address);
    let count =
        async move |conn: &mut Conn<'_>| attempts::limit(conn, &counted, PER_ADDRESS, now).await;
    domain.db.write(count).await?;
    let (domain_, origin, link) = (domain.clone(), origin.clone(), link.clone());
    let write = async move |conn: &mut Conn<'_>| {
        let row = store::secret(conn, &store).await?.ok_or(Refusal::LinkUnknown)?;
        check(&domain_, &store, &link, &row)?;
        // Kept for as long as it could be tried again.
        let expires_at = now + 3 * VALID * 1000;
        if !store::use_up(conn, &store, &link.nonce, expires_at).await? {
            return Err(Refusal::LinkUsed.into());
        }
        let found = store::member(conn, &store, &link.person(), now).await?;
        let person = person(found.ok_or(Refusal::LinkUnknown)?)?;
        let method = Method::ShopLink(people::id(row.organization_id)?);
        let entry = Entry { method, proof: "shop_link" };
        let entered = session::enter_or_step(&domain_, conn, &origin, person, entry).await?;
        Ok((entered, store))
    };
    domain.db.write(write).await
}

fn check(domain: &Domain, store: &StoreId, link: &Link, row: &SecretRow) -> Result<()> {
    let secret = domain.keys.open(&secret_place(store), &row.secret)?;
    let secret = String::from_utf8_lossy(&secret);
    Ok(link.check(&secret, domain.now())?)
}

fn person(row: PersonRow) -> Result<Person> {
    Ok(Person {
        id: people::id(row.id)?,
        email: row.email,
        first_name: row.first_name,
        last_name: row.last_name,
        language: Lang::from_code(&row.language).unwrap_or_default(),
        theme: Theme::from_code(&row.theme).unwrap_or_default(),
        time_zone: row.time_zone,
    })
}
