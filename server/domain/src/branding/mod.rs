//! How a store looks to the people it writes to: logo and colours of its mails and of the page on
//! which somebody accepts an invitation to it (M-10 to M-14).
//!
//! The logo is that of its branding, else that of its details. The console itself shows the one of
//! the details.
mod colors;
mod service;
mod store;
#[cfg(test)]
mod tests;

pub use colors::{Colors, SCHEMES, SCHEMES_ADDRESS, Scheme, scheme_styles, styles};
pub use service::{Brand, brand, of_section, own_colors};
