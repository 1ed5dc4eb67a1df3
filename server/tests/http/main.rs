//! HTTP tests: requests through the real router, each on a fresh database of either engine.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test stops where it fails")]

mod access;
mod account;
mod audit;
mod bodies;
mod branding;
mod bulk;
mod canaries;
mod code;
mod cross_site;
mod danger;
mod details;
mod harness;
mod headers;
mod help;
mod history;
mod invitation;
mod kept;
mod localization;
mod log;
mod members;
mod organization;
mod policies;
mod process;
mod revoked;
mod search;
mod secrets;
mod sections;
mod security;
mod session;
mod site;
mod turns;
