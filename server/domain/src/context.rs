//! Everything the rules need from outside: database, clock, randomness, keys, options.
use crate::{
    crypto::{Keys, Passwords},
    db::Db,
    metrics::Metrics,
    outgoing::Outgoing,
};
use ipnet::IpNet;
use model::text::Lang;
use rand::{Rng as _, SeedableRng as _};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Notify;

/// The time now, in Unix milliseconds.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// What an operator decides once for the whole process.
#[derive(Clone, Debug)]
pub struct Options {
    /// The address under which people reach this server, without a slash at its end.
    pub public_url: String,
    /// Demonstration mode: demo sign-ins are shown and mails go to the mailbox page.
    pub demo: bool,
    /// Networks that may be reached although they are not of the public internet.
    pub outgoing_exceptions: Vec<IpNet>,
}

/// The domain's context; cheap to clone.
#[derive(Clone)]
pub struct Domain {
    /// The database.
    pub db: Db,
    /// The operator's decisions.
    pub options: Arc<Options>,
    /// Secret keys: token derivation and the like.
    pub keys: Arc<Keys>,
    /// The password hashing queue.
    pub passwords: Passwords,
    /// The client for requests to addresses that people type.
    pub outgoing: Outgoing,
    /// What operators watch.
    pub metrics: Metrics,
    /// Wakes this process's outbox worker.
    pub(crate) outbox: Arc<Notify>,
    /// Wakes this process's worker of batches.
    pub(crate) bulk: Arc<Notify>,
    clock: Clock,
    random: Arc<Mutex<rand::rngs::StdRng>>,
}

impl Domain {
    /// A context on `db`. Tests give a clock of their own and a `seed`; the program gives neither.
    #[expect(clippy::disallowed_methods, reason = "the one place where randomness is taken")]
    pub fn new(
        db: Db,
        keys: Keys,
        options: Options,
        clock: Option<Clock>,
        seed: Option<u64>,
    ) -> Domain {
        let random = match seed {
            Some(seed) => rand::rngs::StdRng::seed_from_u64(seed),
            None => rand::make_rng(),
        };
        Domain {
            db,
            outgoing: Outgoing::new(&options.outgoing_exceptions),
            options: Arc::new(options),
            keys: Arc::new(keys),
            passwords: Passwords::new(),
            metrics: Metrics::default(),
            outbox: Arc::default(),
            bulk: Arc::default(),
            clock: clock.unwrap_or_else(|| Arc::new(system_clock)),
            random: Arc::new(Mutex::new(random)),
        }
    }

    /// The time now, in Unix milliseconds.
    pub fn now(&self) -> i64 {
        (self.clock)()
    }

    /// `N` random bytes fit for secrets.
    pub fn random_bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.random.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut bytes);
        bytes
    }

    /// The bits of a new time-ordered identifier: `StoreId::from_u128(domain.id_bits())`.
    pub fn id_bits(&self) -> u128 {
        let millis = u64::try_from(self.now()).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(millis, &self.random_bytes())
            .into_uuid()
            .as_u128()
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place where the clock is read")]
fn system_clock() -> i64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    now.map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// Where a request comes from: what the audit log says of it.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// The client's address, as trusted proxies tell it; empty for the command line.
    pub address: String,
    /// The request's id.
    pub request_id: String,
    /// What the client calls itself.
    pub user_agent: String,
    /// The language of the request.
    pub lang: Lang,
}
