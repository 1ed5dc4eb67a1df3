//! The authorization matrix: every page and every server function, for every kind of actor. An
//! operation without a row fails the test, and so does a row without an operation.
mod files;
mod functions;
mod pages;

use crate::harness::{Actor, Answer, TestApp, World};

/// The status that each actor gets.
#[derive(Clone, Copy, Debug)]
struct Expected {
    anonymous: u16,
    outsider: u16,
    marketer: u16,
    administrator: u16,
    manager: u16,
}

impl Expected {
    /// Another status for an Administrator of the organization.
    const fn manager(self, manager: u16) -> Expected {
        Expected { manager, ..self }
    }

    fn of(self, actor: Actor) -> u16 {
        match actor {
            Actor::Anonymous => self.anonymous,
            // Who may not enter is as much a stranger as who never could.
            Actor::Outsider | Actor::Suspended | Actor::Expired => self.outsider,
            Actor::Manager => self.manager,
            Actor::Marketer => self.marketer,
            Actor::Administrator => self.administrator,
        }
    }
}

const fn expect(anonymous: u16, outsider: u16, marketer: u16, administrator: u16) -> Expected {
    // What even a store's Administrator is refused is the business of who manages the organization:
    // such a row says what happens to them, or its room's own tests do.
    let manager = if administrator == 403 { UNASKED } else { outsider };
    Expected { anonymous, outsider, marketer, administrator, manager }
}

/// No answer to expect: the actor is left out.
const UNASKED: u16 = 0;

/// For everybody.
const OPEN: Expected = expect(200, 200, 200, 200);
/// For nobody: it exists in the demonstration only.
const NOBODY: Expected = expect(404, 404, 404, 404);

/// A new world for a row: what a row before has changed does not matter.
async fn world(app: &TestApp, row: usize) -> World {
    World::new(app, &format!("shop{row}")).await
}

/// Sends an anonymous person to the sign-in page, directly or by the page it leads on to.
async fn asks_to_sign_in(app: &TestApp, answer: &Answer) {
    let mut location = answer.location().to_owned();
    if !location.starts_with("/sign-in") {
        location = app.client().get(&location).await.location().to_owned();
    }
    assert!(location.starts_with("/sign-in?next="), "{location}");
}
