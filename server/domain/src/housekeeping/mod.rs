//! Removes what has served its time. Nothing here changes what anybody sees, so nothing of it is
//! in the audit log, but for memberships that end.
mod service;
mod store;
#[cfg(test)]
mod tests;

pub use service::run_once;
