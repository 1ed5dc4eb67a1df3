//! The program `store-manager`: configuration, command line, router, and what runs beside it.
#![warn(missing_docs)]

pub mod cli;
pub mod config;
pub mod http;
mod listen;
mod logging;
mod open;
pub mod secret_key;
mod serve;
pub mod site;
mod state;

pub use state::{Front, Server};
