//! Recovery codes: made together, shown once, each good for one sign-in.
use super::store;
use crate::{
    Domain, Error, Result,
    access::{Person, SignedIn},
    audit::{self, Change},
    crypto::hash_token,
    db::Conn,
    outbox::{self, SecurityNews},
};
use model::{PersonId, Refusal};
use serde_json::{Value, json};
use zeroize::Zeroizing;

/// How many are made at once.
pub(super) const COUNT: usize = 10;
/// Letters of a code; each of 32 kinds, so 50 bits. With a keyed hash in the database nobody can
/// try them out there.
const LETTERS: usize = 10;
/// Nothing that looks like something else.
const ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz234567890";
/// For so long the page that shows them may be opened, in milliseconds.
const SHOWN: i64 = 10 * 60 * 1000;

/// Replaces a person's codes; the new ones, sealed for the page that shows them once.
pub(super) async fn replace(
    domain: &Domain,
    conn: &mut Conn<'_>,
    signed_in: &SignedIn,
) -> Result<String> {
    let (person, now) = (&signed_in.person.id, domain.now());
    store::delete_codes(conn, person).await?;
    let mut codes = Zeroizing::new(format!("{}", now + SHOWN));
    for _ in 0..COUNT {
        let code = Zeroizing::new(make(domain));
        store::insert_code(conn, person, &hash(domain, person, &code), now).await?;
        codes.push('\n');
        codes.push_str(&code);
    }
    Ok(domain.keys.seal(&place(signed_in), codes.as_bytes()))
}

fn place(signed_in: &SignedIn) -> String {
    format!("recovery codes for {} in {}", signed_in.person.id, signed_in.session)
}

fn make(domain: &Domain) -> String {
    let letter = |byte: u8| char::from(ALPHABET[usize::from(byte & 31)]);
    domain.random_bytes::<LETTERS>().map(letter).iter().collect()
}

/// As stored: a keyed hash, bound to the person.
pub(super) fn hash(domain: &Domain, person: &PersonId, code: &str) -> String {
    domain.keys.token("recovery code", &format!("{person} {code}")).hash()
}

/// A code as typed, in the form in which it was made: case and dashes do not matter.
pub(super) fn normal(typed: &str) -> String {
    let letters = typed.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|c| c.to_ascii_lowercase()).map(|c| if c == 'o' { '0' } else { c }).collect()
}

/// The codes in `sealed`, in two halves each. Works once and for the session that made them.
///
/// # Errors
/// [`Refusal::LinkUsed`] the second time; [`Error::NotFound`] for anything else.
pub async fn shown(domain: &Domain, signed_in: &SignedIn, sealed: &str) -> Result<Vec<String>> {
    let opened = domain.keys.open(&place(signed_in), sealed).map_err(|_| Error::NotFound)?;
    let text = std::str::from_utf8(&opened).map_err(|_| Error::NotFound)?;
    let (until, codes) = text.split_once('\n').ok_or(Error::NotFound)?;
    let until: i64 = until.parse().map_err(|_| Error::NotFound)?;
    if until <= domain.now() {
        return Err(Refusal::LinkUsed.into());
    }
    let hash = hash_token(sealed);
    let spend = async move |conn: &mut Conn<'_>| crate::passkey::spend(conn, &hash, until).await;
    if !domain.db.write(spend).await? {
        return Err(Refusal::LinkUsed.into());
    }
    let halves = |code: &str| match code.split_at_checked(LETTERS / 2) {
        Some((first, second)) => format!("{first}-{second}"),
        None => code.to_owned(),
    };
    Ok(codes.lines().map(halves).collect())
}

/// Replaces the recovery codes; what [`shown`] shows.
///
/// # Errors
/// [`Refusal::ConfirmIdentity`]; [`Refusal::Gone`] where two-factor sign-in is off.
pub async fn new_codes(domain: &Domain, signed_in: &SignedIn) -> Result<String> {
    signed_in.recently_confirmed(domain.now())?;
    let (domain_, signed_in) = (domain.clone(), signed_in.clone());
    domain
        .db
        .write(async move |conn: &mut Conn<'_>| {
            let person = &signed_in.person;
            let active =
                store::lock(conn, &person.id).await?.filter(|row| row.confirmed_at.is_some());
            active.ok_or(Refusal::Gone)?;
            let sealed = replace(&domain_, conn, &signed_in).await?;
            outbox::tell(&domain_, conn, person, SecurityNews::RecoveryCodesNew).await?;
            let change = Change {
                chain: None,
                store: None,
                actor: person.id.as_str(),
                action: "two_factor.codes.renew",
                subject: person.id.as_str(),
                old: Value::Null,
                new: json!({ "codes": COUNT }),
            };
            audit::record(&domain_, conn, &signed_in.origin, change).await?;
            Ok::<_, Error>(sealed)
        })
        .await
}

/// Tells a person that one of their codes was used.
pub(crate) async fn tell_used(domain: &Domain, conn: &mut Conn<'_>, person: &Person) -> Result<()> {
    outbox::tell(domain, conn, person, SecurityNews::RecoveryCodeUsed).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_a_code_is_typed_does_not_matter() {
        assert_eq!(normal(" ABCDE-fgh2O "), "abcdefgh20");
        assert_eq!(normal("żółw"), "w");
        let mut letters = ALPHABET.to_vec();
        letters.sort_unstable();
        letters.dedup();
        assert_eq!(letters.len(), 32, "each letter is as likely as the others");
        assert!(!ALPHABET.contains(&b'o'), "what is typed as the letter O means zero");
    }
}
