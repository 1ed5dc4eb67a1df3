//! What the log says of a request, and what it must not.
use crate::harness::{Actor, Log, TestApp, World};

domain::both_engines! {
    async fn the_log_names_routes_and_holds_no_secret(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let (log, token) = (Log::default(), w.invitation_token(&app));
        let guard = log.watch();
        let mut client = w.client(&app, Actor::Administrator);
        let id = client.get(&format!("/invitations/{token}")).await.header("x-request-id").to_owned();
        client.get(&format!("{}/settings/general/members?q=looked-for", w.store_path())).await;
        client.post("/api/session/accept", &[("token", &token)]).await;
        client.post("/api/session/sign-in", &[("email", "a@b.example"), ("password", "typed-password")]).await;
        drop(guard);
        let log = log.take();
        for part in ["\"route\":\"/invitations/{token}\"", "\"method\":\"GET\"", "\"status\":200", "\"ms\":", &id] {
            assert!(log.contains(part), "{part} is not in {log}");
        }
        let session = &client.cookies["__Host-session"];
        for secret in [token.as_str(), "looked-for", "typed-password", session] {
            assert!(!log.contains(secret), "{secret} is in {log}");
        }
    }
}
