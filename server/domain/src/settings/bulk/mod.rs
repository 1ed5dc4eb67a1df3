//! Settings for many stores at once. What is to be done is a batch: a row for each store, worked
//! off by any number of processes. Each store gets all of it, in one transaction that also keeps
//! what became of it, or nothing; what a batch has done can be taken back by another one.
//!
//! Secrets and images are never copied: the ones are sealed for their place, the others belong to
//! one store.
mod prepare;
mod preview;
mod start;
mod store;
mod task;
#[cfg(test)]
mod tests;
mod view;
mod work;

pub use prepare::{Draft, Target, choose, copied, sources, targets};
pub use preview::{Counts, Look, PreviewRow, preview};
pub(crate) use start::begin;
pub use start::{start, taken_back, undo};
pub use task::{Part, Report, State, Task};
pub use view::{BatchView, ResultRow, batch, batches, results};
pub use work::{run, work_due};
