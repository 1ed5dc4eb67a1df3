use super::{Expected, OPEN, REFUSED, Surprises, UNASKED, expect, world};
use crate::harness::{Actor, Answer, Client, TestApp, World};
use domain::testing;
use http::Method;
use std::collections::BTreeSet;

/// How a function is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Reads; its arguments stand in the query string.
    Read,
    /// Changes something.
    Change,
    /// Changes something of the caller's own browser or session only.
    Own,
    /// Changes something and takes files.
    Upload,
    /// Takes a form as with files and keeps it for the next page of the same person only.
    Prepare,
}
use How::{Change, Own, Prepare, Read, Upload};

pub type Fields = Vec<(&'static str, String)>;
/// A server function: its address, how it is called, arguments, and the status that each actor
/// gets when a script calls it.
pub type Row = (&'static str, How, fn(&TestApp, &World) -> Fields, Expected);

const SIGNED_IN: Expected = expect(401, 200, 200, 200);
const ADMINISTRATORS: Expected = expect(401, 404, 403, 200);
/// For who may look at the store's settings.
const LOOKERS: Expected = ADMINISTRATORS.custom(200);

/// It belongs to none of them.
const NOBODYS: Expected = expect(401, 404, 404, 404);
const PASSKEY: &str = "pky_00000000000000000000000000000001";

fn security_of(_: &TestApp, w: &World) -> Fields {
    vec![("organization", w.company.organization.to_string())]
}

fn with(mut fields: Fields, name: &'static str, value: &str) -> Fields {
    fields.push((name, value.to_owned()));
    fields
}

fn store(w: &World) -> (&'static str, String) {
    ("store", w.company.store.to_string())
}

/// For whoever manages the organization.
const MANAGERS: Expected = expect(401, 404, 403, 403).manager(200);

fn organization(w: &World) -> (&'static str, String) {
    ("organization", w.company.organization.to_string())
}

fn person(w: &World) -> (&'static str, String) {
    ("person", w.person.to_string())
}

fn invitation(w: &World) -> (&'static str, String) {
    ("invitation", w.invitation.to_string())
}

/// What only the one may know who prepared it: whoever may prepare such things does not find it.
const UNKNOWN: Expected = expect(401, 404, 403, 403).manager(404);

fn check_lock(_: &TestApp, w: &World) -> Fields {
    vec![
        ("_organization", w.company.organization.to_string()),
        ("_section", "store-details".into()),
        ("_field", "country".into()),
        ("lock.rule", "value".into()),
        ("lock.reason", "Why not".into()),
        ("country", "PL".into()),
    ]
}

fn choose_settings(_: &TestApp, w: &World) -> Fields {
    vec![
        organization(w),
        ("source", w.company.store.to_string()),
        ("fields[]", "store-details.country".into()),
    ]
}

fn draft(_: &TestApp, w: &World) -> Fields {
    vec![organization(w), ("draft", "unknown".into())]
}

fn none(_: &TestApp, _: &World) -> Fields {
    Vec::new()
}

fn sign_up(_: &TestApp, w: &World) -> Fields {
    let fields = [
        ("first_name", "Ann"),
        ("last_name", "Lee"),
        ("password", "correct horse battery"),
        ("phone", "+34915550100"),
        ("language", "en"),
        ("organization", "Lee"),
        ("store", "Lee's"),
        ("consent_data", "on"),
    ];
    let mut fields: Fields =
        fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    fields.push(("email", format!("ann@new-{}.example", w.name)));
    fields
}

fn save(_: &TestApp, w: &World) -> Fields {
    vec![
        ("_store", w.company.store.to_string()),
        ("_group", "general".into()),
        ("_section", "store-details".into()),
        ("_version", "1".into()),
        ("name", "Renamed".into()),
        ("store_url", "https://shop.example".into()),
        ("contact_email", "a@shop.example".into()),
    ]
}

fn save_information(_: &TestApp, w: &World) -> Fields {
    vec![
        ("_organization", w.company.organization.to_string()),
        ("_group", "organization".into()),
        ("_section", "information".into()),
        ("_version", "1".into()),
        ("name", "Renamed".into()),
    ]
}

/// A section that somebody has open.
fn spot(_: &TestApp, w: &World) -> Fields {
    vec![("place", w.company.store.to_string()), ("section", "store-details".into())]
}

/// Every server function.
pub const ROWS: &[Row] = &[
    (
        "/api/session/sign-in",
        Own,
        |_, _| vec![("email", "x@y.example".into()), ("password", "wrong".into())],
        OPEN,
    ),
    ("/api/session/sign-out", Own, none, OPEN),
    // One address signs up so often only: that somebody else does so is tested elsewhere.
    ("/api/session/sign-up", Own, sign_up, OPEN),
    ("/api/session/confirm", Own, |_, _| vec![("token", "unknown".into())], OPEN),
    ("/api/session/accept", Own, |_, _| vec![("token", "unknown".into())], OPEN),
    ("/api/session/language", Own, |_, _| vec![("language", "fr".into())], OPEN),
    ("/api/session/theme", Own, |_, _| vec![("theme", "dark".into())], OPEN),
    ("/api/session/viewer", Read, none, SIGNED_IN),
    ("/api/panel", Read, |_, _| vec![("path", "/nowhere".into())], expect(404, 404, 404, 404)),
    ("/api/settings/save", Upload, save, ADMINISTRATORS),
    ("/api/settings/save", Upload, save_information, MANAGERS),
    (
        "/api/settings/put-back",
        Own,
        |_, w| {
            let fields =
                [("section", "store-details"), ("what", "return"), ("version", "1"), ("seen", "1")];
            let fields = fields.map(|(name, value)| (name, value.to_owned()));
            [vec![("place", w.company.store.to_string())], fields.to_vec()].concat()
        },
        ADMINISTRATORS,
    ),
    ("/api/presence/stay", Own, spot, LOOKERS),
    ("/api/presence/leave", Own, spot, LOOKERS),
    (
        "/api/members/invite",
        Change,
        |_, w| {
            vec![
                store(w),
                ("email", format!("new@{}.example", w.name)),
                ("role", "marketer".into()),
            ]
        },
        ADMINISTRATORS,
    ),
    (
        "/api/members/role",
        Change,
        |_, w| vec![store(w), ("member", w.member.to_string()), ("role", "administrator".into())],
        ADMINISTRATORS,
    ),
    (
        "/api/members/remove",
        Change,
        |_, w| vec![store(w), ("member", w.member.to_string())],
        ADMINISTRATORS,
    ),
    (
        "/api/audit/check",
        Change,
        |_, w| vec![("organization", w.company.organization.to_string())],
        MANAGERS,
    ),
    ("/api/account/verify", Own, |_, _| vec![("code", "000000".into())], OPEN),
    ("/api/account/verify-passkey", Own, |_, _| vec![("state", "x".into())], OPEN),
    ("/api/account/passkey", Own, |_, _| vec![("state", "x".into())], OPEN),
    (
        "/api/account/forgot",
        Own,
        |_, w| vec![("email", format!("ad.min@{}.example", w.name))],
        OPEN,
    ),
    (
        "/api/account/reset",
        Own,
        |_, _| vec![("token", "unknown".into()), ("password", "three blind mice".into())],
        OPEN,
    ),
    ("/api/account/email", Own, |_, _| vec![("token", "unknown".into())], OPEN),
    ("/api/account/confirm", Own, |_, _| vec![("password", "wrong".into())], SIGNED_IN),
    ("/api/account/confirm-code", Own, |_, _| vec![("code", "000000".into())], SIGNED_IN),
    ("/api/account/confirm-passkey", Own, |_, _| vec![("state", "x".into())], SIGNED_IN),
    (
        "/api/me/profile",
        Change,
        |_, _| {
            vec![
                ("first_name", "New".into()),
                ("last_name", "Name".into()),
                ("language", "pl".into()),
                ("theme", "dark".into()),
            ]
        },
        SIGNED_IN,
    ),
    (
        "/api/me/email",
        Own,
        |_, _| vec![("email", "new@shop.example".into()), ("password", "wrong".into())],
        SIGNED_IN,
    ),
    (
        "/api/me/password",
        Own,
        |_, _| vec![("current", "wrong".into()), ("password", "three blind mice".into())],
        SIGNED_IN,
    ),
    (
        "/api/me/sessions/end",
        Own,
        |_, _| vec![("session", "ses_00000000000000000000000000000001".into())],
        NOBODYS,
    ),
    ("/api/me/sessions/end-others", Own, none, SIGNED_IN),
    ("/api/me/two-factor/begin", Change, none, SIGNED_IN),
    ("/api/me/two-factor/cancel", Own, none, SIGNED_IN),
    ("/api/me/two-factor/confirm", Own, |_, _| vec![("code", "000000".into())], SIGNED_IN),
    ("/api/me/two-factor/off", Own, none, SIGNED_IN),
    ("/api/me/codes/new", Own, none, SIGNED_IN),
    (
        "/api/me/passkeys/add",
        Own,
        |_, _| vec![("name", "Phone".into()), ("state", "x".into())],
        SIGNED_IN,
    ),
    (
        "/api/me/passkeys/rename",
        Change,
        |_, _| vec![("passkey", PASSKEY.into()), ("name", "Mine".into())],
        NOBODYS,
    ),
    ("/api/me/passkeys/remove", Change, |_, _| vec![("passkey", PASSKEY.into())], NOBODYS),
    (
        "/api/security/two-factor",
        Change,
        |app, w| with(with(security_of(app, w), "on", "on"), "from", "2026-03-02"),
        MANAGERS,
    ),
    (
        "/api/security/sessions",
        Change,
        |app, w| with(security_of(app, w), "idle", "3600000"),
        MANAGERS,
    ),
    (
        "/api/security/invitation-domains",
        Change,
        |app, w| with(security_of(app, w), "domains", "lee.example"),
        MANAGERS,
    ),
    // It is off already.
    ("/api/security/addresses/only", Own, security_of, MANAGERS),
    (
        "/api/security/addresses/add",
        Change,
        |app, w| with(security_of(app, w), "network", "192.0.2.1"),
        MANAGERS,
    ),
    (
        "/api/security/addresses/remove",
        Own,
        |app, w| with(security_of(app, w), "rule", "adr_00000000000000000000000000000001"),
        MANAGERS,
    ),
    ("/api/security/addresses/exempt", Change, |_, w| vec![organization(w), person(w)], MANAGERS),
    (
        "/api/security/addresses/no-longer-exempt",
        Own,
        |app, w| with(security_of(app, w), "person", "per_00000000000000000000000000000001"),
        MANAGERS,
    ),
    (
        "/api/security/single-sign-on/save",
        Change,
        |app, w| {
            let fields = with(security_of(app, w), "issuer", "https://login.example");
            let fields = with(with(fields, "client", "client"), "secret", "s3cret");
            with(fields, "role", "marketer")
        },
        MANAGERS,
    ),
    ("/api/security/single-sign-on/enforce", Own, security_of, MANAGERS),
    ("/api/security/single-sign-on/remove", Own, security_of, MANAGERS),
    ("/api/security/single-sign-on/test", Own, security_of, MANAGERS),
    ("/api/security/shops/set", Change, |app, w| with(security_of(app, w), "on", "on"), MANAGERS),
    (
        "/api/security/shops/secret",
        Change,
        |app, w| with(security_of(app, w), "store", w.company.store.as_str()),
        MANAGERS,
    ),
    ("/api/single-sign-on/start", Own, none, OPEN),
    ("/api/single-sign-on/link", Own, security_of, expect(401, 404, 200, 200).manager(200)),
    ("/api/single-sign-on/unlink", Own, security_of, SIGNED_IN),
    (
        "/api/session/from-shop",
        Own,
        |_, w| {
            let fields = [("email", "x"), ("at", "1"), ("nonce", "n"), ("signature", "s")];
            let fields = fields.map(|(name, value)| (name, value.to_owned()));
            [vec![store(w)], fields.to_vec()].concat()
        },
        OPEN,
    ),
    (
        "/api/organization/member/role",
        Change,
        |_, w| vec![organization(w), person(w), ("role", "administrator".into())],
        MANAGERS,
    ),
    (
        "/api/organization/member/store",
        Change,
        |_, w| vec![organization(w), person(w), store(w), ("role", "analyst".into())],
        MANAGERS,
    ),
    (
        "/api/organization/member/suspend",
        Change,
        |_, w| vec![organization(w), person(w), ("suspended", "on".into())],
        MANAGERS,
    ),
    (
        "/api/organization/member/end",
        Change,
        |_, w| vec![organization(w), person(w), ("ends", "2099-01-01".into())],
        MANAGERS,
    ),
    ("/api/organization/member/remove", Change, |_, w| vec![organization(w), person(w)], MANAGERS),
    (
        "/api/organization/leave",
        Change,
        |_, w| vec![organization(w)],
        expect(401, 404, 200, 200).manager(200).owner(REFUSED),
    ),
    (
        "/api/organization/transfer",
        Own,
        |_, w| vec![organization(w), person(w), ("name", "x".into())],
        MANAGERS,
    ),
    (
        "/api/organization/invite",
        Upload,
        |_, w| {
            vec![
                organization(w),
                ("emails", format!("all@{}.example", w.name)),
                ("role", "member".into()),
                ("store_role", "marketer".into()),
            ]
        },
        MANAGERS,
    ),
    (
        "/api/organization/invitation/resend",
        Change,
        |_, w| vec![organization(w), invitation(w)],
        MANAGERS,
    ),
    (
        "/api/organization/invitation/cancel",
        Change,
        |_, w| vec![organization(w), invitation(w)],
        MANAGERS,
    ),
    (
        "/api/organization/store/register",
        Change,
        |_, w| vec![organization(w), ("name", "Another".into())],
        MANAGERS,
    ),
    (
        "/api/organization/store/archive",
        Change,
        |_, w| vec![organization(w), store(w), ("archived", "on".into())],
        MANAGERS,
    ),
    (
        "/api/organization/role/save",
        Change,
        |_, w| vec![organization(w), ("name", "Keeper".into())],
        MANAGERS,
    ),
    (
        "/api/organization/role/delete",
        Own,
        |_, w| vec![organization(w), ("role", "rol_00000000000000000000000000000001".into())],
        MANAGERS,
    ),
    (
        "/api/help/ticket",
        Own,
        |_, w| vec![store(w), ("subject", "Where?".into()), ("message", "There.".into())],
        expect(401, 404, 200, 200),
    ),
    (
        "/api/help/ticket/close",
        Own,
        |_, w| vec![store(w), ("ticket", "tic_00000000000000000000000000000001".into())],
        expect(401, 404, 200, 200),
    ),
    (
        "/api/help/vote",
        Change,
        |_, w| {
            vec![
                ("place", w.company.store.to_string()),
                ("section", "store-details".into()),
                ("useful", "yes".into()),
            ]
        },
        LOOKERS,
    ),
    (
        "/api/help/vote",
        Change,
        |_, w| {
            vec![
                ("place", w.company.organization.to_string()),
                ("section", "information".into()),
                ("useful", "no".into()),
            ]
        },
        expect(401, 404, 200, 200).manager(200),
    ),
    ("/api/notifications/test", Change, |_, w| vec![store(w)], ADMINISTRATORS),
    ("/api/policies/check", Prepare, check_lock, MANAGERS),
    ("/api/policies/set", Change, draft, UNKNOWN),
    (
        "/api/policies/remove",
        Change,
        |_, w| vec![organization(w), ("policy", "pol_00000000000000000000000000000001".into())],
        UNKNOWN,
    ),
    ("/api/bulk/choose", Own, choose_settings, MANAGERS),
    ("/api/bulk/stores", Change, draft, UNKNOWN),
    ("/api/bulk/start", Change, draft, UNKNOWN),
    (
        "/api/bulk/undo",
        Change,
        |_, w| vec![organization(w), ("batch", "bat_00000000000000000000000000000001".into())],
        UNKNOWN,
    ),
    (
        "/api/settings/confirm",
        Change,
        |_, w| {
            vec![
                store(w),
                ("group", "general".into()),
                ("section", "store-details".into()),
                ("draft", "unknown".into()),
            ]
        },
        expect(401, 404, 403, 404),
    ),
    // What is in it differs: see the tests of search.
    ("/api/search/index", Read, |_, w| vec![("place", w.company.store.to_string())], SIGNED_IN),
    (
        "/api/settings/code/check",
        Prepare,
        |_, w| {
            let text = "format = 1\n[store.store-details]\nname = \"Renamed\"\n";
            vec![("place", w.company.store.to_string()), ("file.file", text.into())]
        },
        LOOKERS,
    ),
    (
        "/api/settings/code/apply",
        Own,
        |_, w| vec![("place", w.company.store.to_string()), ("preview", "unknown".into())],
        LOOKERS,
    ),
];

#[test]
fn every_server_function_has_a_row_and_nothing_that_writes_is_a_get() {
    let functions: BTreeSet<(String, bool)> = server_fn::axum::server_fn_paths()
        .map(|(path, method)| (path.to_owned(), method == Method::GET))
        .collect();
    let rows: BTreeSet<(String, bool)> =
        ROWS.iter().map(|(path, how, ..)| ((*path).to_owned(), *how == Read)).collect();
    assert_eq!(functions, rows);
}

/// Calls the function, as a script or as a plain form.
pub async fn call(
    client: &mut Client,
    path: &str,
    how: How,
    fields: &Fields,
    plain: bool,
) -> Answer {
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let parts: Vec<(&str, Option<&str>, &[u8])> =
        fields.iter().map(|(name, value)| (*name, None, value.as_bytes())).collect();
    match (how, plain) {
        (Read, _) => client.read(path, &fields).await,
        (Upload | Prepare, false) => client.fetch_upload(path, &parts).await,
        (Upload | Prepare, true) => client.upload(path, &parts).await,
        (_, false) => client.fetch(path, &fields).await,
        (_, true) => client.post(path, &fields).await,
    }
}

/// One actor calls the function of a row in a world; what is refused changes nothing.
async fn ask(app: &TestApp, w: &World, actor: Actor, row: &Row, surprises: &mut Surprises) {
    let (path, how, fields, expected) = row;
    let fields = fields(app, w);
    // So many kinds of actors try it that limits would answer in place of rules.
    testing::execute(&app.t.domain, "DELETE FROM attempt").await;
    let before = app.stored().await;
    let client = w.client(app, actor);
    let answer = call(&mut client.clone(), path, *how, &fields, false).await;
    surprises.compare(path, actor, &answer, *expected);
    assert_eq!(answer.header("cache-control"), "no-store", "{path}");
    let after = app.stored().await;
    if answer.code() != 200 || *how == Read {
        assert_eq!(after, before, "{path} changed something for {actor:?}");
    }
    let done = answer.text().contains("\"done\"");
    if expected.of(actor) == REFUSED {
        assert!(!done, "{path} for {actor:?}: {}", answer.text());
    } else if answer.code() == 200 && matches!(how, Change | Upload) {
        // Else the refusals before would prove nothing.
        assert!(done, "{path} for {actor:?}: {}", answer.text());
        assert_ne!(after, before, "{path} did nothing for {actor:?}");
    }
    // The same by a plain form: where it leads to may differ, what it does not.
    if answer.code() != 200 {
        call(&mut client.clone(), path, *how, &fields, true).await;
        assert_eq!(app.stored().await, before, "{path} changed something for {actor:?}");
    }
}

domain::both_engines! {
    async fn everybody_may_do_what_they_may_and_nothing_else(t: TestDomain) {
        let (app, mut surprises) = (TestApp::new(t), Surprises::default());
        for (index, row) in ROWS.iter().enumerate() {
            let w = world(&app, index).await;
            let asked = |actor: &Actor| *actor != Actor::Owner && row.3.of(*actor) != UNASKED;
            for actor in Actor::ALL.into_iter().filter(asked) {
                ask(&app, &w, actor, row, &mut surprises).await;
            }
        }
        surprises.none();
    }

    // In worlds in which nobody else has done it already.
    async fn the_owner_may_do_what_an_owner_may(t: TestDomain) {
        let (app, mut surprises) = (TestApp::new(t), Surprises::default());
        for (index, row) in ROWS.iter().enumerate() {
            let w = world(&app, index).await;
            ask(&app, &w, Actor::Owner, row, &mut surprises).await;
        }
        surprises.none();
    }
}
