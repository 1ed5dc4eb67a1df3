use crate::{Failure, report};
use argon2::{Algorithm, Argon2, Params, Version};
use std::time::Instant;

/// Hashes passwords with the parameters of the program's own hashes, and prints how many a second.
pub fn hashes(seconds: f64) -> Result<(), Failure> {
    let params = Params::new(19 * 1024, 2, 1, None).map_err(|error| error.to_string())?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let (start, mut count, mut out) = (Instant::now(), 0_u32, [0; 32]);
    while start.elapsed().as_secs_f64() < seconds {
        let salt = u128::from(count).to_be_bytes();
        let hashed = argon2.hash_password_into(b"correct horse battery", &salt, &mut out);
        hashed.map_err(|error| error.to_string())?;
        count += 1;
    }
    report::say(&format!("{}", f64::from(count) / start.elapsed().as_secs_f64()));
    Ok(())
}
