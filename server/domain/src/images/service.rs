use super::{
    convert::{Converted, convert, portable},
    store,
};
use crate::{
    Domain, Error, Result,
    access::{self, SectionEdit, SignedIn},
    audit::{self, Change},
    db::Conn,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use model::{FieldError, ImageId, StoreId, check::Fault};
use serde_json::{Value, json};
use tokio::sync::Semaphore;

/// One image is decoded at a time: it may take much memory.
static DECODING: Semaphore = Semaphore::const_new(1);

/// Stores an uploaded image for `field` of the section that `access` may change. It becomes the
/// field's value only by a save that names its id; nobody refers to it until then (O-34).
///
/// # Errors
/// [`Error::Invalid`] for that field: not a PNG, JPEG, WebP or GIF image, too large.
/// [`Error::NotFound`] where the section has no such image field.
pub async fn store_image(
    domain: &Domain,
    access: &SectionEdit,
    field: &str,
    bytes: Vec<u8>,
) -> Result<ImageId> {
    let known = access.section().field(field).is_some_and(|f| f.is_image());
    if !known {
        return Err(Error::NotFound);
    }
    let image = converted(bytes)
        .await
        .map_err(|fault| Error::Invalid(vec![FieldError::new(field, fault)]))?;
    let id = ImageId::from_u128(domain.id_bits());
    let (domain_, access, new) = (domain.clone(), access.clone(), id.clone());
    domain
        .db
        .write(async move |conn: &mut Conn<'_>| {
            access::recheck_section(&domain_, conn, &access).await?;
            insert(&domain_, conn, &access, &new, image).await
        })
        .await?;
    Ok(id)
}

/// A store's logo as its mails carry it: a PNG, which every mail program shows; `None` where the
/// store has no such image.
pub(crate) async fn mail_logo(
    domain: &Domain,
    store: &StoreId,
    id: &ImageId,
) -> Result<Option<Vec<u8>>> {
    let Some((_, bytes)) = of_store(domain, store, id).await? else { return Ok(None) };
    let _permit = DECODING.acquire().await;
    let drawn = tokio::task::spawn_blocking(move || portable(&bytes)).await;
    Ok(drawn.ok().and_then(Result::ok))
}

/// An image of a store: its media type and bytes.
pub(crate) async fn of_store(
    domain: &Domain,
    store: &StoreId,
    id: &ImageId,
) -> Result<Option<(String, Vec<u8>)>> {
    let row = domain.db.read(async |conn| store::of_store(conn, store, id).await).await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some((row.content_type, decoded(id, &row.body)?)))
}

fn decoded(id: &ImageId, body: &str) -> Result<Vec<u8>> {
    STANDARD.decode(body).map_err(|e| Error::Corrupt(format!("{id}: {e}")))
}

async fn converted(bytes: Vec<u8>) -> Result<Converted, Fault> {
    let _permit = DECODING.acquire().await;
    // A decoder that panics on a damaged file has said what is to be said about the file.
    tokio::task::spawn_blocking(move || convert(&bytes)).await.map_err(|_| Fault::Image)?
}

async fn insert(
    domain: &Domain,
    conn: &mut Conn<'_>,
    access: &SectionEdit,
    id: &ImageId,
    image: Converted,
) -> Result<()> {
    let row = store::ImageRow {
        content_type: image.content_type.to_owned(),
        body: STANDARD.encode(&image.bytes),
        width: i64::from(image.width),
        height: i64::from(image.height),
    };
    store::insert(conn, access, id, &row, domain.now()).await?;
    let change = Change {
        chain: Some(access.organization()),
        store: access.store(),
        actor: access.person().as_str(),
        action: "image.upload",
        subject: id.as_str(),
        old: Value::Null,
        new: json!({ "type": row.content_type, "bytes": image.bytes.len() }),
    };
    Ok(audit::record(domain, conn, &access.signed_in().origin, change).await?)
}

/// An image's media type and bytes, for members of the store or organization it belongs to; `None`
/// for all others.
pub async fn image(
    domain: &Domain,
    signed_in: &SignedIn,
    id: &ImageId,
) -> Result<Option<(String, Vec<u8>)>> {
    let (person, now) = (&signed_in.person.id, domain.now());
    let row = domain.db.read(async |conn| store::find(conn, person, id, now).await).await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some((row.content_type, decoded(id, &row.body)?)))
}
