//! From a request to its answer: who asks, what is refused before a page or a server function
//! begins, and what every answer carries.
mod address;
mod answer;
mod body;
mod brand;
pub(crate) mod client;
mod context;
mod cookies;
mod cross_site;
mod download;
mod headers;
mod kept;
mod media;
mod observe;
mod pages;
mod ready;
mod recover;
mod router;
mod sign_on;
mod turn;

pub use client::Client;
pub use download::DOWNLOADS;
pub use kept::Kept;
pub use pages::page_routes;
pub use router::router;
pub use turn::{Lines, Share};
