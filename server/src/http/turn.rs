//! When a request's work begins: at once while there is room, else in turns by organization. What
//! waits costs nothing but its connection, so that under load as much is done as without, and an
//! organization that asks for ten times what can be done keeps only itself waiting.
use super::{
    Client,
    answer::{Problem, refuse},
    cookies,
    recover::PATIENCE,
};
use crate::{state::Server, turns::Turns};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use domain::{Domain, db::Db, single_sign_on};
use http::Method;
use model::OrganizationId;
use std::{
    collections::HashMap,
    hash::{BuildHasher as _, RandomState},
    sync::{Arc, Mutex, PoisonError},
    thread::available_parallelism,
};
use tracing::Instrument as _;

/// Calls at once: enough for one commit to take many of them along.
const CALLS: usize = 64;
/// Of these, the most of one organization, whose calls may all wait for somebody who is slow.
const CALLS_OF_ONE: usize = 48;
/// Sessions whose organization is kept in mind.
const SESSIONS: usize = 20_000;

/// Whose turn it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Share {
    /// Somebody's of an organization.
    Organization(OrganizationId),
    /// A stranger's, somebody's of no organization, or that of a session not seen before.
    Address(String),
}

/// Who waits; cheap to clone.
#[derive(Clone, Debug)]
pub struct Lines {
    /// For pages and files: they take a core and not much else, so more of them at once only take
    /// longer. On PostgreSQL each also waits for its answers.
    pub pages: Turns<Share>,
    /// For calls, which wait for the disk together.
    pub calls: Turns<Share>,
    sessions: Arc<Sessions>,
}

/// The organizations of the sessions that were in use: looking one up is work that has to wait for
/// its turn. Whoever is taken for another one by it only waits in another line.
#[derive(Debug, Default)]
struct Sessions {
    hasher: RandomState,
    organizations: Mutex<HashMap<u64, OrganizationId>>,
}

impl Sessions {
    fn find(&self, token: &str) -> Option<OrganizationId> {
        let organizations = self.organizations.lock().unwrap_or_else(PoisonError::into_inner);
        organizations.get(&self.hasher.hash_one(token)).cloned()
    }

    fn note(&self, token: &str, organization: &OrganizationId) {
        let mut organizations = self.organizations.lock().unwrap_or_else(PoisonError::into_inner);
        let session = self.hasher.hash_one(token);
        if organizations.get(&session) == Some(organization) {
            return;
        }
        if organizations.len() >= SESSIONS {
            organizations.clear();
        }
        organizations.insert(session, organization.clone());
    }
}

impl Lines {
    /// As many places as there is something for to work on.
    pub fn new(domain: &Domain) -> Lines {
        let cores = available_parallelism().map_or(2, usize::from);
        let answers = match domain.db {
            Db::Sqlite { .. } => 0,
            Db::Postgres { .. } => domain.db.connections().most as usize,
        };
        let pages = 2 * cores + answers;
        Lines {
            pages: Turns::new(pages, pages),
            calls: Turns::new(CALLS, CALLS_OF_ONE),
            sessions: Arc::default(),
        }
    }

    /// What comes with this session's token counts as this organization's from now on.
    pub(super) fn note(&self, token: &str, organization: &OrganizationId) {
        self.sessions.note(token, organization);
    }
}

/// Lets a request's work begin when it is its turn. What has begun is finished, also when whoever
/// asked has gone: Leptos forgets a page that is given up half-way only in part, and a turn is over
/// when the work is.
pub(super) async fn wait(State(server): State<Server>, request: Request, next: Next) -> Response {
    let line = match *request.method() {
        // It asks another server, and may have to wait for it.
        Method::GET if request.uri().path() == single_sign_on::CALLBACK => &server.lines.calls,
        Method::GET | Method::HEAD => &server.lines.pages,
        _ => &server.lines.calls,
    };
    let turn = line.wait(&share(&server, &request)).await;
    let client = request.extensions().get::<Client>().cloned().unwrap_or_default();
    let work = async move {
        let _turn = turn;
        tokio::time::timeout(PATIENCE.upload, next.run(request)).await
    };
    let problem = match tokio::spawn(work.in_current_span()).await {
        Ok(Ok(response)) => return response,
        Ok(Err(_)) => Problem::Timeout,
        Err(ended) => match ended.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => Problem::Unavailable,
        },
    };
    refuse(&client, &server.site.assets(), problem)
}

fn share(server: &Server, request: &Request) -> Share {
    let client = request.extensions().get::<Client>();
    let secure = client.is_some_and(|client| client.secure);
    let token = cookies::get(request.headers(), cookies::session(secure));
    match token.and_then(|token| server.lines.sessions.find(token)) {
        Some(organization) => Share::Organization(organization),
        None => {
            Share::Address(client.map(|client| client.origin.address.clone()).unwrap_or_default())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn not_more_sessions_are_kept_in_mind_than_fit() {
        let (sessions, organization) = (Sessions::default(), OrganizationId::from_u128(1));
        for number in 0..=SESSIONS {
            sessions.note(&number.to_string(), &organization);
        }
        assert_eq!(sessions.find("0"), None);
        assert_eq!(sessions.find(&SESSIONS.to_string()), Some(organization));
        assert!(sessions.organizations.lock().unwrap().len() <= SESSIONS);
    }
}
