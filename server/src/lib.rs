//! The program `store-manager`: configuration, command line, router, and what runs beside it.
#![warn(missing_docs)]

mod backup;
pub mod cli;
pub mod config;
pub mod http;
mod in_use;
mod listen;
mod logging;
pub mod metrics;
mod open;
pub mod secret_key;
mod serve;
pub mod site;
mod state;
#[cfg(feature = "opentelemetry")]
mod traces;
mod turns;

pub use state::{Front, Server};
pub use turns::{Key, Turn, Turns};
