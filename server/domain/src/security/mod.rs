//! What an organization demands of who enters it: two-factor, session limits, domains of invited
//! people. Addresses ([`address_rules`](crate::address_rules)) and single sign-on
//! ([`single_sign_on`](crate::single_sign_on)) are kept in the same row and changed by the same
//! steps.
//!
//! Every change locks the organization's members and then that row, so that what a change was
//! weighed against stays true until it is written.
mod change;
pub(crate) mod domains;
mod people;
mod service;
pub(crate) mod store;
#[cfg(test)]
mod tests;
mod unlock;

pub(crate) use change::{Changing, refused};
pub use domains::{check_invited, invites, read as read_domains};
pub use people::{Affected, without_second_factor};
pub use service::{
    ABSOLUTE_CHOICES, IDLE_CHOICES, Overview, demand_two_factor, overview, set_invitation_domains,
    set_session_limits,
};
pub use unlock::unlock;
