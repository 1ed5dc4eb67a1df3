use crate::{Error, Result};
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{Error as HashError, PasswordHasher as _, PasswordVerifier as _},
};
use std::sync::Arc;
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

/// Hashes made at once; each takes 19 MiB and a core.
const RUNNING: usize = 2;
/// Callers that may wait for their turn beyond those: a second's worth, and few beside the calls that
/// the server takes at once.
const WAITING: usize = 24;
/// Callers that there is room for.
pub(crate) const ROOM: usize = RUNNING + WAITING;
/// Memory in KiB, passes, lanes: what OWASP asks of argon2id at least.
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);
/// Verified where there is no person, so that the answer takes as long. Nobody knows its password:
/// its output is all zeros.
const DUMMY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c3RvcmUtbWFuYWdlcg$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// The password hashing queue: argon2id off the async threads; cheap to clone.
#[derive(Clone)]
pub struct Passwords {
    admitted: Arc<Semaphore>,
    running: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self::new()
    }
}

impl Passwords {
    /// An empty queue.
    pub fn new() -> Passwords {
        Passwords {
            admitted: Arc::new(Semaphore::new(ROOM)),
            running: Arc::new(Semaphore::new(RUNNING)),
        }
    }

    /// A queue that is always full.
    #[cfg(test)]
    pub(crate) fn refusing() -> Passwords {
        Passwords { admitted: Arc::new(Semaphore::new(0)), running: Arc::new(Semaphore::new(0)) }
    }

    /// The argon2id hash of `password` as a PHC string. [`Error::Busy`] when too many wait.
    pub async fn hash(&self, password: String, salt: [u8; 16]) -> Result<String> {
        let password = Zeroizing::new(password);
        self.queued(move || {
            let hash = argon2()?.hash_password_with_salt(password.as_bytes(), &salt);
            hash.map(|hash| hash.to_string()).map_err(broken)
        })
        .await
    }

    /// Whether `password` is the one with this `hash`. Without a hash it is not, found out in the
    /// same time. [`Error::Busy`] when too many wait, [`Error::Corrupt`] for an unreadable hash.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<bool> {
        let password = Zeroizing::new(password);
        self.queued(move || {
            let stored = hash.as_deref().unwrap_or(DUMMY);
            match argon2()?.verify_password(password.as_bytes(), stored) {
                Ok(()) => Ok(hash.is_some()),
                Err(HashError::PasswordInvalid) => Ok(false),
                Err(error) => Err(broken(error)),
            }
        })
        .await
    }

    async fn queued<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let admitted = self.admitted.clone().try_acquire_owned().map_err(|_| Error::Busy)?;
        let running = self.running.clone().acquire_owned().await.map_err(|_| Error::Busy)?;
        // The permits go with the work: it goes on when its caller is gone.
        let done = tokio::task::spawn_blocking(move || {
            let _permits = (admitted, running);
            work()
        });
        done.await.map_err(|_| Error::Busy)?
    }
}

fn argon2() -> Result<Argon2<'static>> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None).map_err(|e| broken(e.into()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn broken(error: HashError) -> Error {
    Error::Corrupt(format!("password hash: {error}"))
}
