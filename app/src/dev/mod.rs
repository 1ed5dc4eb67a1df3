//! Pages of the demonstration only: the mailbox and the gallery of widgets. Elsewhere there is
//! nothing at their addresses.
mod gallery;
mod mailbox;

use crate::panel::{Page, Visit};
use domain::{Error, Result};

/// The pages.
pub const PAGES: &[Page] = &[
    Page { pattern: "/dev/mailbox", panel: |visit| Box::pin(mailbox::list(visit)) },
    Page { pattern: "/dev/mailbox/{mail}", panel: |visit| Box::pin(mailbox::letter(visit)) },
    Page { pattern: "/dev/gallery", panel: |visit| Box::pin(async move { gallery::all(&visit) }) },
];

/// Whether this is the demonstration.
fn demo(visit: &Visit) -> Result<()> {
    if visit.domain.options.demo { Ok(()) } else { Err(Error::NotFound) }
}
