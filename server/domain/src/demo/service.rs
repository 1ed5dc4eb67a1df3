use super::{
    ADMINISTRATOR, MARKETER, PASSWORD,
    data::{
        ARCHIVED, CUSTOM, DemoStore, ENDS, INFORMATION, INVITED, MANAGES, ORGANIZATION, PEOPLE,
        ROLE, STORES, SUSPENDED,
    },
    store,
};
use crate::{
    Domain, Result,
    audit::{self, Change},
    context::Origin,
    db::{self, Conn},
    invitation,
    outbox::{self, Effect},
    people::{self, NewPerson, NewStore},
    settings::{self, FirstValues},
};
use model::{
    InvitationId, MemberId, OrganizationId, PersonId, RoleId, StoreId,
    access::{OrganizationRole, RoleRef, StoreRole},
    settings::{Branding, Document, Information, Settings as _, Value},
    text::Lang,
};
use serde_json::json;

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

/// Fills an empty database with the demonstration; one that has people in it stays as it is.
/// Tells whether it holds the demonstration now: false where it is in use for something else.
///
/// # Errors
/// [`Busy`](crate::Error::Busy) and faults of the database.
pub async fn fill(domain: &Domain) -> Result<bool> {
    // Hashes take time and memory: only where they are needed.
    if let Some(filled) = domain.db.read(async |conn| filled(conn).await).await? {
        return Ok(filled);
    }
    let hash = async |password: &str| {
        domain.passwords.hash(password.to_owned(), domain.random_bytes()).await
    };
    // Nobody signs in as the others.
    let nobody = String::from_utf8_lossy(&domain.random_bytes::<32>()).into_owned();
    let filling = Filling {
        domain: domain.clone(),
        now: domain.now(),
        organization: OrganizationId::from_u128(domain.id_bits()),
        stores: STORES.iter().map(|_| StoreId::from_u128(domain.id_bits())).collect(),
        archived: StoreId::from_u128(domain.id_bits()),
        role: RoleId::from_u128(domain.id_bits()),
        administrator: PersonId::from_u128(domain.id_bits()),
        passwords: [hash(PASSWORD).await?, hash(PASSWORD).await?, hash(&nobody).await?],
    };
    domain.db.write(async move |conn: &mut Conn<'_>| filling.run(conn).await).await
}

/// Whether a database with people in it holds the demonstration; `None` for an empty one.
async fn filled(conn: &mut Conn<'_>) -> db::Result<Option<bool>> {
    Ok(match people::any(conn).await? {
        true => Some(people::by_email(conn, ADMINISTRATOR).await?.is_some()),
        false => None,
    })
}

struct Filling {
    domain: Domain,
    now: i64,
    organization: OrganizationId,
    stores: Vec<StoreId>,
    archived: StoreId,
    role: RoleId,
    administrator: PersonId,
    /// Of the Administrator, of the Marketer, of everybody else.
    passwords: [String; 3],
}

impl Filling {
    async fn run(&self, conn: &mut Conn<'_>) -> Result<bool> {
        let [administrator, marketer, _] = &self.passwords;
        let mut first = self.person("Alex", "Morgan", Lang::En, administrator, Some(self.now));
        (first.id, first.email) = (self.administrator.clone(), ADMINISTRATOR.to_owned());
        // The first insert decides between processes that start at once.
        if people::any(conn).await? || !people::insert(conn, &first).await? {
            return Ok(filled(conn).await? == Some(true));
        }
        self.organization_and_stores(conn).await?;
        let all = [0, 1, 2];
        let administers = StoreRole::Administrator.into();
        self.join(conn, &first, OrganizationRole::Owner, &all, &administers).await?;
        self.join_store(conn, &first, &self.archived, &administers).await?;
        let seen = Some(self.now - 2 * 60 * MINUTE);
        let mut second = self.person("Robin", "Taylor", Lang::En, marketer, seen);
        MARKETER.clone_into(&mut second.email);
        people::insert(conn, &second).await?;
        let markets = StoreRole::Marketer.into();
        self.join(conn, &second, OrganizationRole::Member, &all, &markets).await?;
        self.join_store(conn, &second, &self.archived, &markets).await?;
        for index in 0..PEOPLE.len() {
            self.colleague(conn, index).await?;
        }
        for (index, store) in self.stores.iter().enumerate() {
            self.invite(conn, store, &STORES[index]).await?;
        }
        let change = Change {
            chain: Some(&self.organization),
            store: None,
            actor: audit::SYSTEM,
            action: "demo.fill",
            subject: self.organization.as_str(),
            old: serde_json::Value::Null,
            new: json!({ "organization": ORGANIZATION, "people": PEOPLE.len() + 2 }),
        };
        audit::record(&self.domain, conn, &Origin::default(), change).await?;
        Ok(true)
    }

    async fn organization_and_stores(&self, conn: &mut Conn<'_>) -> Result<()> {
        people::insert_organization(conn, &self.organization, ORGANIZATION, self.now).await?;
        let (section, scope) = (Information::SECTION, self.organization.as_str());
        let (document, by) = (information(), &self.administrator);
        settings::create(&self.domain, conn, scope, section, &document, by).await?;
        let (name, permissions) = ROLE;
        let names = (name, &*people::fold(name));
        store::role(conn, &self.organization, &self.role, names, permissions, self.now).await?;
        let open = self.stores.iter().zip(&STORES);
        for (id, store) in open.chain([(&self.archived, &ARCHIVED)]) {
            let new = NewStore {
                id: id.clone(),
                organization: self.organization.clone(),
                name: store.name.to_owned(),
                created_at: self.now - 200 * DAY,
            };
            people::insert_store(conn, &new).await?;
            let (organization, values) = (&self.organization, values(store));
            settings::create_store(&self.domain, conn, organization, id, &values, by).await?;
            let (section, document) = (Branding::SECTION, branding(store));
            settings::create(&self.domain, conn, id.as_str(), section, &document, by).await?;
        }
        store::archive(conn, &self.archived, self.now - 30 * DAY).await?;
        Ok(())
    }

    /// A person who joined some time ago and was last seen at another.
    async fn colleague(&self, conn: &mut Conn<'_>, index: usize) -> Result<()> {
        let (first, last) = PEOPLE[index];
        let home = index % STORES.len();
        let steps = i64::try_from(index).unwrap_or_default();
        let ago = match index % 4 {
            0 => steps * 7 * MINUTE,
            1 => steps * 3 * 60 * MINUTE,
            2 => steps * DAY,
            _ => steps * 9 * DAY,
        };
        let seen = (index % 9 != 8).then_some(self.now - MINUTE - ago);
        let language = STORES[home].language;
        let person = self.person(first, last, language, &self.passwords[2], seen);
        people::insert(conn, &person).await?;
        let role = match index % 6 {
            _ if CUSTOM.contains(&index) => RoleRef::Custom(self.role.clone()),
            0 | 4 => StoreRole::Administrator.into(),
            _ => StoreRole::Marketer.into(),
        };
        let standing = match index {
            MANAGES => OrganizationRole::Administrator,
            _ => OrganizationRole::Member,
        };
        let stores: &[usize] = match index % 5 {
            0 => &[0, 1, 2],
            2 => &[home, (home + 1) % STORES.len()],
            _ => &[home],
        };
        self.join(conn, &person, standing, stores, &role).await?;
        let organization = &self.organization;
        if SUSPENDED.contains(&index) {
            store::suspend(conn, organization, &person.id, self.now - 2 * DAY).await?;
        }
        if let Some((_, days)) = ENDS.iter().find(|(ends, _)| *ends == index) {
            let end = self.now + days * DAY;
            let told = (*days <= 7).then_some(self.now);
            store::end(conn, organization, &person.id, end, told).await?;
        }
        Ok(())
    }

    fn person(
        &self,
        first: &str,
        last: &str,
        language: Lang,
        password: &str,
        last_seen_at: Option<i64>,
    ) -> NewPerson {
        let address = people::fold(&format!("{first}.{last}")).replace(' ', "");
        NewPerson {
            id: PersonId::from_u128(self.domain.id_bits()),
            email: format!("{address}@demo.example"),
            first_name: first.to_owned(),
            last_name: last.to_owned(),
            phone: String::new(),
            password_hash: password.to_owned(),
            language,
            data_consent_at: Some(self.now),
            marketing_consent_at: None,
            last_seen_at,
            created_at: self.now - 200 * DAY,
        }
    }

    async fn join(
        &self,
        conn: &mut Conn<'_>,
        person: &NewPerson,
        organization_role: OrganizationRole,
        stores: &[usize],
        role: &RoleRef,
    ) -> Result<()> {
        let organization = &self.organization;
        let now = self.now;
        people::join_organization(conn, organization, &person.id, organization_role, None, now)
            .await?;
        for store in stores {
            self.join_store(conn, person, &self.stores[*store], role).await?;
        }
        Ok(())
    }

    async fn join_store(
        &self,
        conn: &mut Conn<'_>,
        person: &NewPerson,
        store: &StoreId,
        role: &RoleRef,
    ) -> Result<()> {
        let member = MemberId::from_u128(self.domain.id_bits());
        people::join_store(conn, &member, store, &person.id, role, self.now).await?;
        Ok(())
    }

    async fn invite(&self, conn: &mut Conn<'_>, id: &StoreId, store: &DemoStore) -> Result<()> {
        for (name, expired) in INVITED {
            let invitation = InvitationId::from_u128(self.domain.id_bits());
            let mail =
                Effect::InvitationMail { invitation: invitation.clone(), lang: store.language };
            let outbox = match expired {
                true => None,
                false => Some(outbox::enqueue(&self.domain, conn, &mail).await?),
            };
            let sent = self.now - if expired { 20 * DAY } else { DAY };
            let word = people::fold(store.name).split(' ').next().unwrap_or_default().to_owned();
            let new = invitation::store::NewInvitation {
                id: &invitation,
                organization: &self.organization,
                email: &format!("{name}.{word}@partner.example"),
                role: OrganizationRole::Member,
                membership_ends_at: None,
                stores: &[(id.clone(), StoreRole::Marketer.into())],
                language: store.language,
                invited_by: &self.administrator,
                token_hash: &self.domain.keys.token(invitation::TOKEN, invitation.as_str()).hash(),
                outbox: outbox.as_ref(),
                created_at: sent,
                expires_at: sent + invitation::VALID,
            };
            invitation::store::insert(conn, &new).await?;
        }
        Ok(())
    }
}

/// What the organization says of itself.
pub(super) fn information() -> Document {
    INFORMATION.iter().map(|(key, value)| ((*key).to_owned(), Value::from(*value))).collect()
}

/// What is known of a store; what it does not say has its default.
pub(super) fn values(store: &DemoStore) -> FirstValues<'static> {
    let own = [("name", store.name), ("language", store.language.code())];
    own.iter().chain(store.details).copied().collect()
}

/// How a store looks.
pub(super) fn branding(store: &DemoStore) -> Document {
    Document::from([("scheme".to_owned(), Value::from(store.scheme))])
}
