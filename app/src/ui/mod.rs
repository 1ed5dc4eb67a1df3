//! Widgets that know nothing of the product: thin, on native elements, complete without wasm.
mod avatar;
mod banner;
mod dialog;
mod field;
mod form;
mod icon;
mod markup;
mod quick;
mod texts;
mod title;
mod toast;
mod upload;

#[cfg(feature = "hydrate")]
mod browser;
#[cfg(feature = "hydrate")]
mod passkey;

pub use avatar::{avatar, person, square};
#[cfg(feature = "ssr")]
pub use avatar::{initials, tone};
pub use banner::{banner, error_summary};
pub use dialog::Dialog;
#[cfg(feature = "ssr")]
pub use field::draw;
pub use field::{Filled, control, labels, select, show};
pub use form::{Check, Form, FormState, Refresh};
pub use icon::{Icon, IconSprite};
#[cfg(feature = "ssr")]
pub use markup::html;
pub use markup::{Markup, flag, markup, still};
pub use quick::QuickForms;
pub use texts::use_texts;
pub use title::PageTitle;
pub use toast::{ToastRegion, Toasts};

#[cfg(feature = "hydrate")]
pub use browser::{address_of, arrive, leave, post, restore_focus, submit_form_of};
