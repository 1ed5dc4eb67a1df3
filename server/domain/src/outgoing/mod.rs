//! Requests to addresses that people type. They go out here and nowhere else.
mod range;

pub use range::public;
