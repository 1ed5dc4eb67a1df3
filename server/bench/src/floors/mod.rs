//! What figures are held against.
mod hashes;
mod page;
pub mod postgres;
mod saves;

pub use hashes::hashes;
pub use page::page;
pub use saves::saves;
