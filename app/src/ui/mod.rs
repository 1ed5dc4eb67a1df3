//! Widgets that know nothing of the product: thin, on native elements, complete without wasm.
mod avatar;
mod banner;
mod conflict;
mod dialog;
mod field;
mod form;
mod icon;
mod markup;
mod quick;
mod still;
mod texts;
mod title;
mod toast;

#[cfg(feature = "hydrate")]
mod browser;
#[cfg(feature = "hydrate")]
mod passkey;
#[cfg(feature = "hydrate")]
pub mod presence;
#[cfg(feature = "hydrate")]
pub mod script;

pub use avatar::avatar;
pub use banner::{banner, error_summary};
pub use conflict::conflict;
pub use dialog::Dialog;
pub use field::show;
pub use form::{Check, Form, FormState, Refresh};
pub use icon::{Icon, IconSprite};
#[cfg(feature = "ssr")]
pub use markup::flag;
pub use markup::{Markup, html, markup, options, select};
pub use quick::QuickForms;
pub use still::still;
pub use texts::use_texts;
pub use title::PageTitle;
pub use toast::{ToastRegion, Toasts};

#[cfg(feature = "hydrate")]
pub use browser::{arrive, on_document, restore_focus, submit_form_of};
