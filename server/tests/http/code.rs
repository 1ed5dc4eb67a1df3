//! Settings as a file through the router: download, upload, preview, apply.
use crate::harness::{Actor, Answer, Client, TestApp, World};

const CHECK: &str = "/api/settings/code/check";
const APPLY: &str = "/api/settings/code/apply";

/// What a store's required fields and one more become.
const FILE: &str = "format = 1\n[store.store-details]\nstore_url = \"https://shop.example\"\n\
                    contact_email = \"hello@shop.example\"\ncity = \"<b>Lyon</b>\"\n";

fn page(w: &World) -> String {
    format!("{}/settings/code", w.store_path())
}

async fn upload(client: &mut Client, place: &str, file: &[u8]) -> Answer {
    let parts: [(&str, Option<&str>, &[u8]); 2] =
        [("place", None, place.as_bytes()), ("file", Some("settings.toml"), file)];
    client.upload(CHECK, &parts).await
}

/// The token of the preview that `answer` leads to.
fn token(answer: &Answer) -> String {
    answer.location().rsplit('/').next().unwrap().to_owned()
}

domain::both_engines! {
    async fn a_file_is_downloaded_previewed_and_applied(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let store = w.company.store.to_string();
        let mut client = w.client(&app, Actor::Administrator);
        let home = client.get(&page(&w)).await.text();
        let download = format!("/stores/{store}/settings.toml");
        assert!(home.contains(&download) && home.contains(&format!("settings export --store {store}")), "{home}");
        let file = client.get(&download).await;
        assert_eq!(file.header("content-type"), "application/toml; charset=utf-8");
        assert_eq!(file.header("content-disposition"), format!("attachment; filename=\"settings-{store}.toml\""));
        assert!(file.text().contains("\n[store.store-details]\n"), "{}", file.text());
        // What was downloaded changes nothing.
        let before = app.stored().await;
        let same = upload(&mut client, &store, &file.body).await;
        assert!(client.follow(&same).await.text().contains("Nothing to apply"));

        let checked = upload(&mut client, &store, FILE.as_bytes()).await;
        let shown = client.follow(&checked).await.text();
        for sign in ["&lt;b&gt;Lyon", "Contact email", "3 settings change", "Apply these changes"] {
            assert!(shown.contains(sign), "{sign} in {shown}");
        }
        assert_eq!(app.stored().await, before, "looking changes nothing");
        let applied = client.post(APPLY, &[("place", &store), ("preview", &token(&checked))]).await;
        assert_eq!(applied.location(), page(&w));
        assert!(client.follow(&applied).await.text().contains("Saved."));
        assert!(client.get(&download).await.text().contains("\ncity = \"<b>Lyon</b>\"\n"));
        // The preview is of the past now, and says so instead of doing something.
        let again = client.post(APPLY, &[("place", &store), ("preview", &token(&checked))]).await;
        assert!(client.follow(&again).await.text().contains("changed after the preview"));
    }

    async fn what_is_wrong_stands_with_its_place_and_nothing_of_the_file_is_kept(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let store = w.company.store.to_string();
        let mut client = w.client(&app, Actor::Administrator);
        let before = app.stored().await;
        let wrong = "format = 1\n[store.store-details]\ncountry = 5\nnowhere = \"swordfish\"\n";
        let answer = upload(&mut client, &store, wrong.as_bytes()).await;
        let shown = client.follow(&answer).await.text();
        for sign in ["cannot be applied", "<th scope=\"row\">3</th>", "write a text in quotes", "has no field", "nowhere"] {
            assert!(shown.contains(sign), "{sign} in {shown}");
        }
        assert!(!shown.contains("swordfish") && !format!("{:?}", app.t.dump(&[]).await).contains("swordfish"));
        let refused = client.post(APPLY, &[("place", &store), ("preview", &token(&answer))]).await;
        assert!(!client.follow(&refused).await.text().contains("Saved."));
        for (file, says) in [(&b"\xff\xfe"[..], "not a text in UTF-8"), (&vec![b'#'; 5_000_000], "is too large"), (b"", "Fill in this field")] {
            let answer = upload(&mut client, &store, file).await;
            let shown = client.follow(&answer).await.text();
            assert!(shown.contains(says), "{says} in {shown}");
        }
        assert_eq!(app.stored().await, before);
    }

    async fn a_preview_is_its_makers_only_and_others_saves_make_it_stale(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let (store, organization) = (w.company.store.to_string(), w.company.organization.to_string());
        let mut client = w.client(&app, Actor::Administrator);
        let checked = upload(&mut client, &store, FILE.as_bytes()).await;
        let mut owner = app.client_of(&domain::testing::another_session(&app.t.domain, &w.company.owner).await);
        assert_eq!(owner.get(checked.location()).await.code(), 404);
        let elsewhere = format!("/organizations/{organization}/settings/code/{}", token(&checked));
        assert_eq!(client.get(&elsewhere).await.code(), 404);
        let save = FILE.replace("[store.", &format!("[stores.{store}.")).replace("Lyon", "Paris");
        let theirs = upload(&mut owner, &organization, save.as_bytes()).await;
        let applied = owner.post(APPLY, &[("place", &organization), ("preview", &token(&theirs))]).await;
        assert!(owner.follow(&applied).await.text().contains("Saved."));

        let before = app.stored().await;
        let stale = client.post(APPLY, &[("place", &store), ("preview", &token(&checked))]).await;
        let shown = client.follow(&stale).await.text();
        assert!(shown.contains("changed after the preview") && shown.contains("Paris"), "{shown}");
        assert_eq!(app.stored().await, before);
        let applied = client.post(APPLY, &[("place", &store), ("preview", &token(&stale))]).await;
        assert_eq!(applied.location(), page(&w));
        assert_ne!(app.stored().await, before);
    }

    async fn who_may_only_look_gets_a_file_and_no_form(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let organization = w.company.organization.to_string();
        let mut client = w.client(&app, Actor::Marketer);
        let shown = client.get(&format!("/organizations/{organization}/settings/code")).await.text();
        assert!(shown.contains("so you cannot apply a file") && !shown.contains("type=\"file\""), "{shown}");
        let file = client.get(&format!("/organizations/{organization}/settings.toml")).await.text();
        assert!(file.contains("[organization.information]") && !file.contains("[stores."), "{file}");
        let before = app.stored().await;
        let text = "format = 1\n[organization.information]\ncity = \"Lyon\"\n";
        let answer = upload(&mut client, &organization, text.as_bytes()).await;
        assert!(client.follow(&answer).await.text().contains("but not change them"));
        assert_eq!(app.stored().await, before);
    }
}
