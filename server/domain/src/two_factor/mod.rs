//! Two-factor sign-in: codes of an app (TOTP, RFC 6238) and recovery codes for when the app is
//! gone. No code is accepted twice. The app's secret is sealed at rest; of recovery codes only
//! keyed hashes are stored.
mod app;
mod codes;
mod service;
mod store;
#[cfg(test)]
mod tests;

pub(crate) use codes::tell_used;
pub use codes::{new_codes, shown};
pub(crate) use service::accept;
pub use service::{Status, begin, cancel, confirm, status, turn_off};

#[cfg(any(test, feature = "testing"))]
pub(crate) use app::code_at;
#[cfg(any(test, feature = "testing"))]
pub(crate) use service::turn_on;

/// What was accepted as second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Factor {
    /// A code of the app.
    App,
    /// A recovery code.
    RecoveryCode,
}

impl Factor {
    /// Its name in the audit log.
    pub const fn code(self) -> &'static str {
        match self {
            Factor::App => "app",
            Factor::RecoveryCode => "recovery_code",
        }
    }
}
