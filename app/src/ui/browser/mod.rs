//! What forms do in a browser that runs wasm. Nothing here runs on the server.
mod controls;
mod data;
mod focus;
mod listen;
mod press;
mod send;
mod watch;

pub use focus::{arrive, restore_focus};
pub use listen::on_document;
pub(super) use press::{preview, reset, reveal};
pub use send::submit_form_of;
pub(super) use send::{Quick, Submitter, submit_chosen};
pub(super) use watch::mark_faults;
