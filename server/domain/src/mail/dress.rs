use super::layout::Dress;
use crate::{
    branding,
    db::{Conn, Result},
    images, localization,
};
use model::{StoreId, text::Texts};

/// What a mail in the language of `t` has of the store that it comes from; `None` where there is no
/// such store.
pub(super) async fn dress(conn: &mut Conn<'_>, store: &StoreId, t: Texts) -> Result<Option<Dress>> {
    let Some(mut brand) = branding::brand(conn, store).await? else { return Ok(None) };
    let locale = localization::locale(conn, store, t).await?;
    let logo = match &brand.logo {
        Some(id) => images::size(conn, store, id).await?,
        None => None,
    };
    let logo = logo.map(|(width, height)| images::logo_size(width, height));
    if logo.is_none() {
        brand.logo = None;
    }
    brand.name = super::letter::unlinked(&brand.name);
    Ok(Some(Dress { brand, logo, locale }))
}
