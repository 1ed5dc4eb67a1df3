//! How a store writes: its language, and its ways with dates, times, numbers and money. Whatever
//! belongs to a store follows it, whoever reads; what belongs to a person or an organization is in
//! the person's own time zone. The audit log is an organization's, also where it is filtered by
//! store: its entries stand in one order with those of other stores.
mod adopt;
mod service;
mod store;
#[cfg(test)]
mod tests;

pub(crate) use adopt::adopt;
pub use service::{language, locale, of_place, spoken};
