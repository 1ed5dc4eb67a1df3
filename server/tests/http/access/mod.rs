//! The authorization matrix: every page and every server function, for every kind of actor. An
//! operation without a row fails the test, and so does a row without an operation.
mod files;
mod functions;
mod pages;

pub use functions::{How, ROWS as FUNCTIONS, call};

use crate::harness::{Actor, Answer, TestApp, World};

/// The status that each actor gets.
#[derive(Clone, Copy, Debug)]
pub struct Expected {
    anonymous: u16,
    outsider: u16,
    marketer: u16,
    custom: u16,
    administrator: u16,
    manager: u16,
    owner: u16,
}

impl Expected {
    /// Another status for an Administrator of the organization, and for its Owner where what they
    /// manage is all that the Owner has in it.
    const fn manager(self, manager: u16) -> Expected {
        let owner = if self.administrator == 403 { manager } else { self.owner };
        Expected { manager, owner, ..self }
    }

    /// Another status for who has a custom role in the store.
    const fn custom(self, custom: u16) -> Expected {
        Expected { custom, ..self }
    }

    /// Another status for the Owner.
    const fn owner(self, owner: u16) -> Expected {
        Expected { owner, ..self }
    }

    fn of(self, actor: Actor) -> u16 {
        match actor {
            Actor::Anonymous => self.anonymous,
            // Who may not enter is as much a stranger as who never could.
            Actor::Outsider | Actor::Suspended | Actor::Expired => self.outsider,
            Actor::Manager => self.manager,
            Actor::Marketer => self.marketer,
            Actor::Custom => self.custom,
            Actor::Administrator => self.administrator,
            Actor::Owner => self.owner,
        }
    }
}

const fn expect(anonymous: u16, outsider: u16, marketer: u16, administrator: u16) -> Expected {
    // What even a store's Administrator is refused is the business of who manages the organization:
    // such a row says what happens to them, or its room's own tests do.
    let manager = if administrator == 403 { UNASKED } else { outsider };
    // Who may only look is a Marketer to all that changes something; the Owner is an Administrator.
    let (custom, owner) = (marketer, administrator);
    Expected { anonymous, outsider, marketer, custom, administrator, manager, owner }
}

/// No answer to expect: the actor is left out.
const UNASKED: u16 = 0;

/// An answer to who may ask that says no: they themselves are what stands in the way.
const REFUSED: u16 = 1;

/// For everybody.
const OPEN: Expected = expect(200, 200, 200, 200);
/// For nobody: it exists in the demonstration only.
const NOBODY: Expected = expect(404, 404, 404, 404);

/// What each actor got that the matrix does not say. It is told all at once.
#[derive(Default)]
struct Surprises(Vec<String>);

impl Surprises {
    fn compare(&mut self, what: &str, actor: Actor, answer: &Answer, expected: Expected) {
        let status = if expected.of(actor) == REFUSED { 200 } else { expected.of(actor) };
        if answer.code() != status {
            self.0.push(format!("{} instead of {status}: {what} for {actor:?}", answer.code()));
        }
    }

    fn none(self) {
        assert!(self.0.is_empty(), "{:#?}", self.0);
    }
}

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
