//! The history of settings: lists of versions, what differs between two, and putting back what was
//! before. Each row of it is a version that `commit` wrote; the version that a
//! section began with has none.
mod compare;
mod cursor;
mod list;
mod put_back;
mod store;
#[cfg(test)]
mod tests;
mod view;

pub use compare::{Comparison, compare};
pub use cursor::{At, Cursor, PAGE_SIZE};
pub use list::{HistoryPage, of_place, of_section, version};
pub use put_back::{Again, Preview, PreviewRow, What, preview, put_back};
pub use view::{FieldView, VersionView};

/// The version that a section begins with.
const FIRST: i64 = 1;
