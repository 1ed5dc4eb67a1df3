//! People who save settings, change roles and invite, each as fast as they are answered.
use crate::process::{program::Program, saves::Saves};
use std::sync::{
    Mutex,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

/// Roles that a Marketer goes through, so that each change is one.
const ROLES: [&str; 3] = ["analyst", "coordinator", "marketer"];

/// The one line in which everything that was acknowledged comes together.
#[derive(Default)]
pub struct Desk {
    /// The request ids of acknowledged changes, in no order.
    acknowledged: Mutex<Vec<String>>,
    count: AtomicUsize,
    /// Requests that ended without a word that something was done.
    pub unknown: AtomicUsize,
    /// Whether everybody is to stop.
    pub over: AtomicBool,
}

impl Desk {
    /// How many changes were acknowledged.
    pub fn count(&self) -> usize {
        self.count.load(Ordering::SeqCst)
    }

    /// What was acknowledged since this was asked last.
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.acknowledged.lock().unwrap())
    }

    /// Notes an answer; whether it is that something was done. Unless `sure`, that may have been
    /// done before, by a request without an answer.
    fn note(&self, answer: &str, sure: bool) -> bool {
        let done = answer.starts_with("HTTP/1.1 200 ") && answer.contains("\"done\"");
        if done && sure {
            let id = answer.split("x-request-id: ").nth(1).unwrap_or_else(|| panic!("{answer}"));
            self.acknowledged.lock().unwrap().push(id.split('\r').next().unwrap().to_owned());
            self.count.fetch_add(1, Ordering::SeqCst);
        } else {
            self.unknown.fetch_add(1, Ordering::SeqCst);
        }
        done
    }
}

/// Somebody at work.
pub enum Worker {
    /// Saves a store's details.
    Saver {
        /// The store.
        saves: Box<Saves>,
        /// The version to save over; unknown after a save of which nobody knows how it ended.
        version: Option<u64>,
    },
    /// Changes a member's role.
    Promoter {
        /// The store.
        store: String,
        /// The member.
        member: String,
        /// How many changes were tried.
        tried: usize,
        /// Nobody knows whether the last one happened: the next may be none.
        lost: bool,
    },
    /// Invites to a store.
    Inviter {
        /// The store.
        store: String,
        /// How many invitations were tried.
        tried: usize,
    },
}

impl Worker {
    /// Works until it is over or the program is gone.
    pub fn work(&mut self, program: &Program, cookie: &str, desk: &Desk) {
        while !desk.over.load(Ordering::SeqCst) {
            let answer = self.step(program, cookie);
            let sure = !matches!(self, Worker::Promoter { lost: true, .. });
            let done = answer.as_ref().is_some_and(|answer| desk.note(answer, sure));
            match self {
                // To save the same once more would be acknowledged and change nothing.
                Worker::Saver { version, .. } => {
                    *version = version.filter(|_| done).map(|version| version + 1);
                }
                Worker::Promoter { lost, .. } => *lost = !done,
                Worker::Inviter { .. } => {}
            }
            if answer.is_none() {
                desk.unknown.fetch_add(1, Ordering::SeqCst);
                return;
            }
        }
    }

    /// One change; the answer, or none where the program is gone.
    fn step(&mut self, program: &Program, cookie: &str) -> Option<String> {
        match self {
            Worker::Saver { saves, version } => {
                if version.is_none() {
                    let page = saves.ask_details(program)?;
                    let shown = page.split("name=\"_version\" value=\"").nth(1);
                    *version = shown.and_then(|text| text.split('"').next()?.parse().ok());
                }
                match version {
                    Some(version) => saves.save(program, *version),
                    // The database does not answer: it is tried again.
                    None => Some(String::new()),
                }
            }
            Worker::Promoter { store, member, tried, .. } => {
                let role = ROLES[*tried % ROLES.len()];
                *tried += 1;
                let body = format!("store={store}&member={member}&role={role}");
                post(program, cookie, "/api/members/role", &body)
            }
            Worker::Inviter { store, tried } => {
                let domain = store.replace('_', "-");
                let body = format!("store={store}&email=p{tried}%40{domain}.example&role=marketer");
                *tried += 1;
                post(program, cookie, "/api/members/invite", &body)
            }
        }
    }
}

fn post(program: &Program, cookie: &str, path: &str, body: &str) -> Option<String> {
    let head = format!(
        "POST {path} HTTP/1.1\r\naccept: application/json\r\n{cookie}\r\n\
         content-type: application/x-www-form-urlencoded"
    );
    program.send(&head, body.as_bytes())
}
