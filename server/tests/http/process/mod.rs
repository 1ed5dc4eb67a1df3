//! The program itself: its commands, how it starts and stops, what a crash leaves, and what its
//! operators have.
mod backup;
mod cluster;
mod commands;
mod crash;
mod metrics;
mod program;
mod saves;
mod settings;
mod storage;
#[cfg(feature = "opentelemetry")]
mod traces;
