//! HTTP tests: requests through the real router, each on a fresh database of either engine.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test stops where it fails")]

mod access;
mod account;
mod audit;
mod bodies;
mod code;
mod cross_site;
mod details;
mod harness;
mod headers;
mod help;
mod history;
mod invitation;
mod log;
mod members;
mod organization;
mod process;
mod sections;
mod security;
mod session;
mod site;
