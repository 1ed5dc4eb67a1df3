//! Before one is in: sign in, sign up, accept an invitation; and the choices of the person's menu.
pub mod api;
mod invitation;
mod sign_in;
mod sign_up;

pub use invitation::InvitationPage;
pub use sign_in::SignInPage;
pub use sign_up::{ConfirmPage, SignUpPage, SignUpSentPage};
