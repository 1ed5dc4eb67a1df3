//! What is behind the Help button, and the help of each section (C-16, C-51, C-52).
mod api;
mod pages;
mod section;
mod store;

pub use pages::PAGES;
pub use section::sample;
