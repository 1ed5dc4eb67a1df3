//! A person's own account: second factor, passkeys, forgotten password, confirmations, sessions.
use crate::harness::{Answer, Client, ORIGIN, TestApp};
use domain::testing::{self, Authenticator};
use model::{text::Texts, view::MailView};

const EMAIL: &str = "ann@lee.example";
const PASSWORD: &str = "correct horse battery";
const NEW: &str = "staple of all trades";
const QUARTER: i64 = 15 * 60 * 1000;

/// Signs in by the form; where it leads to.
async fn sign_in(client: &mut Client, password: &str, next: &str) -> String {
    let fields = [("email", EMAIL), ("password", password), ("next", next)];
    client.post("/api/session/sign-in", &fields).await.location().to_owned()
}

/// A browser in which Ann has signed in by password.
async fn ann(app: &TestApp) -> Client {
    testing::with_password(&app.t.domain, EMAIL, PASSWORD).await;
    let mut client = app.client();
    assert_eq!(sign_in(&mut client, PASSWORD, "/me").await, "/me");
    client
}

/// The value of a hidden field in a page.
fn hidden(page: &Answer, name: &str) -> String {
    value(&page.text(), name)
}

fn value(text: &str, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let start = text.find(&mark).unwrap_or_else(|| panic!("no {name} in {text}")) + mark.len();
    let value = &text[start..start + text[start..].find('"').unwrap()];
    value.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// The newest mail to an address.
async fn mail_to(app: &TestApp, to: &str) -> MailView {
    let (domain, t) = (app.t.in_demo_mode(), Texts::of(Default::default()));
    let mails = domain::mailbox::list(&domain, t).await.unwrap();
    let newest = mails.iter().find(|mail| mail.to == to).expect("a mail");
    domain::mailbox::get(&domain, t, &newest.id).await.unwrap().unwrap()
}

fn path_of(mail: &MailView) -> String {
    mail.link.as_deref().unwrap().strip_prefix(ORIGIN).unwrap().to_owned()
}

domain::both_engines! {
    async fn a_second_factor_is_asked_for_before_there_is_a_session(t: TestDomain) {
        let app = TestApp::new(t);
        let ann = testing::with_password(&app.t.domain, EMAIL, PASSWORD).await;
        let codes = testing::two_factor(&app.t.domain, &ann).await;
        let mut client = app.client();
        let step = sign_in(&mut client, PASSWORD, "/stores?q=1").await;
        assert_eq!(step, "/account/verify?next=/stores%3Fq%3D1");
        assert!(!client.cookies.contains_key("__Host-session"));
        assert!(client.cookies.contains_key("__Host-step"));
        let page = client.get(&step).await;
        assert!(page.text().contains("name=\"code\""), "{}", page.text());
        assert_eq!(client.get("/stores").await.code(), 302, "a step opens nothing");
        // A wrong code comes back with a fault.
        let wrong = client.post("/api/account/verify", &[("code", "000000"), ("next", "/stores?q=1")]).await;
        assert_eq!(wrong.location(), step);
        assert!(client.follow(&wrong).await.text().contains("This code is not valid"));
        let code = testing::app_code(&app.t.domain);
        let fields = [("code", code.as_str()), ("next", "/stores?q=1")];
        let stolen = client.clone();
        let done = client.post("/api/account/verify", &fields).await;
        assert_eq!(done.location(), "/stores?q=1");
        assert!(client.cookies.contains_key("__Host-session") && !client.cookies.contains_key("__Host-step"));
        assert_eq!(client.get("/stores").await.code(), 200);
        let mut stolen = stolen;
        stolen.post("/api/account/verify", &fields).await;
        assert!(!stolen.cookies.contains_key("__Host-session"), "neither step nor code twice");
        // A recovery code does as well.
        let mut client = app.client();
        sign_in(&mut client, PASSWORD, "").await;
        let done = client.post("/api/account/verify", &[("code", codes[0].as_str())]).await;
        assert_eq!(done.location(), "/");
        // Without a step the page says what to do, and elsewhere does not lead away.
        assert!(app.client().get("/account/verify").await.text().contains("Sign in again"));
        let mut client = app.client();
        sign_in(&mut client, PASSWORD, "//evil.example").await;
        let fields = [("code", codes[1].as_str()), ("next", "//evil.example")];
        assert_eq!(client.post("/api/account/verify", &fields).await.location(), "/");
    }

    async fn a_forgotten_password_is_replaced_by_a_mails_link(t: TestDomain) {
        let app = TestApp::new(t);
        let mut here = ann(&app).await;
        let mut client = app.client();
        let known = client.fetch("/api/account/forgot", &[("email", EMAIL)]).await;
        let unknown = client.fetch("/api/account/forgot", &[("email", "nobody@lee.example")]).await;
        assert_eq!((known.code(), known.text()), (unknown.code(), unknown.text()));
        assert_eq!(client.get("/account/forgot/sent").await.code(), 200);
        let link = app.last_link().await;
        let page = client.get(&link).await;
        assert!(page.text().contains(EMAIL));
        let token = link.rsplit('/').next().unwrap();
        let short = client.post("/api/account/reset", &[("token", token), ("password", "short")]).await;
        assert_eq!(short.location(), link);
        app.t.advance(1);
        let done = client.post("/api/account/reset", &[("token", token), ("password", NEW)]).await;
        assert_eq!(done.location(), "/sign-in");
        assert!(!client.cookies.contains_key("__Host-session"), "the link signs nobody in");
        assert_eq!(here.get("/me").await.code(), 302, "all sessions ended");
        assert_eq!(sign_in(&mut client, NEW, "/me").await, "/me");
        assert!(mail_to(&app, EMAIL).await.text.contains("was changed"));
        assert!(app.client().get(&link).await.text().contains("This link was used already"));
    }

    async fn dangerous_things_ask_again_who_is_there(t: TestDomain) {
        let app = TestApp::new(t);
        let mut client = ann(&app).await;
        app.t.advance(QUARTER);
        for path in ["/me/security/two-factor/off", "/me/security/codes/new", "/me/security/passkeys/new"] {
            let sent = client.get(path).await;
            assert_eq!(sent.location(), format!("/account/confirm?next={path}"));
        }
        // A script gets the question in place of the page.
        let asked = client.read("/api/panel", &[("path", "/me/security/passkeys/new")]).await;
        assert_eq!(asked.code(), 200);
        assert!(asked.text().contains("/api/account/confirm") && asked.text().contains("/me/security/passkeys/new"));
        // So does a form.
        let sent = client.post("/api/me/two-factor/begin", &[]).await;
        assert_eq!(sent.location(), "/account/confirm?next=/me/security");
        let page = client.follow(&sent).await;
        assert!(page.text().contains("name=\"password\""));
        let wrong = client.post("/api/account/confirm", &[("password", "s3cret guess"), ("next", "/me/security")]).await;
        assert_eq!(wrong.location(), "/account/confirm?next=/me/security");
        let before = client.cookies["__Host-session"].clone();
        let done = client.post("/api/account/confirm", &[("password", PASSWORD), ("next", "/me/security")]).await;
        assert_eq!(done.location(), "/me/security");
        assert_ne!(client.cookies["__Host-session"], before);
        assert_eq!(client.get("/me/security/passkeys/new").await.code(), 200);
        let mut old = app.client();
        old.cookies.insert("__Host-session".into(), before);
        assert_eq!(old.get("/me").await.code(), 302);
        let dump = format!("{:?}", app.t.dump(&[]).await);
        assert!(!dump.contains(PASSWORD) && !dump.contains("s3cret"), "no flash keeps a secret");
    }

    async fn recovery_codes_are_shown_once(t: TestDomain) {
        let app = TestApp::new(t);
        let mut client = ann(&app).await;
        let begun = client.post("/api/me/two-factor/begin", &[]).await;
        assert_eq!(begun.location(), "/me/security/two-factor");
        let page = client.follow(&begun).await;
        assert!(page.text().contains("data:image/svg+xml;base64,"));
        let text = page.text();
        let key = text.split("<code>").nth(1).unwrap().split("</code>").next().unwrap();
        let key = key.replace("<!>", "").replace(' ', "");
        assert_eq!(key.len(), 32, "{key}");
        let wrong = client.post("/api/me/two-factor/confirm", &[("code", "000000")]).await;
        assert_eq!(wrong.location(), "/me/security/two-factor");
        let again = client.get("/me/security/two-factor").await.text();
        assert!(again.contains(&key[..4]), "the secret stays the same");
        let code = testing::app_code_of(&key, app.t.domain.now());
        let done = client.post("/api/me/two-factor/confirm", &[("code", &code)]).await;
        assert!(done.location().starts_with("/me/security/codes?codes="), "{}", done.location());
        let shown = client.follow(&done).await.text();
        assert_eq!(shown.matches("<li><code>").count(), 10, "{shown}");
        let again = client.get(done.location()).await.text();
        assert!(again.contains("The codes were shown already") && !again.contains("<li><code>"));
        assert!(client.get("/me/security").await.text().contains("10 codes left"));
        assert_eq!(mail_to(&app, EMAIL).await.summary.subject, "Two-factor sign-in is on");
    }

    async fn a_passkey_is_added_and_signs_in(t: TestDomain) {
        let app = TestApp::new(t);
        let mut client = ann(&app).await;
        let page = client.get("/me/security/passkeys/new").await;
        let mut device = Authenticator::new(&app.t.domain);
        let (state, answer) = (hidden(&page, "state"), device.create(&hidden(&page, "options")));
        let fields = [("name", "My <phone>"), ("state", &state), ("credential", &answer)];
        assert_eq!(client.post("/api/me/passkeys/add", &fields).await.location(), "/me/security");
        let listed = client.get("/me/security").await.text();
        assert!(listed.contains("My &lt;phone&gt;"), "{listed}");
        let mut other = app.client();
        let page = other.get("/account/passkey?next=/me").await;
        let (state, answer) = (hidden(&page, "state"), device.get(&hidden(&page, "options")));
        let fields = [("state", state.as_str()), ("credential", &answer), ("next", "/me")];
        let done = other.post("/api/account/passkey", &fields).await;
        assert_eq!(done.location(), "/me");
        assert_eq!(other.get("/me").await.code(), 200);
        // Without script there is no answer: the page says so.
        let none = app.client().fetch("/api/account/passkey", &[("state", &state)]).await;
        assert!(none.text().contains("passkey_not_used"), "{}", none.text());
        // Its pop-ups.
        let id = listed.split("/me/security/passkeys/").find_map(|part| part.starts_with("pky_").then(|| part[..36].to_owned())).unwrap();
        for what in ["rename", "remove"] {
            let page = client.get(&format!("/me/security/passkeys/{id}/{what}")).await;
            assert_eq!(page.code(), 200);
            assert!(page.text().contains("My &lt;phone&gt;"));
        }
        client.post("/api/me/passkeys/rename", &[("passkey", &id), ("name", "Old phone")]).await;
        assert!(client.get("/me/security").await.text().contains("Old phone"));
        client.post("/api/me/passkeys/remove", &[("passkey", &id)]).await;
        assert!(client.get("/me/security").await.text().contains("No passkeys yet"));
    }

    async fn a_new_address_is_confirmed_and_the_old_one_told_without_a_link(t: TestDomain) {
        let app = TestApp::new(t);
        let mut client = ann(&app).await;
        let fields = [("email", "new@lee.example"), ("password", PASSWORD)];
        assert_eq!(client.post("/api/me/email", &fields).await.location(), "/me/email");
        let told = mail_to(&app, EMAIL).await;
        assert!(told.link.is_none() && !told.text.contains("http"), "{}", told.text);
        assert!(told.text.replace('\u{200b}', "").contains("new@lee.example"));
        let link = path_of(&mail_to(&app, "new@lee.example").await);
        assert!(app.client().get(&link).await.text().contains("new@lee.example"));
        let token = link.rsplit('/').next().unwrap();
        let done = app.client().post("/api/account/email", &[("token", token)]).await;
        assert_eq!(done.location(), "/sign-in");
        assert!(client.get("/me/email").await.text().contains("new@lee.example"));
        assert!(mail_to(&app, EMAIL).await.link.is_none());
    }

    async fn sessions_are_seen_and_ended(t: TestDomain) {
        let app = TestApp::new(t);
        let mut here = ann(&app).await;
        let mut there = app.client().with("user-agent", "Mozilla/5.0 (Windows NT 10.0; rv:133.0) Gecko/20100101 Firefox/133.0");
        sign_in(&mut there, PASSWORD, "/me").await;
        let page = here.get("/me/sessions").await;
        assert!(page.text().contains("This device") && page.text().contains("Firefox on Windows"), "{}", page.text());
        let text = page.text();
        let session = value(text.split("Firefox on Windows").nth(1).unwrap(), "session");
        let done = here.post("/api/me/sessions/end", &[("session", &session)]).await;
        assert_eq!(done.location(), "/me/sessions");
        assert_eq!(there.get("/me").await.code(), 302);
        sign_in(&mut there, PASSWORD, "/me").await;
        assert!(here.get("/me/sessions/end-others").await.text().contains("Only this device"));
        here.post("/api/me/sessions/end-others", &[]).await;
        assert_eq!(there.get("/me").await.code(), 302);
        assert_eq!(here.get("/me").await.code(), 200);
    }

    async fn profile_and_password_are_changed_by_plain_forms(t: TestDomain) {
        let app = TestApp::new(t);
        let mut client = ann(&app).await;
        let fields = [
            ("first_name", "Anna"), ("last_name", "Lee"), ("phone", ""), ("language", "pl"),
            ("time_zone", "Europe/Warsaw"), ("theme", "dark"),
        ];
        assert_eq!(client.post("/api/me/profile", &fields).await.location(), "/me");
        let page = client.get("/me").await.text();
        assert!(page.contains("lang=\"pl\" data-theme=\"dark\"") && page.contains("value=\"Anna\""), "{page}");
        let before = client.cookies["__Host-session"].clone();
        let fields = [("current", PASSWORD), ("password", NEW)];
        assert_eq!(client.post("/api/me/password", &fields).await.location(), "/me/password");
        assert_ne!(client.cookies["__Host-session"], before);
        assert_eq!(client.get("/me").await.code(), 200);
        assert_eq!(sign_in(&mut app.client(), NEW, "/me").await, "/me");
    }
}
