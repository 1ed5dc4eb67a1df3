//! What the log says of a request, and what it must not.
use crate::harness::{Actor, TestApp, World};
use std::{
    io::Write,
    sync::{Arc, Mutex},
};

/// Everything that was logged on this thread.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

domain::both_engines! {
    async fn the_log_names_routes_and_holds_no_secret(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let (log, token) = (Log::default(), w.invitation_token(&app));
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt()
            .json()
            .with_max_level(tracing::Level::TRACE)
            .with_writer(move || writer.clone())
            .finish();
        let guard = tracing::subscriber::set_default(subscriber);
        let mut client = w.client(&app, Actor::Administrator);
        let id = client.get(&format!("/invitations/{token}")).await.header("x-request-id").to_owned();
        client.get(&format!("{}/settings/general/members?q=looked-for", w.store_path())).await;
        client.post("/api/session/accept", &[("token", &token)]).await;
        client.post("/api/session/sign-in", &[("email", "a@b.example"), ("password", "typed-password")]).await;
        drop(guard);
        let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
        for part in ["\"route\":\"/invitations/{token}\"", "\"method\":\"GET\"", "\"status\":200", "\"ms\":", &id] {
            assert!(log.contains(part), "{part} is not in {log}");
        }
        let session = &client.cookies["__Host-session"];
        for secret in [token.as_str(), "looked-for", "typed-password", session] {
            assert!(!log.contains(secret), "{secret} is in {log}");
        }
    }
}
