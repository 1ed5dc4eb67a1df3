//! Who is there before the server starts.
use crate::{Failure, report};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use domain::{
    Domain,
    context::Options,
    crypto::Keys,
    db::Db,
    testing::{self, Company},
};
use model::access::StoreRole;
use std::{fs::Permissions, os::unix::fs::PermissionsExt as _, path::Path};

/// The rows of a page of members.
pub const ROWS: usize = 50;
/// The people who save at once.
pub const WRITERS: usize = 64;
/// What the address of the reader's first colleague begins with.
pub const COLLEAGUE: &str = "member.number0001@";
/// The password of those who sign in.
pub const PASSWORD: &str = "correct horse battery";

/// Somebody who is signed in.
pub struct Visitor {
    /// The cookie header of their session.
    pub cookie: String,
    /// A store in which they are Administrator.
    pub store: String,
}

/// People and stores.
pub struct World {
    /// The Administrator of a store with [`ROWS`] members.
    pub reader: Visitor,
    /// The Administrators of [`WRITERS`] stores.
    pub writers: Vec<Visitor>,
    /// E-mail addresses of people with [`PASSWORD`].
    pub people: Vec<String>,
}

/// The address of the database that the program keeps in `folder`.
pub fn embedded(folder: &Path) -> String {
    format!("sqlite:{}", folder.join("store-manager.db").display())
}

impl World {
    /// Makes the database at `url`, the key in `folder`, and what is in it.
    pub async fn make(folder: &Path, url: &str) -> Result<World, Failure> {
        let db = Db::open(url, 2).await?;
        let key = [7; 32];
        let options = Options {
            public_url: "http://bench".to_owned(),
            demo: false,
            outgoing_exceptions: Vec::new(),
        };
        let domain = Domain::new(db, Keys::from_bytes(key), options, None, None);
        domain::instance::check(&domain).await?;
        store_key(folder, &key)?;
        let world = World {
            reader: store_of(&domain, "Fifty", ROWS).await,
            writers: writers(&domain).await,
            people: people(&domain).await,
        };
        domain.db.close().await;
        Ok(world)
    }
}

/// As `serve` keeps it.
fn store_key(folder: &Path, key: &[u8]) -> Result<(), Failure> {
    let file = folder.join("secret.key");
    std::fs::write(&file, BASE64_STANDARD.encode(key))?;
    Ok(std::fs::set_permissions(&file, Permissions::from_mode(0o600))?)
}

/// Fills `folder`, and prints how the members page of [`ROWS`] rows is asked for.
pub async fn tell(folder: &Path) -> Result<(), Failure> {
    let world = World::make(folder, &embedded(folder)).await?;
    let Visitor { cookie, store } = &world.reader;
    report::say(&format!("-H '{}' /stores/{store}/settings/general/members", cookie.trim()));
    Ok(())
}

async fn store_of(domain: &Domain, name: &str, members: usize) -> Visitor {
    let company = testing::company(domain, name).await;
    let slug = name.to_lowercase();
    for n in 1..members {
        let email = format!("member.number{n:04}@{slug}.example");
        testing::colleague(domain, &company, &email, StoreRole::Marketer).await;
    }
    owner(domain, &company).await
}

async fn writers(domain: &Domain) -> Vec<Visitor> {
    let mut writers = Vec::with_capacity(WRITERS);
    for n in 0..WRITERS {
        let company = testing::company(domain, &format!("Writer {n}")).await;
        writers.push(owner(domain, &company).await);
    }
    writers
}

async fn owner(domain: &Domain, company: &Company) -> Visitor {
    let token = testing::another_session(domain, &company.owner).await;
    Visitor {
        cookie: format!("cookie: session={}\r\n", token.expose()),
        store: company.store.to_string(),
    }
}

async fn people(domain: &Domain) -> Vec<String> {
    let mut people = Vec::new();
    for n in 0..8 {
        let email = format!("sign.in{n}@people.example");
        testing::with_password(domain, &email, PASSWORD).await;
        people.push(email);
    }
    people
}
