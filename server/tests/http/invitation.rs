//! Joining by a mail's link (C-21 to C-24).
use crate::harness::{Actor, Client, TestApp, World};
use domain::testing;
use model::access::StoreRole;

const DAY: i64 = 24 * 60 * 60 * 1000;
const NEW_PERSON: [(&str, &str); 3] =
    [("first_name", "Ann"), ("last_name", "Lee"), ("password", "correct horse battery")];

/// Invites by the form of the pop-up; the token in the mail.
async fn invite(app: &TestApp, w: &World, email: &str) -> String {
    let mut admin = w.client(app, Actor::Administrator);
    let store = w.company.store.to_string();
    let fields = [("store", store.as_str()), ("email", email), ("role", "marketer")];
    let done = admin.post("/api/members/invite", &fields).await;
    assert_eq!(done.location(), format!("{}/settings/general/members", w.store_path()));
    let link = app.last_link().await;
    link.strip_prefix("/invitations/").expect("a link to accept").to_owned()
}

async fn accept(client: &mut Client, token: &str, fields: &[(&str, &str)]) -> String {
    let fields: Vec<(&str, &str)> =
        [("token", token)].into_iter().chain(fields.iter().copied()).collect();
    client.post("/api/session/accept", &fields).await.location().to_owned()
}

domain::both_engines! {
    async fn a_new_person_chooses_name_and_password_and_belongs_to_the_store(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let token = invite(&app, &w, "ann@lee.example").await;
        let mut client = app.client();
        assert_eq!(client.get(&format!("/invitations/{token}")).await.code(), 200);
        // Looking accepts nothing: mail scanners follow links.
        assert_eq!(client.get(&w.store_path()).await.code(), 302);
        let landed = accept(&mut client, &token, &NEW_PERSON).await;
        assert_eq!(landed, w.store_path());
        assert_eq!(client.get(&w.store_path()).await.code(), 200);
        assert_eq!(client.get(&format!("{}/settings/general/members", w.store_path())).await.code(), 403);
    }

    async fn a_link_works_once(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let token = invite(&app, &w, "ann@lee.example").await;
        accept(&mut app.client(), &token, &NEW_PERSON).await;
        let before = app.stored().await;
        let mut second = app.client();
        accept(&mut second, &token, &NEW_PERSON).await;
        assert!(!second.cookies.contains_key("__Host-session"));
        assert_eq!(app.stored().await, before);
        let page = second.get(&format!("/invitations/{token}")).await;
        assert!(page.text().contains("This link was used already"), "{}", page.text());
    }

    async fn a_link_expires_and_a_made_up_one_never_worked(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let token = invite(&app, &w, "ann@lee.example").await;
        app.t.advance(7 * DAY + 1);
        for (token, says) in [(token.as_str(), "has expired"), ("made-up", "is not valid")] {
            let before = app.stored().await;
            let mut client = app.client();
            let page = client.get(&format!("/invitations/{token}")).await;
            assert!(page.text().contains(says), "{}", page.text());
            accept(&mut client, token, &NEW_PERSON).await;
            assert!(!client.cookies.contains_key("__Host-session"));
            assert_eq!(app.stored().await, before, "{says}");
        }
    }

    async fn a_known_person_confirms_and_is_asked_to_sign_in(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let (_, session) = testing::person_and_token(&app.t.domain, "ann@lee.example").await;
        let token = invite(&app, &w, "ann@lee.example").await;
        // The link proves the mailbox, not the password: it opens no session.
        let mut client = app.client();
        let next = accept(&mut client, &token, &[]).await;
        assert!(next.starts_with("/sign-in"), "{next}");
        assert!(!client.cookies.contains_key("__Host-session"));
        assert_eq!(app.client_of(&session).get(&w.store_path()).await.code(), 200);
    }

    async fn nobody_accepts_with_another_persons_session(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let token = invite(&app, &w, "ann@lee.example").await;
        let before = app.stored().await;
        let mut outsider = w.client(&app, Actor::Outsider);
        accept(&mut outsider, &token, &NEW_PERSON).await;
        assert_eq!(app.stored().await, before);
        assert_eq!(outsider.get(&w.store_path()).await.code(), 404);
    }

    async fn a_cancelled_invitation_no_longer_works(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let (store, invitation) = (w.company.store.to_string(), w.invitation.to_string());
        let mut admin = w.client(&app, Actor::Administrator);
        admin.post("/api/members/remove", &[("store", &store), ("member", &invitation)]).await;
        let before = app.stored().await;
        accept(&mut app.client(), &w.invitation_token(&app), &NEW_PERSON).await;
        assert_eq!(app.stored().await, before);
    }

    async fn a_faulty_form_comes_back(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let mut admin = w.client(&app, Actor::Administrator);
        let store = w.company.store.to_string();
        let before = app.stored().await;
        let member = format!("mark.eter@{}.example", w.name);
        for (email, role) in [("", "marketer"), ("no address", "marketer"), ("a@b.example", "owner"), (&member, "marketer")] {
            let fields = [("store", store.as_str()), ("email", email), ("role", role)];
            let refused = admin.post("/api/members/invite", &fields).await;
            assert!(refused.location().ends_with("/members/new"), "{}", refused.location());
            assert_eq!(admin.follow(&refused).await.code(), 200);
        }
        assert_eq!(app.stored().await, before);
        testing::colleague(&app.t.domain, &w.company, "c@d.example", StoreRole::Marketer).await;
    }
}
