//! Uploaded images. What is stored and served is never the uploaded file but an image drawn anew
//! from its pixels: small, without metadata, of a type that cannot carry script.
mod convert;
mod service;
mod store;
#[cfg(test)]
pub(crate) mod tests;

pub(crate) use convert::logo_size;
pub use convert::{MAX_BYTES, MAX_SIDE, SIDE};
pub use service::{image, store_image};
pub(crate) use service::{mail_logo, of_store};
pub(crate) use store::{exists, size};
