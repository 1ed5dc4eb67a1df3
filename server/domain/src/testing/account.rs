//! People with second factors and passkeys, and the links that account mails carry.
use crate::{
    Domain,
    access::SignedIn,
    account,
    crypto::Token,
    db::{Conn, sql},
    passkey, password_reset, row, session,
    testing::Authenticator,
    two_factor,
};
use model::{EmailChangeId, PasskeyId, ResetId};

/// The secret of every test's app.
pub const TOTP_SECRET: [u8; 20] = *b"12345678901234567890";

row! { struct IdRow { id: String } }

/// Turns two-factor sign-in on for somebody; their recovery codes.
pub async fn two_factor(domain: &Domain, somebody: &SignedIn) -> Vec<String> {
    two_factor::turn_on(domain, somebody, &TOTP_SECRET).await.expect("two-factor sign-in")
}

/// The code that a test's app shows now.
pub fn app_code(domain: &Domain) -> String {
    app_code_at(domain.now())
}

/// The code that a test's app shows at a time (Unix milliseconds).
pub fn app_code_at(now: i64) -> String {
    two_factor::code_at(&TOTP_SECRET, now).expect("a code")
}

/// The code at a time (Unix milliseconds) of an app into which this key was typed.
pub fn app_code_of(key: &str, now: i64) -> String {
    let secret = totp_rs::Secret::try_from_base32(key.replace(' ', "")).expect("a key");
    two_factor::code_at(secret.as_bytes(), now).expect("a code")
}

/// Gives somebody a passkey; the device that holds it.
pub async fn passkey(
    domain: &Domain,
    somebody: &SignedIn,
    name: &str,
) -> (PasskeyId, Authenticator) {
    let somebody = confirm_again_in_place(domain, somebody);
    let offer = passkey::offer_new(domain, &somebody).await.expect("an offer");
    let mut device = Authenticator::new(domain);
    let answer = device.create(&offer.options);
    passkey::add(domain, &somebody, name, &offer.state, &answer).await.expect("a passkey");
    let all = passkey::list(domain, &somebody).await.expect("the passkeys");
    (all.last().expect("one").id.clone(), device)
}

/// The session as if its person had just proved who they are; its cookie stays as it is.
fn confirm_again_in_place(domain: &Domain, somebody: &SignedIn) -> SignedIn {
    SignedIn { confirmed_at: domain.now(), ..somebody.clone() }
}

/// Somebody who proves again who they are: their session as it is then.
pub async fn confirm_again(domain: &Domain, somebody: &SignedIn) -> SignedIn {
    let (domain_, session) = (domain.clone(), somebody.session.clone());
    let write = async move |conn: &mut Conn<'_>| session::renew(&domain_, conn, &session).await;
    let token = domain.db.write(write).await.expect("a live session");
    let found = session::find(domain, token.expose(), somebody.origin.clone()).await;
    found.expect("the database").expect("the session")
}

/// The token in the newest mail that sets a new password.
pub async fn reset_token(domain: &Domain) -> Token {
    let id =
        newest(domain, "SELECT id FROM password_reset ORDER BY created_at DESC, id DESC LIMIT 1");
    let id: ResetId = id.await.parse().expect("an identifier");
    domain.keys.token(password_reset::TOKEN, id.as_str())
}

/// The token in the newest mail that confirms an e-mail address.
pub async fn email_change_token(domain: &Domain) -> Token {
    let id =
        newest(domain, "SELECT id FROM email_change ORDER BY created_at DESC, id DESC LIMIT 1");
    let id: EmailChangeId = id.await.parse().expect("an identifier");
    domain.keys.token(account::EMAIL_TOKEN, id.as_str())
}

async fn newest(domain: &Domain, text: &'static str) -> String {
    let read = async |conn: &mut Conn<'_>| sql(text).one::<IdRow>(conn).await;
    domain.db.read(read).await.expect("a row").id
}
