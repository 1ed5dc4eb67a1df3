use super::provider;
use crate::Error;
use model::text::Key;

/// Why a sign-in by a provider did not work, as people are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It took too long, was used already, or was begun in another browser.
    Expired,
    /// The provider cannot be reached, or does not answer as OpenID Connect has it.
    Unreachable,
    /// The provider's address is not one that may be asked.
    Address,
    /// The provider refused it, or the person gave up there.
    Refused,
    /// The provider does not know this client or its secret.
    Client,
    /// What the provider says of the person cannot be believed.
    Token,
    /// The provider names no verified e-mail address.
    Email,
    /// The person is no member and may not become one by signing in.
    Stranger,
    /// The person is suspended.
    Suspended,
    /// There is an account with this address that the provider may not speak for.
    Account,
    /// The person is linked to somebody else at this provider.
    Identity,
    /// Single sign-on is not set up.
    NotSetUp,
}

impl Problem {
    /// Every one.
    pub const ALL: [Problem; 12] = {
        use Problem as P;
        [
            P::Expired,
            P::Unreachable,
            P::Address,
            P::Refused,
            P::Client,
            P::Token,
            P::Email,
            P::Stranger,
            P::Suspended,
            P::Account,
            P::Identity,
            P::NotSetUp,
        ]
    };

    /// Its name in addresses and in the audit log.
    pub const fn code(self) -> &'static str {
        match self {
            Problem::Expired => "expired",
            Problem::Unreachable => "unreachable",
            Problem::Address => "address",
            Problem::Refused => "refused",
            Problem::Client => "client",
            Problem::Token => "token",
            Problem::Email => "email",
            Problem::Stranger => "stranger",
            Problem::Suspended => "suspended",
            Problem::Account => "account",
            Problem::Identity => "identity",
            Problem::NotSetUp => "not_set_up",
        }
    }

    /// The problem with this code.
    pub fn from_code(code: &str) -> Option<Problem> {
        Problem::ALL.into_iter().find(|problem| problem.code() == code)
    }

    /// What people are told.
    pub const fn text(self) -> Key {
        match self {
            Problem::Expired => Key::SsoProblemExpired,
            Problem::Unreachable => Key::SsoProblemUnreachable,
            Problem::Address => Key::SsoProblemAddress,
            Problem::Refused => Key::SsoProblemRefused,
            Problem::Client => Key::SsoProblemClient,
            Problem::Token => Key::SsoProblemToken,
            Problem::Email => Key::SsoProblemEmail,
            Problem::Stranger => Key::SsoProblemStranger,
            Problem::Suspended => Key::SsoProblemSuspended,
            Problem::Account => Key::SsoProblemAccount,
            Problem::Identity => Key::SsoProblemIdentity,
            Problem::NotSetUp => Key::SsoProblemNotSetUp,
        }
    }
}

/// Why a step of single sign-on failed.
#[derive(Debug)]
pub enum Failure {
    /// People are told.
    Problem(Problem),
    /// As any use case fails.
    Error(Error),
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Failure {
        Failure::Problem(problem)
    }
}

impl<E: Into<Error>> From<E> for Failure {
    fn from(error: E) -> Failure {
        Failure::Error(error.into())
    }
}

impl From<provider::Fault> for Problem {
    fn from(fault: provider::Fault) -> Problem {
        match fault {
            provider::Fault::Address => Problem::Address,
            provider::Fault::Unreachable => Problem::Unreachable,
            provider::Fault::Client => Problem::Client,
            provider::Fault::Token => Problem::Token,
        }
    }
}
