//! The harness that runs one test body on both engines, each test on a database of its own.
//!
//! ```
//! domain::both_engines! {
//!     async fn time_is_the_tests_own(t: TestDomain) {
//!         let before = t.domain.now();
//!         t.advance(1_000);
//!         assert_eq!(t.domain.now(), before + 1_000);
//!     }
//! }
//! ```
#![expect(clippy::expect_used, reason = "a test without its database must stop")]

mod dump;
mod postgres;

use super::Db;
use crate::{Domain, context::Options, crypto::Keys};
use std::{
    future::Future,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

/// The time at which every test begins: 1 March 2026, 12:00 UTC.
pub const START: i64 = 1_772_366_400_000;
/// Connections a test's database may use.
const CONNECTIONS: u32 = 5;

/// Declares tests that run on SQLite and on PostgreSQL: `name::sqlite` and `name::postgres`. The
/// body is an async function of a [`TestDomain`].
#[macro_export]
macro_rules! both_engines {
    ($($(#[$attribute:meta])* async fn $name:ident($t:ident: $type:ty) $body:block)+) => { $(
        $(#[$attribute])*
        async fn $name($t: $crate::db::testing::TestDomain) $body

        mod $name {
            #[test]
            fn sqlite() {
                $crate::db::testing::run($crate::db::testing::Engine::Sqlite, super::$name);
            }

            #[test]
            fn postgres() {
                $crate::db::testing::run($crate::db::testing::Engine::Postgres, super::$name);
            }
        }
    )+ };
}

/// An engine to test on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// SQLite, on a file.
    Sqlite,
    /// PostgreSQL, on a throw-away server.
    Postgres,
}

/// A context on an empty database whose schema is up to date, with a clock that only the test
/// moves and the same randomness in each run.
#[derive(Clone)]
pub struct TestDomain {
    /// The context.
    pub domain: Domain,
    /// The engine below it.
    pub engine: Engine,
    /// The database's address: `Db::open` opens it again, as another process would.
    pub url: String,
    clock: Arc<AtomicI64>,
    // Kept for its effect: the file goes with the last clone.
    _folder: Option<Arc<tempfile::TempDir>>,
}

impl TestDomain {
    /// A fresh database on `engine`; panics with the reason when there is none.
    pub async fn new(engine: Engine) -> TestDomain {
        let (url, folder) = fresh(engine).await;
        let db = Db::open(&url, CONNECTIONS).await.expect("the test's database opens");
        let clock = Arc::new(AtomicI64::new(START));
        let domain = domain(db, &clock, 1);
        TestDomain { domain, engine, url, clock, _folder: folder }
    }

    /// Another context on the same database with connections of its own, as another process has
    /// (PostgreSQL; on SQLite two contexts share the one writer). It has the same clock and key.
    pub async fn another_process(&self) -> Domain {
        static SEED: AtomicU64 = AtomicU64::new(2);
        let db = match self.engine {
            Engine::Sqlite => self.domain.db.clone(),
            Engine::Postgres => Db::open(&self.url, CONNECTIONS).await.expect("it opens again"),
        };
        domain(db, &self.clock, SEED.fetch_add(1, Ordering::Relaxed))
    }

    /// The same context in demonstration mode.
    pub fn in_demo_mode(&self) -> Domain {
        let mut domain = self.domain.clone();
        domain.options = Arc::new(Options { demo: true, ..(*domain.options).clone() });
        domain
    }

    /// Moves the clock by `milliseconds`.
    pub fn advance(&self, milliseconds: i64) {
        self.clock.fetch_add(milliseconds, Ordering::SeqCst);
    }
}

fn domain(db: Db, clock: &Arc<AtomicI64>, seed: u64) -> Domain {
    let clock = clock.clone();
    let options = Options {
        public_url: "https://console.example".into(),
        demo: false,
        outgoing_exceptions: Vec::new(),
    };
    let now = Arc::new(move || clock.load(Ordering::SeqCst));
    Domain::new(db, Keys::from_bytes([7; 32]), options, Some(now), Some(seed))
}

/// The address of a new database; SQLite's is migrated when it is opened, PostgreSQL's is a copy
/// of one that is.
async fn fresh(engine: Engine) -> (String, Option<Arc<tempfile::TempDir>>) {
    match engine {
        Engine::Sqlite => {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let file: PathBuf = folder.path().join("test.db");
            (format!("sqlite:{}", file.display()), Some(Arc::new(folder)))
        }
        Engine::Postgres => (postgres::create_database().await, None),
    }
}

/// Runs `test` on a fresh database of `engine` in a runtime of its own.
pub fn run<F: Future<Output = ()>>(engine: Engine, test: impl FnOnce(TestDomain) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let t = TestDomain::new(engine).await;
        let (db, url) = (t.domain.db.clone(), t.url.clone());
        test(t).await;
        db.close().await;
        if engine == Engine::Postgres {
            postgres::drop_database(&url).await;
        }
    });
}
