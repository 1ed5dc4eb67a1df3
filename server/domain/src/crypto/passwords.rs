use crate::{Error, Result};
use argon2::{
    Algorithm, Argon2, Block, Params, Version,
    password_hash::{
        CustomizedPasswordHasher, Error as HashError, PasswordVerifier as _,
        phc::{Output, ParamsString, PasswordHash, Salt},
    },
};
use std::{
    cell::RefCell,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
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
    memory: Memory,
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
            memory: Memory::default(),
        }
    }

    /// A queue that is always full.
    #[cfg(test)]
    pub(crate) fn refusing() -> Passwords {
        Passwords { admitted: Arc::new(Semaphore::new(0)), ..Passwords::new() }
    }

    /// The argon2id hash of `password` as a PHC string. [`Error::Busy`] when too many wait.
    pub async fn hash(&self, password: String, salt: [u8; 16]) -> Result<String> {
        let password = Zeroizing::new(password);
        self.queued(move |argon2| {
            let (memory, passes, lanes) = COST;
            let params = Params::new(memory, passes, lanes, None).map_err(|e| broken(e.into()))?;
            let hash = argon2.hash_password_with_params(password.as_bytes(), &salt, params);
            hash.map(|hash| hash.to_string()).map_err(broken)
        })
        .await
    }

    /// Whether `password` is the one with this `hash`. Without a hash it is not, found out in the
    /// same time. [`Error::Busy`] when too many wait, [`Error::Corrupt`] for an unreadable hash.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<bool> {
        let password = Zeroizing::new(password);
        self.queued(move |argon2| {
            let stored = PasswordHash::new(hash.as_deref().unwrap_or(DUMMY));
            let stored = stored.map_err(|error| broken(error.into()))?;
            match argon2.verify_password(password.as_bytes(), &stored) {
                Ok(()) => Ok(hash.is_some()),
                Err(HashError::PasswordInvalid) => Ok(false),
                Err(error) => Err(broken(error)),
            }
        })
        .await
    }

    async fn queued<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Within<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let admitted = self.admitted.clone().try_acquire_owned().map_err(|_| Error::Busy)?;
        let running = self.running.clone().acquire_owned().await.map_err(|_| Error::Busy)?;
        let memory = self.memory.clone();
        // The permits go with the work: it goes on when its caller is gone.
        let done = tokio::task::spawn_blocking(move || {
            let mut blocks = memory.take();
            let done = work(&Within(RefCell::new(&mut blocks)));
            memory.give_back(blocks, admitted);
            drop(running);
            done
        });
        done.await.map_err(|_| Error::Busy)?
    }
}

/// What hashes are made in, 19 MiB each. New memory costs a tenth of a hash, so it is kept for whoever
/// waits, and let go when nobody does.
#[derive(Clone, Default)]
struct Memory(Arc<Mutex<Vec<Vec<Block>>>>);

impl Memory {
    fn take(&self) -> Vec<Block> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    /// Ends the use of `blocks` and the `admitted` caller's stay in the queue.
    fn give_back(&self, blocks: Vec<Block>, admitted: OwnedSemaphorePermit) {
        let mut spare = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let queue = admitted.semaphore().clone();
        drop(admitted);
        if queue.available_permits() == ROOM {
            spare.clear();
        } else {
            spare.push(blocks);
        }
    }
}

/// Argon2 in memory that is lent to it.
struct Within<'m>(RefCell<&'m mut Vec<Block>>);

impl CustomizedPasswordHasher<PasswordHash> for Within<'_> {
    type Params = Params;

    fn hash_password_customized(
        &self,
        password: &[u8],
        salt: &[u8],
        algorithm: Option<&str>,
        version: Option<u32>,
        params: Params,
    ) -> Result<PasswordHash, HashError> {
        let algorithm = algorithm.map_or(Ok(Algorithm::Argon2id), Algorithm::try_from)?;
        let version = version.map_or(Ok(Version::V0x13), Version::try_from)?;
        let mut output = [0; Output::MAX_LENGTH];
        let length = params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN);
        let output = output.get_mut(..length).ok_or(HashError::OutputSize)?;
        let mut blocks = self.0.borrow_mut();
        let missing = params.block_count().saturating_sub(blocks.len());
        blocks.extend(std::iter::repeat_n(Block::new(), missing));
        Argon2::new(algorithm, version, params.clone()).hash_password_into_with_memory(
            password,
            salt,
            output,
            blocks.as_mut_slice(),
        )?;
        Ok(PasswordHash {
            algorithm: algorithm.ident(),
            version: Some(version.into()),
            params: ParamsString::try_from(&params)?,
            salt: Some(Salt::new(salt)?),
            hash: Some(Output::new(output)?),
        })
    }
}

fn broken(error: HashError) -> Error {
    Error::Corrupt(format!("password hash: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_kept_while_others_wait_and_then_let_go() {
        let (queue, memory) = (Arc::new(Semaphore::new(ROOM)), Memory::default());
        let admit = || queue.clone().try_acquire_owned().unwrap();
        let (first, second) = (admit(), admit());
        memory.give_back(vec![Block::new()], first);
        assert_eq!(memory.take().len(), 1);
        assert!(memory.take().is_empty());
        let third = admit();
        memory.give_back(vec![Block::new()], second);
        memory.give_back(vec![Block::new()], third);
        assert!(memory.take().is_empty());
    }
}
