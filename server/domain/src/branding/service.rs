use super::{
    colors::{Colors, SCHEMES},
    store,
};
use crate::{
    Domain,
    access::SectionAccess,
    db::{Conn, Result},
    people,
};
use model::{
    ImageId, StoreId,
    settings::{Branding, Document, Place, Settings, StoreDetails},
};

/// How a store looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brand {
    /// The store.
    pub store: StoreId,
    /// Its name.
    pub name: String,
    /// Its logo.
    pub logo: Option<ImageId>,
    /// Its colours.
    pub colors: Colors,
    /// Whether somebody has chosen them: else a page keeps the console's own.
    pub chosen: bool,
}

/// How this store looks; `None` where there is no such store.
///
/// # Errors
/// Faults of the database, a stored document that cannot be read.
pub async fn brand(conn: &mut Conn<'_>, store: &StoreId) -> Result<Option<Brand>> {
    let Some(row) = store::look(conn, store).await? else { return Ok(None) };
    let branding: Branding = read(row.branding.as_deref())?;
    let details: StoreDetails = read(row.details.as_deref())?;
    let logos = [&branding.logo, &details.logo].into_iter();
    Ok(Some(Brand {
        store: store.clone(),
        name: row.name,
        logo: logos.filter(|id| !id.is_empty()).find_map(|id| people::id(id.clone()).ok()),
        colors: colors(&branding),
        chosen: row.branding.is_some(),
    }))
}

/// How the store looks whose section somebody has open; `None` for a section of an organization.
///
/// # Errors
/// Faults of the database, a stored document that cannot be read.
pub async fn of_section(domain: &Domain, access: &SectionAccess) -> crate::Result<Option<Brand>> {
    let Place::Store(store) = access.place() else { return Ok(None) };
    Ok(domain.db.read(async |conn| brand(conn, store).await).await?)
}

fn read<S: Settings>(body: Option<&str>) -> Result<S> {
    let document: Document = match body {
        Some(body) => serde_json::from_str(body).map_err(|e| sqlx::Error::Decode(e.into()))?,
        None => Document::new(),
    };
    Ok(S::read(&document))
}

/// The colours that count: those of the scheme, or the store's own.
fn colors(branding: &Branding) -> Colors {
    let scheme = SCHEMES.iter().find(|scheme| scheme.key == branding.scheme);
    scheme.map_or_else(|| own_colors(branding), |scheme| scheme.colors())
}

/// The store's own colours, whether they count or not.
pub fn own_colors(branding: &Branding) -> Colors {
    Colors::new(&branding.primary, &branding.background, &branding.text)
}
