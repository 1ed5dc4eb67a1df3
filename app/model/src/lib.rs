//! Types and rules that the server and the browser share: identifiers, permissions, the settings
//! engine's declarations and checks, the texts, and the views that pages are made of.
#![warn(missing_docs)]

pub mod access;
pub mod check;
mod id;
mod outcome;
pub mod panel;
pub mod search;
pub mod settings;
pub mod text;
pub mod view;

pub use id::*;
pub use outcome::{Conflict, ConflictField, FieldError, Input, Notice, Outcome, Refusal};
