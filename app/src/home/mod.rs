//! Where one lands: the root, the list of stores, a store's home page.
pub mod api;
mod page;
mod stores;

pub use page::{StoreHomePage, store_of_page};
pub use stores::{RootPage, StoresPage};
