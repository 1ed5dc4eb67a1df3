//! What was taken from somebody counts from the answer that says so: no request that begins after
//! it gets through, whoever asks how often meanwhile, also in another process.
use crate::harness::{Answer, Client, TestApp};
use domain::{
    access::SignedIn,
    crypto::Token,
    testing::{self, Company, Proof},
};
use model::{MemberId, access::StoreRole};
use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};
use tokio::task::JoinSet;

const PASSWORD: &str = "correct horse battery";
/// People who ask at the same time with the one session, half of them in another process.
const READERS: usize = 6;
/// What each of them asks for after it was taken, and before.
const AFTER: usize = 4;

/// What is taken from somebody.
#[derive(Clone, Copy, Debug)]
enum Taken {
    /// They sign out.
    SignOut,
    /// They end the session from another one.
    Session,
    /// They end all other sessions.
    Sessions,
    /// They change the password elsewhere.
    Password,
    /// Their role in the store is lowered.
    Role,
    /// They are taken out of the store.
    Store,
    /// They are taken out of the organization.
    Organization,
    /// They are suspended.
    Suspended,
}

const ALL: [Taken; 8] = [
    Taken::SignOut,
    Taken::Session,
    Taken::Sessions,
    Taken::Password,
    Taken::Role,
    Taken::Store,
    Taken::Organization,
    Taken::Suspended,
];

/// An Administrator of a store from whom something is taken.
struct Scene {
    company: Company,
    victim: SignedIn,
    token: Token,
    member: MemberId,
}

impl Scene {
    async fn new(app: &TestApp, number: usize) -> Scene {
        let domain = &app.t.domain;
        let company = testing::company(domain, &format!("Shop {number}")).await;
        let email = format!("vic.tim@shop-{number}.example");
        let victim = testing::with_password(domain, &email, PASSWORD).await;
        let token = testing::another_session(domain, &victim).await;
        let member = testing::join(domain, &company, &victim, StoreRole::Administrator).await;
        Scene { company, victim, token, member }
    }

    /// Takes it; the answer says that it is done.
    async fn take(&self, app: &TestApp, taken: Taken) {
        let domain = &app.t.domain;
        let owner = testing::another_session(domain, &self.company.owner).await;
        let mut owner = app.client_of(&owner);
        let mut here = app.client_of(&self.token);
        let mut elsewhere = app.client_of(&testing::another_session(domain, &self.victim).await);
        let session = domain::session::find(domain, self.token.expose(), testing::origin()).await;
        let session = session.unwrap().unwrap().session.to_string();
        let store = ("store", self.company.store.as_str());
        let organization = ("organization", self.company.organization.as_str());
        let (member, person) =
            (("member", self.member.as_str()), ("person", self.victim.person.id.as_str()));
        let password = [("current", PASSWORD), ("password", "staple of all trades")];
        let answer = match taken {
            Taken::SignOut => here.fetch("/api/session/sign-out", &[]).await,
            Taken::Session => {
                elsewhere.fetch("/api/me/sessions/end", &[("session", &session)]).await
            }
            Taken::Sessions => elsewhere.fetch("/api/me/sessions/end-others", &[]).await,
            Taken::Password => elsewhere.fetch("/api/me/password", &password).await,
            Taken::Role => {
                owner.fetch("/api/members/role", &[store, member, ("role", "analyst")]).await
            }
            Taken::Store => owner.fetch("/api/members/remove", &[store, member]).await,
            Taken::Organization => {
                owner.fetch("/api/organization/member/remove", &[organization, person]).await
            }
            Taken::Suspended => {
                let fields = [organization, person, ("suspended", "on")];
                owner.fetch("/api/organization/member/suspend", &fields).await
            }
        };
        assert!(answer.text().contains("\"done\""), "{taken:?}: {}", answer.text());
    }
}

/// Where readers and the one who takes agree.
#[derive(Default)]
struct Signals {
    taken: AtomicBool,
    passed: AtomicUsize,
}

/// Asks over and over, one thing after the other; how many requests began after it was taken.
async fn ask(mut client: Client, scene: Arc<Scene>, reader: usize, signals: Arc<Signals>) -> usize {
    let store = scene.company.store.to_string();
    let page = format!("/stores/{store}/settings/general/members");
    let file = format!("/stores/{store}/settings.toml");
    let (mut number, mut after) = (reader, 0);
    while after < AFTER {
        let taken = signals.taken.load(Ordering::SeqCst);
        let (what, answer): (&str, Answer) = match number % AFTER {
            0 => ("page", client.get(&page).await),
            1 => ("panel", client.read("/api/panel", &[("path", &page)]).await),
            2 => ("file", client.get(&file).await),
            _ => {
                let email = format!("p{reader}-{number}@new.example");
                let fields = [("store", store.as_str()), ("email", &email), ("role", "analyst")];
                ("change", client.fetch("/api/members/invite", &fields).await)
            }
        };
        let passed = answer.code() == 200;
        assert!(!(taken && passed), "a {what} after it was taken: {}", answer.text());
        assert!(passed || matches!(answer.code(), 302 | 401 | 403 | 404), "{}", answer.status);
        signals.passed.fetch_add(usize::from(passed), Ordering::SeqCst);
        after += usize::from(taken);
        number += 1;
    }
    after
}

/// One thing is taken from somebody while all readers ask; how many requests passed before, and
/// were refused after.
async fn round(apps: [&TestApp; 2], taken: Taken, number: usize, before: usize) -> (usize, usize) {
    let scene = Arc::new(Scene::new(apps[0], number).await);
    let signals = Arc::new(Signals::default());
    let mut readers = JoinSet::new();
    for reader in 0..READERS {
        let client = apps[reader % 2].client_of(&scene.token);
        readers.spawn(ask(client, scene.clone(), reader, signals.clone()));
    }
    while signals.passed.load(Ordering::SeqCst) < before {
        assert!(readers.try_join_next().is_none(), "a reader stopped early");
        tokio::task::yield_now().await;
    }
    scene.take(apps[0], taken).await;
    signals.taken.store(true, Ordering::SeqCst);
    let refused = readers.join_all().await.into_iter().sum();
    (signals.passed.load(Ordering::SeqCst), refused)
}

domain::both_engines! {
    async fn prove_what_was_taken_is_taken_from_the_answer_on(t: TestDomain) {
        let proof = Proof::of(format!("R11 what was taken, {:?}", t.engine));
        let app = TestApp::new(t);
        let beside = app.beside().await;
        let (rounds, mut dice) = (proof.length(ALL.len(), 50 * ALL.len()), proof.dice(0));
        let (mut passed, mut refused) = (0, 0);
        for number in 0..rounds {
            let before = READERS + dice.below(3 * READERS);
            let counts = round([&app, &beside], ALL[number % ALL.len()], number, before).await;
            passed += counts.0;
            refused += counts.1;
            assert!(counts.0 >= before, "nobody got through before");
        }
        proof.holds(&format!("{rounds} revocations, {passed} requests before, {refused} refused after"));
    }
}
