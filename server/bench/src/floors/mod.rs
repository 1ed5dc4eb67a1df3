//! What figures are held against.
mod hashes;
mod page;
mod saves;

pub use hashes::hashes;
pub use page::page;
pub use saves::saves;
