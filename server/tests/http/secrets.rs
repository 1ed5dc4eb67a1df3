//! What a thief of the database finds: none of the secrets that people and mails carry.
use crate::harness::{Client, TestApp};
use base64::{Engine as _, engine::general_purpose};
use domain::testing::{self, Dice, Proof, specimen};
use std::fmt::Write as _;

/// A secret and what it is.
type Secret = (&'static str, String);

/// A text that nobody else has.
fn word(dice: &mut Dice) -> String {
    (0..20).map(|_| (b'a' + u8::try_from(dice.below(26)).unwrap()) as char).collect()
}

/// Every way in which a secret may be written down.
fn spellings(secret: &str) -> Vec<String> {
    let hex = secret.bytes().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    });
    let url = general_purpose::URL_SAFE_NO_PAD.encode(secret);
    vec![
        secret.to_owned(),
        secret.to_lowercase().replace('-', ""),
        hex.to_uppercase(),
        hex,
        general_purpose::STANDARD_NO_PAD.encode(secret),
        url,
    ]
}

/// The value after a mark, up to the next of these letters.
fn after(text: &str, mark: &str, end: &[char]) -> String {
    let rest = text.split(mark).nth(1).unwrap_or_else(|| panic!("no {mark} in {text}"));
    rest.split(end).next().unwrap().to_owned()
}

fn cookie(client: &Client, name: &str) -> String {
    client.cookies[name].clone()
}

/// Somebody signs up, and everything that is secret about them.
async fn person(app: &TestApp, dice: &mut Dice, number: usize) -> Vec<Secret> {
    let (email, first, second) = (format!("ann{number}@lee.example"), word(dice), word(dice));
    let mut client = app.client();
    client
        .peer
        .set_ip(std::net::Ipv4Addr::from(0x0a00_0000 + u32::try_from(number).unwrap()).into());
    let fields = [
        ("first_name", "Ann"),
        ("last_name", "Lee"),
        ("email", &email),
        ("password", &first),
        ("phone", "+34915550100"),
        ("language", "en"),
        ("organization", "Lee"),
        ("store", "Lee's"),
        ("consent_data", "on"),
    ];
    client.post("/api/session/sign-up", &fields).await;
    let registration = mail_to(app, &email).await;
    app.t.advance(1);
    client.post("/api/session/confirm", &[("token", &registration), ("password", &first)]).await;
    let session = cookie(&client, "__Host-session");

    client.post("/api/account/forgot", &[("email", &email)]).await;
    let reset = mail_to(app, &email).await;
    app.t.advance(1);
    let new = format!("new{number}@lee.example");
    client.post("/api/me/email", &[("email", &new), ("password", &first)]).await;
    let change = mail_to(app, &new).await;
    client.post("/api/me/password", &[("current", &first), ("password", &second)]).await;
    let renewed = cookie(&client, "__Host-session");

    let begun = client.post("/api/me/two-factor/begin", &[]).await;
    let page = client.follow(&begun).await.text();
    let key = after(&page, "<code>", &['/']).replace("<!>", "").replace([' ', '<'], "");
    let code = testing::app_code_of(&key, app.t.domain.now());
    let shown = client.post("/api/me/two-factor/confirm", &[("code", &code)]).await;
    let page = client.follow(&shown).await.text();
    let codes = page.split("<li><code>").skip(1).filter_map(|rest| rest.split('<').next());
    let codes: Vec<Secret> = codes.map(|code| ("a recovery code", code.to_owned())).collect();
    assert_eq!(codes.len(), 10, "{page}");

    let mut other = app.client();
    other.peer = client.peer;
    other.post("/api/session/sign-in", &[("email", &email), ("password", &second)]).await;
    let step = cookie(&other, "__Host-step");
    other.post("/api/session/sign-in", &[("email", &email), ("password", "wr0ng gu3ss3d")]).await;
    let flash = cookie(&other, "flash");
    let mut secrets = vec![
        ("a password", first),
        ("a password", second),
        ("a password that was wrong", "wr0ng gu3ss3d".to_owned()),
        ("the link of a sign-up", registration),
        ("the link of a reset", reset),
        ("the link of a new address", change),
        ("a session", session),
        ("a session", renewed),
        ("the key of an authenticator", key),
        ("half a sign-in", step),
        ("what a form left", flash),
    ];
    secrets.extend(codes);
    secrets.extend(company(app, &mut client, dice).await);
    secrets
}

