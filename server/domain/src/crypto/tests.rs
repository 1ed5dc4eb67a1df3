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

#[test]
fn what_is_sealed_opens_with_its_key_at_its_place_only() {
    let sealed = keys().seal("two_factor.secret per_1", b"a secret");
    assert_eq!(keys().open("two_factor.secret per_1", &sealed).unwrap().as_slice(), b"a secret");
    assert!(sealed.starts_with(&format!("1.{}.", &keys().fingerprint()[..8])), "{sealed}");
    assert!(!sealed.contains("a secret"));
    let empty = keys().seal("place", b"");
    assert!(keys().open("place", &empty).unwrap().is_empty());
    // Another key.
    let other = Keys::from_bytes([8; 32]).open("two_factor.secret per_1", &sealed);
    assert!(matches!(other, Err(Error::Corrupt(why)) if why.contains("another key")));
    // Another place, also where somebody moved it.
    for place in ["two_factor.secret per_2", "two_factor.secret per_", ""] {
        assert!(matches!(keys().open(place, &sealed), Err(Error::Corrupt(_))), "{place}");
    }
    // The same value twice tells nothing about others, and other values have other nonces.
    assert_ne!(sealed, keys().seal("two_factor.secret per_2", b"a secret"));
    assert_ne!(sealed, keys().seal("two_factor.secret per_1", b"a secreT"));
}

#[test]
fn what_was_cut_or_changed_does_not_open() {
    let sealed = keys().seal("place", b"a secret");
    for end in 0..sealed.len() {
        assert!(matches!(keys().open("place", &sealed[..end]), Err(Error::Corrupt(_))), "{end}");
    }
    for index in 0..sealed.len() {
        let mut bytes = sealed.clone().into_bytes();
        bytes[index] = if bytes[index] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(bytes).unwrap();
        // The last character holds spare bits, which the decoder refuses as well.
        assert!(matches!(keys().open("place", &changed), Err(Error::Corrupt(_))), "{changed}");
    }
    for text in ["", ".", "..", "1..", "1.x.", "2.a.b", "żółw.ż.ż"] {
        assert!(matches!(keys().open("place", text), Err(Error::Corrupt(_))), "{text}");
    }
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
    let calls = (0..ROOM + 4).map(|_| passwords.verify("x".into(), None));
    let answers = futures::future::join_all(calls).await;
    let busy = answers.iter().filter(|a| matches!(a, Err(Error::Busy))).count();
    assert_eq!(busy, 4);
    assert!(!passwords.verify("x".into(), None).await.unwrap(), "it takes callers again");
}
