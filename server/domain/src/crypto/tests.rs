use super::*;
use crate::Error;

fn keys() -> Keys {
    Keys::from_bytes([7; 32])
}

#[test]
fn tokens_are_made_again_from_the_id_and_differ_by_purpose_id_and_key() {
    let token = keys().token("invitation", "inv_1");
    assert_eq!(token.expose(), keys().token("invitation", "inv_1").expose());
    assert_eq!(token.expose().len(), 43);
    assert_ne!(token.expose(), keys().token("invitation", "inv_2").expose());
    assert_ne!(token.expose(), keys().token("registration", "inv_1").expose());
    assert_ne!(token.expose(), Keys::from_bytes([8; 32]).token("invitation", "inv_1").expose());
    assert_eq!(token.hash(), hash_token(token.expose()));
    assert_ne!(token.hash(), token.expose());
}

#[test]
fn debugging_shows_no_secret() {
    let token = keys().token("invitation", "inv_1");
    assert!(!format!("{token:?}").contains(token.expose()));
    assert_eq!(format!("{:?}", keys()), format!("Keys({})", keys().fingerprint()));
    assert_ne!(keys().fingerprint(), Keys::from_bytes([8; 32]).fingerprint());
}

#[tokio::test]
async fn a_password_is_verified_against_its_own_hash_only() {
    let passwords = Passwords::new();
    let hash = passwords.hash("correct horse".into(), [1; 16]).await.unwrap();
    assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
    assert!(passwords.verify("correct horse".into(), Some(hash.clone())).await.unwrap());
    assert!(!passwords.verify("wrong horse".into(), Some(hash.clone())).await.unwrap());
    assert!(!passwords.verify("correct horse".into(), None).await.unwrap());
    let broken = passwords.verify("x".into(), Some("plain".into())).await;
    assert!(matches!(broken, Err(Error::Corrupt(_))), "{broken:?}");
    assert_ne!(hash, passwords.hash("correct horse".into(), [2; 16]).await.unwrap());
}

#[tokio::test]
async fn beyond_its_length_the_queue_answers_busy() {
    let passwords = Passwords::new();
    let calls = (0..70).map(|_| passwords.verify("x".into(), None));
    let answers = futures::future::join_all(calls).await;
    let busy = answers.iter().filter(|a| matches!(a, Err(Error::Busy))).count();
    assert_eq!(busy, 4);
    assert!(!passwords.verify("x".into(), None).await.unwrap(), "it takes callers again");
}
