//! What the page of a section shows below its form, besides what every section has.
use crate::panel::Visit;
use domain::{Result, access::SectionAccess};
use model::{panel::Block, view::SectionView};
use std::pin::Pin;

/// Further blocks that are being made.
pub type Making<'a> = Pin<Box<dyn Future<Output = Result<Vec<Block>>> + Send + 'a>>;

/// Makes the further blocks of a section's page from what is stored.
pub type Extra = for<'a> fn(&'a Visit, &'a SectionAccess, &'a SectionView) -> Making<'a>;

/// The sections that show more than their form, by key.
const EXTRAS: &[(&str, Extra)] = &[("notifications", |visit, access, _| {
    Box::pin(async move { Ok(crate::help::sample(visit, access)) })
})];

/// What the page of this section shows below its form.
///
/// # Errors
/// Faults of the database.
pub async fn extras(
    visit: &Visit,
    access: &SectionAccess,
    view: &SectionView,
) -> Result<Vec<Block>> {
    let key = access.section().key;
    match EXTRAS.iter().find(|(section, _)| *section == key) {
        Some((_, extra)) => extra(visit, access, view).await,
        None => Ok(Vec::new()),
    }
}
