//! The registered sections, a file each. To add one, declare it and list it here.
mod information;
mod store_details;

pub use information::Information;
pub use store_details::StoreDetails;

use super::{Section, Settings};

/// Every section that the settings engine serves, in the order of the tab selector.
pub static SECTIONS: &[&Section] = &[StoreDetails::SECTION, Information::SECTION];