/// Everything that is secret about somebody's store and organization.
async fn company(app: &TestApp, client: &mut Client, dice: &mut Dice) -> Vec<Secret> {
    let stores = client.get("/stores").await.text();
    let store = format!("sto_{}", &after(&stores, "sto_", &['"', '/', '<'])[..32]);
    let organizations = client.get("/organizations").await.text();
    let organization = format!("org_{}", &after(&organizations, "org_", &['"', '/', '<'])[..32]);
    let fields = [("organization", organization.as_str()), ("store", store.as_str())];
    let made = client.post("/api/security/shops/secret", &fields).await;
    let shop = format!("shs_{}", &after(&client.follow(&made).await.text(), "shs_", &['<'])[..43]);

    let provider = word(dice);
    let fields = [
        ("organization", organization.as_str()),
        ("issuer", "https://login.example"),
        ("client", "client"),
        ("secret", &provider),
        ("role", "marketer"),
    ];
    let saved = client.fetch("/api/security/single-sign-on/save", &fields).await;
    assert!(saved.text().contains("\"done\""), "{}", saved.text());

    let invited = format!("{}@lee.example", word(dice));
    let fields = [("store", store.as_str()), ("email", &invited), ("role", "marketer")];
    client.post("/api/members/invite", &fields).await;
    let invitation = mail_to(app, &invited).await;

    let setting = word(dice);
    save_specimen(client, &store, &setting).await;
    vec![
        ("a shop's secret", shop),
        ("a provider's secret", provider),
        ("the link of an invitation", invitation),
        ("a secret setting", setting),
    ]
}

/// Saves a section with a field of each kind.
async fn save_specimen(client: &mut Client, store: &str, secret: &str) {
    use model::settings::Settings as _;
    let section = specimen::Specimen::SECTION;
    let mut fields = testing::samples::complete(section);
    fields.push(("secret".to_owned(), secret.to_owned()));
    let head = [("_store", store), ("_group", section.group.key()), ("_section", section.key)];
    let mut parts: Vec<(&str, Option<&str>, &[u8])> =
        head.iter().map(|(name, value)| (*name, None, value.as_bytes())).collect();
    parts.push(("_version", None, b"0"));
    parts.extend(fields.iter().map(|(name, value)| (name.as_str(), None, value.as_bytes())));
    let saved = client.fetch_upload("/api/settings/save", &parts).await;
    assert!(saved.text().contains("\"done\""), "{}", saved.text());
}

/// The token in the link of the newest mail to an address.
async fn mail_to(app: &TestApp, to: &str) -> String {
    let (domain, t) = (app.t.in_demo_mode(), model::text::Texts::of(Default::default()));
    let mails = domain::mailbox::list(&domain, t).await.unwrap();
    let mail = mails.iter().find(|mail| mail.to == to).expect("a mail");
    let mail = domain::mailbox::get(&domain, t, &mail.id).await.unwrap().unwrap();
    mail.link.unwrap().rsplit('/').next().unwrap().to_owned()
}

/// Everything that a thief gets: all rows and, of SQLite, the very bytes of its files, in which
/// what was deleted may still stand.
async fn loot(app: &TestApp) -> String {
    let rows = app.t.dump(&[]).await.into_values().flatten();
    let mut loot = rows.collect::<Vec<_>>().join("\n");
    if let Some(file) = app.t.url.strip_prefix("sqlite:") {
        for end in ["", "-wal"] {
            let bytes = std::fs::read(format!("{file}{end}")).unwrap_or_default();
            loot += &String::from_utf8_lossy(&bytes);
        }
    }
    loot
}

domain::both_engines! {
    async fn prove_no_secret_is_in_the_database(t: TestDomain) {
        let proof = Proof::of(format!("R28 secrets in a dump, {:?}", t.engine));
        specimen::install();
        let app = TestApp::new(t);
        let (people, mut dice) = (proof.length(1, 25), proof.dice(0));
        let mut secrets = vec![("the key", "\u{7}".repeat(32))];
        for number in 1..=people {
            secrets.extend(person(&app, &mut dice, number).await);
        }
        let loot = loot(&app).await;
        assert!(loot.contains("ann1@lee.example"), "what is no secret is there");
        for (what, secret) in &secrets {
            assert!(secret.len() > 7, "{what} is {secret:?}");
            for spelling in spellings(secret) {
                assert!(!loot.contains(&spelling), "{what} is in the database: {spelling}");
            }
        }
        let bytes = loot.len() / 1000;
        proof.holds(&format!("{} secrets of {people} people, six spellings, in {bytes} kB", secrets.len()));
    }
}
