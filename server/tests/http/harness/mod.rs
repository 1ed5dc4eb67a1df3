//! The real router on a database of its own, and clients that keep their cookies.
mod answer;
mod client;
mod log;
mod site;
mod world;

pub use answer::Answer;
pub use client::Client;
pub use log::{Log, Watch};
pub use world::{Actor, World};

use axum::Router;
use domain::{Domain, crypto::Token, db::testing::TestDomain};
use model::{text::Texts, view::MailView};
use server::{
    Server,
    config::Config,
    http::{Lines, router},
    metrics::Metrics,
    site::Site,
};
use std::{collections::BTreeMap, sync::Arc};

/// The address that people reach the test's server by.
pub const ORIGIN: &str = "https://console.example";
/// A proxy that the test's server trusts.
pub const PROXY: &str = "10.0.0.1";

/// The server under test.
pub struct TestApp {
    /// Database, clock and mails.
    pub t: TestDomain,
    /// Who waits for their turn.
    pub lines: Lines,
    /// What is counted.
    pub metrics: Arc<Metrics>,
    router: Router,
}

impl TestApp {
    /// A server on `t`, as a release has it: https, behind one trusted proxy, no demonstration.
    pub fn new(t: TestDomain) -> TestApp {
        let domain = t.domain.clone();
        TestApp::on(t, domain)
    }

    /// The same in demonstration mode.
    pub fn demo(t: TestDomain) -> TestApp {
        let domain = in_demo(&t.domain);
        TestApp::on(t, domain)
    }

    /// Another process on the same database.
    pub async fn beside(&self) -> TestApp {
        TestApp::on(self.t.clone(), self.t.another_process().await)
    }

    fn on(t: TestDomain, domain: Domain) -> TestApp {
        let file = format!("public_url = {ORIGIN:?}\ntrusted_proxies = [\"{PROXY}\"]");
        let config = Config::parse(&file, &|_| None).unwrap();
        let server = Server::new(domain, Site::new(site::lookup), &config);
        let router = router(&server).unwrap();
        let (lines, metrics) = (server.lines.clone(), server.metrics.clone());
        TestApp { t, lines, metrics, router }
    }

    /// A browser without cookies.
    pub fn client(&self) -> Client {
        Client::new(self.router.clone())
    }

    /// A browser that holds the session with this token.
    pub fn client_of(&self, token: &Token) -> Client {
        let mut client = self.client();
        client.cookies.insert("__Host-session".into(), token.expose().to_owned());
        client
    }

    /// The newest mail.
    pub async fn last_mail(&self) -> MailView {
        let (domain, t) = (in_demo(&self.t.domain), Texts::of(Default::default()));
        let mails = domain::mailbox::list(&domain, t).await.unwrap();
        let newest = mails.first().expect("a mail");
        domain::mailbox::get(&domain, t, &newest.id).await.unwrap().unwrap()
    }

    /// The path that the newest mail's button leads to.
    pub async fn last_link(&self) -> String {
        let link = self.last_mail().await.link.expect("a link");
        link.strip_prefix(ORIGIN).expect("a link to this site").to_owned()
    }

    /// All that is stored, but for what a request that changes nothing may write: when a session
    /// was used, how often somebody tried, what the next page is to show, who has a form open.
    pub async fn stored(&self) -> BTreeMap<String, Vec<String>> {
        self.t.dump(&["session", "attempt", "flash", "presence"]).await
    }
}

fn in_demo(domain: &Domain) -> Domain {
    let mut domain = domain.clone();
    let options = domain::context::Options { demo: true, ..(*domain.options).clone() };
    domain.options = options.into();
    domain
}
