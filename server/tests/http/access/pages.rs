use super::{Expected, NOBODY, OPEN, Surprises, asks_to_sign_in, expect, world};
use crate::harness::{Actor, TestApp, World};
use server::http::page_routes;
use std::collections::BTreeSet;

/// A page: its pattern, an address of it, and the status that each actor gets. Who is not signed
/// in is sent to the sign-in page.
type Row = (&'static str, fn(&TestApp, &World) -> String, Expected);

const SIGNED_IN: Expected = expect(302, 200, 200, 200);
const MEMBERS_OF_THE_STORE: Expected = expect(302, 404, 200, 200);
const ADMINISTRATORS: Expected = expect(302, 404, 403, 200);
/// For who may look at the store's settings.
const LOOKERS: Expected = ADMINISTRATORS.custom(200);
const SENT_ON: Expected = expect(302, 302, 302, 302);

/// It belongs to none of them.
const NOBODYS: Expected = expect(302, 404, 404, 404);

fn passkey(what: &str) -> String {
    format!("/me/security/passkeys/pky_00000000000000000000000000000001/{what}")
}

/// For whoever manages the organization.
const MANAGERS: Expected = expect(302, 404, 403, 403).manager(200);
const MEMBERS_OF_THE_ORGANIZATION: Expected = expect(302, 404, 200, 200).manager(200);

fn organization(w: &World, rest: &str) -> String {
    format!("/organizations/{}/{rest}", w.company.organization)
}

/// What only the one may know who prepared or did it.
const UNKNOWN: Expected = expect(302, 404, 403, 403).manager(404);

fn settings(w: &World, rest: &str) -> String {
    format!("{}/settings{rest}", w.store_path())
}

fn security(w: &World, rest: &str) -> String {
    format!("/organizations/{}/security{rest}", w.company.organization)
}

const ROWS: &[Row] = &[
    ("/", |_, _| "/".into(), SENT_ON),
    ("/sign-in", |_, _| "/sign-in".into(), OPEN),
    ("/sign-up", |_, _| "/sign-up".into(), OPEN),
    ("/sign-up/sent", |_, _| "/sign-up/sent".into(), OPEN),
    ("/sign-up/confirm/{token}", |_, _| "/sign-up/confirm/unknown".into(), OPEN),
    ("/invitations/{token}", |app, w| format!("/invitations/{}", w.invitation_token(app)), OPEN),
    ("/stores", |_, _| "/stores".into(), SIGNED_IN),
    ("/stores/{store}", |_, w| w.store_path(), MEMBERS_OF_THE_STORE),
    ("/stores/{store}/settings", |_, w| settings(w, ""), SENT_ON),
    (
        "/stores/{store}/settings/general/members",
        |_, w| settings(w, "/general/members"),
        ADMINISTRATORS,
    ),
    (
        "/stores/{store}/settings/general/members/new",
        |_, w| settings(w, "/general/members/new"),
        ADMINISTRATORS,
    ),
    (
        "/stores/{store}/settings/general/members/{member}/remove",
        |_, w| settings(w, &format!("/general/members/{}/remove", w.member)),
        ADMINISTRATORS,
    ),
    (
        "/stores/{store}/settings/{group}/{section}",
        |_, w| settings(w, "/general/store-details"),
        LOOKERS,
    ),
    ("/stores/{store}/settings/history", |_, w| settings(w, "/history"), LOOKERS),
    (
        "/organizations/{organization}/settings/history",
        |_, w| organization(w, "settings/history"),
        MEMBERS_OF_THE_ORGANIZATION,
    ),
    (
        "/stores/{store}/settings/{group}/{section}/history",
        |_, w| settings(w, "/general/store-details/history"),
        LOOKERS,
    ),
    (
        "/organizations/{organization}/settings/{group}/{section}/history",
        |_, w| organization(w, "settings/organization/information/history"),
        MEMBERS_OF_THE_ORGANIZATION,
    ),
    (
        "/stores/{store}/settings/{group}/{section}/history/compare",
        |_, w| settings(w, "/general/store-details/history/compare"),
        LOOKERS,
    ),
    (
        "/organizations/{organization}/settings/{group}/{section}/history/compare",
        |_, w| organization(w, "settings/organization/information/history/compare"),
        MEMBERS_OF_THE_ORGANIZATION,
    ),
    (
        "/stores/{store}/settings/{group}/{section}/history/{version}",
        |_, w| settings(w, "/general/store-details/history/1"),
        LOOKERS,
    ),
    (
        "/organizations/{organization}/settings/{group}/{section}/history/{version}",
        |_, w| organization(w, "settings/organization/information/history/1"),
        MEMBERS_OF_THE_ORGANIZATION,
    ),
    (
        "/stores/{store}/settings/{group}/{section}/history/{version}/undo",
        |_, w| settings(w, "/general/store-details/history/1/undo"),
        expect(302, 404, 403, 404),
    ),
    (
        "/organizations/{organization}/settings/{group}/{section}/history/{version}/undo",
        |_, w| organization(w, "settings/organization/information/history/1/undo"),
        MANAGERS.manager(404),
    ),
    (
        "/stores/{store}/settings/{group}/{section}/history/{version}/return",
        |_, w| settings(w, "/general/store-details/history/1/return"),
        ADMINISTRATORS,
    ),
    (
        "/organizations/{organization}/settings/{group}/{section}/history/{version}/return",
        |_, w| organization(w, "settings/organization/information/history/1/return"),
        MANAGERS,
    ),
    (
        "/organizations/{organization}/audit",
        |_, w| format!("/organizations/{}/audit", w.company.organization),
        MANAGERS,
    ),
    (
        "/organizations/{organization}/audit/{entry}",
        |_, w| {
            let entry = "aud_00000000000000000000000000000001";
            format!("/organizations/{}/audit/{entry}", w.company.organization)
        },
        expect(302, 404, 403, 403).manager(404),
    ),
    ("/me/activity", |_, _| "/me/activity".into(), SIGNED_IN),
    (
        "/me/activity/{entry}",
        |_, _| "/me/activity/aud_00000000000000000000000000000001".into(),
        expect(302, 404, 404, 404),
    ),
    ("/account/verify", |_, _| "/account/verify".into(), OPEN),
    ("/account/passkey", |_, _| "/account/passkey".into(), OPEN),
    ("/account/forgot", |_, _| "/account/forgot".into(), OPEN),
    ("/account/forgot/sent", |_, _| "/account/forgot/sent".into(), OPEN),
    ("/account/reset/{token}", |_, _| "/account/reset/unknown".into(), OPEN),
    ("/account/email/{token}", |_, _| "/account/email/unknown".into(), OPEN),
    ("/account/confirm", |_, _| "/account/confirm".into(), SIGNED_IN),
    ("/me", |_, _| "/me".into(), SIGNED_IN),
    ("/me/email", |_, _| "/me/email".into(), SIGNED_IN),
    ("/me/password", |_, _| "/me/password".into(), SIGNED_IN),
    ("/me/sessions", |_, _| "/me/sessions".into(), SIGNED_IN),
    ("/me/sessions/end-others", |_, _| "/me/sessions/end-others".into(), SIGNED_IN),
    ("/me/security", |_, _| "/me/security".into(), SIGNED_IN),
    ("/me/security/two-factor", |_, _| "/me/security/two-factor".into(), SIGNED_IN),
    ("/me/security/two-factor/off", |_, _| "/me/security/two-factor/off".into(), SIGNED_IN),
    ("/me/security/codes", |_, _| "/me/security/codes?codes=x".into(), NOBODYS),
    ("/me/security/codes/new", |_, _| "/me/security/codes/new".into(), SIGNED_IN),
    ("/me/security/passkeys/new", |_, _| "/me/security/passkeys/new".into(), SIGNED_IN),
    ("/me/security/passkeys/{passkey}/rename", |_, _| passkey("rename"), NOBODYS),
    ("/me/security/passkeys/{passkey}/remove", |_, _| passkey("remove"), NOBODYS),
    ("/organizations/{organization}/security", |_, w| security(w, ""), MANAGERS),
    (
        "/organizations/{organization}/security/two-factor",
        |_, w| security(w, "/two-factor"),
        MANAGERS,
    ),
    (
        "/organizations/{organization}/security/addresses",
        |_, w| security(w, "/addresses"),
        MANAGERS,
    ),
    (
        "/organizations/{organization}/security/addresses/new",
        |_, w| security(w, "/addresses/new"),
        MANAGERS,
    ),
    (
        "/organizations/{organization}/security/addresses/exempt",
        |_, w| security(w, "/addresses/exempt"),
        MANAGERS,
    ),
    (
        "/organizations/{organization}/security/addresses/{rule}/remove",
        |_, w| security(w, "/addresses/adr_00000000000000000000000000000001/remove"),
        UNKNOWN,
    ),
    (
        "/organizations/{organization}/security/single-sign-on",
        |_, w| security(w, "/single-sign-on"),
        MANAGERS,
    ),
    (
        "/organizations/{organization}/security/single-sign-on/enforce",
        |_, w| security(w, "/single-sign-on/enforce"),
        MANAGERS,
    ),
    (
        "/organizations/{organization}/security/single-sign-on/remove",
        |_, w| security(w, "/single-sign-on/remove"),
        MANAGERS,
    ),
    ("/organizations/{organization}/security/shops", |_, w| security(w, "/shops"), MANAGERS),
    (
        "/organizations/{organization}/security/shops/off",
        |_, w| security(w, "/shops/off"),
        MANAGERS,
    ),
    (
        "/organizations/{organization}/security/shops/{store}/secret",
        |_, w| security(w, &format!("/shops/{}/secret", w.company.store)),
        MANAGERS,
    ),
    ("/me/single-sign-on", |_, _| "/me/single-sign-on".into(), SIGNED_IN),
    ("/account/sso", |_, _| "/account/sso".into(), OPEN),
    ("/account/sso/{state}", |_, _| "/account/sso/unknown".into(), NOBODY),
    ("/account/from-shop", |_, _| "/account/from-shop".into(), OPEN),
    ("/organizations", |_, _| "/organizations".into(), SIGNED_IN),
    ("/organizations/{organization}/members", |_, w| organization(w, "members"), MANAGERS),
    (
        "/organizations/{organization}/members/invite",
        |_, w| organization(w, "members/invite"),
        MANAGERS,
    ),
    (
        "/organizations/{organization}/members/invited/{report}",
        |_, w| organization(w, "members/invited/unknown"),
        MANAGERS.manager(404),
    ),
    (
        "/organizations/{organization}/members/leave",
        |_, w| organization(w, "members/leave"),
        MEMBERS_OF_THE_ORGANIZATION,
    ),
    (
        "/organizations/{organization}/members/{person}",
        |_, w| organization(w, &format!("members/{}", w.person)),
        MANAGERS,
    ),
    (
        "/organizations/{organization}/members/{person}/remove",
        |_, w| organization(w, &format!("members/{}/remove", w.person)),
        MANAGERS,
    ),
    (
        "/organizations/{organization}/members/{person}/transfer",
        |_, w| organization(w, &format!("members/{}/transfer", w.person)),
        MANAGERS.manager(404).owner(200),
    ),
    (
        "/organizations/{organization}/settings/{group}/{section}",
        |_, w| organization(w, "settings/organization/information"),
        MEMBERS_OF_THE_ORGANIZATION,
    ),
    (
        "/organizations/{organization}/stores",
        |_, w| organization(w, "stores"),
        MEMBERS_OF_THE_ORGANIZATION,
    ),
    ("/organizations/{organization}/stores/new", |_, w| organization(w, "stores/new"), MANAGERS),
    (
        "/organizations/{organization}/stores/{store}/archive",
        |_, w| organization(w, &format!("stores/{}/archive", w.company.store)),
        MANAGERS,
    ),
    ("/organizations/{organization}/roles", |_, w| organization(w, "roles"), MANAGERS),
    ("/organizations/{organization}/roles/new", |_, w| organization(w, "roles/new"), MANAGERS),
    (
        "/organizations/{organization}/roles/{role}",
        |_, w| organization(w, "roles/none"),
        MANAGERS.manager(404),
    ),
    (
        "/organizations/{organization}/roles/{role}/check",
        |_, w| organization(w, "roles/none/check"),
        MANAGERS.manager(404),
    ),
    (
        "/organizations/{organization}/roles/{role}/delete",
        |_, w| organization(w, "roles/none/delete"),
        MANAGERS.manager(404),
    ),
    ("/help", |_, _| "/help".into(), SIGNED_IN),
    ("/help/{article}", |_, _| "/help/information".into(), SIGNED_IN),
    ("/stores/{store}/help", |_, w| format!("{}/help", w.store_path()), MEMBERS_OF_THE_STORE),
    (
        "/stores/{store}/help/{article}",
        |_, w| format!("{}/help/store-details", w.store_path()),
        MEMBERS_OF_THE_STORE,
    ),
    (
        "/stores/{store}/settings/{group}/{section}/help",
        |_, w| settings(w, "/general/store-details/help"),
        LOOKERS,
    ),
    (
        "/organizations/{organization}/settings/{group}/{section}/help",
        |_, w| organization(w, "settings/organization/information/help"),
        MEMBERS_OF_THE_ORGANIZATION,
    ),
    ("/search", |_, w| format!("/search?q=store&in={}", w.company.store), SIGNED_IN),
    ("/stores/{store}/settings/code", |_, w| settings(w, "/code"), LOOKERS),
    (
        "/stores/{store}/settings/code/{preview}",
        |_, w| settings(w, "/code/unknown"),
        expect(302, 404, 403, 404).custom(404),
    ),
    (
        "/organizations/{organization}/settings/code",
        |_, w| organization(w, "settings/code"),
        MEMBERS_OF_THE_ORGANIZATION,
    ),
    (
        "/organizations/{organization}/settings/code/{preview}",
        |_, w| organization(w, "settings/code/unknown"),
        NOBODYS,
    ),
    ("/dev/mailbox", |_, _| "/dev/mailbox".into(), NOBODY),
    (
        "/dev/mailbox/{mail}",
        |_, _| "/dev/mailbox/out_00000000000000000000000000000001".into(),
        NOBODY,
    ),
    ("/dev/gallery", |_, _| "/dev/gallery".into(), NOBODY),
    (
        "/organizations/{organization}/settings/policies",
        |_, w| organization(w, "settings/policies"),
        MANAGERS,
    ),
    (
        "/organizations/{organization}/settings/policies/new",
        |_, w| organization(w, "settings/policies/new"),
        MANAGERS,
    ),
    (
        "/organizations/{organization}/settings/policies/new/{section}/{field}",
        |_, w| organization(w, "settings/policies/new/store-details/country"),
        MANAGERS,
    ),
    (
        "/organizations/{organization}/settings/policies/check/{draft}",
        |_, w| organization(w, "settings/policies/check/unknown"),
        UNKNOWN,
    ),
    (
        "/organizations/{organization}/settings/policies/{policy}/remove",
        |_, w| organization(w, "settings/policies/pol_00000000000000000000000000000001/remove"),
        UNKNOWN,
    ),
    (
        "/organizations/{organization}/settings/bulk",
        |_, w| organization(w, "settings/bulk"),
        MANAGERS,
    ),
    (
        "/organizations/{organization}/settings/bulk/new",
        |_, w| organization(w, "settings/bulk/new"),
        MANAGERS,
    ),
    (
        "/organizations/{organization}/settings/bulk/stores/{draft}",
        |_, w| organization(w, "settings/bulk/stores/unknown"),
        UNKNOWN,
    ),
    (
        "/organizations/{organization}/settings/bulk/check/{draft}",
        |_, w| organization(w, "settings/bulk/check/unknown"),
        UNKNOWN,
    ),
    (
        "/organizations/{organization}/settings/bulk/{batch}",
        |_, w| organization(w, "settings/bulk/bat_00000000000000000000000000000001"),
        UNKNOWN,
    ),
    (
        "/organizations/{organization}/settings/bulk/{batch}/undo",
        |_, w| organization(w, "settings/bulk/bat_00000000000000000000000000000001/undo"),
        UNKNOWN,
    ),
    (
        "/organizations/{organization}/settings/{group}/{section}/confirm/{draft}",
        |_, w| organization(w, "settings/organization/information/confirm/unknown"),
        UNKNOWN,
    ),
    (
        "/stores/{store}/settings/{group}/{section}/confirm/{draft}",
        |_, w| settings(w, "/general/store-details/confirm/unknown"),
        expect(302, 404, 403, 404),
    ),
];

#[test]
fn every_page_has_a_row() {
    let pages: BTreeSet<&str> = page_routes().iter().copied().collect();
    let rows: BTreeSet<&str> = ROWS.iter().map(|row| row.0).collect();
    assert_eq!(pages, rows);
}

domain::both_engines! {
    async fn everybody_sees_what_they_may_and_nothing_else(t: TestDomain) {
        let app = TestApp::new(t);
        let w = world(&app, 0).await;
        let (before, mut surprises) = (app.stored().await, Surprises::default());
        for (pattern, address, expected) in ROWS {
            for actor in Actor::ALL {
                let address = address(&app, &w);
                let answer = w.client(&app, actor).get(&address).await;
                surprises.compare(pattern, actor, &answer, *expected);
                let known = answer.text().contains("Secret") || answer.text().contains("invited@");
                let secret = actor.is_stranger() && pattern.starts_with("/stores");
                assert!(!(known && secret), "{pattern} tells {actor:?} about the store");
                if actor == Actor::Anonymous && answer.code() == 302 {
                    asks_to_sign_in(&app, &answer).await;
                }
            }
        }
        surprises.none();
        assert_eq!(app.stored().await, before, "looking changes nothing");
    }

    async fn demo_pages_exist_in_the_demonstration(t: TestDomain) {
        let app = TestApp::demo(t);
        for path in ["/dev/mailbox", "/dev/gallery"] {
            assert_eq!(app.client().get(path).await.code(), 200, "{path}");
        }
    }

    async fn what_does_not_exist_is_404_also_for_an_administrator(t: TestDomain) {
        let app = TestApp::new(t);
        let w = world(&app, 0).await;
        let mut client = w.client(&app, Actor::Administrator);
        for path in [
            "/stores/sto_00000000000000000000000000000001".to_owned(),
            "/stores/none".to_owned(),
            settings(&w, "/general/nowhere"),
            settings(&w, "/nowhere/store-details"),
            settings(&w, "/organization/information"),
            settings(&w, "/general/members/mem_00000000000000000000000000000001/remove"),
            settings(&w, "/general/members/none/remove"),
            "/media/img_00000000000000000000000000000001".to_owned(),
            "/media/none".to_owned(),
        ] {
            assert_eq!(client.get(&path).await.code(), 404, "{path}");
        }
    }
}
