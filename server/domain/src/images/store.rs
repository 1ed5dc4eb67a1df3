use crate::{
    access::SectionEdit,
    db::{Conn, Result, sql},
    row,
};
use model::{ImageId, PersonId, StoreId, settings::Place};

row! {
    /// An image as stored; the body is base64.
    pub(super) struct ImageRow {
        pub(super) content_type: String,
        pub(super) body: String,
        pub(super) width: i64,
        pub(super) height: i64,
    }
}

row! {
    struct Found { found: bool }
}

pub(super) async fn insert(
    conn: &mut Conn<'_>,
    access: &SectionEdit,
    id: &ImageId,
    image: &ImageRow,
    now: i64,
) -> Result<()> {
    sql("INSERT INTO image (id, organization_id, store_id, content_type, body, width, height,
             created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
    .bind(id.as_str())
    .bind(access.organization().as_str())
    .bind(access.store().map(StoreId::as_str))
    .bind(&image.content_type)
    .bind(&image.body)
    .bind(image.width)
    .bind(image.height)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(())
}

/// The image, if it belongs to a store that the person may enter now, to an organization they are a
/// member of, or to a store of an organization that they manage.
pub(super) async fn find(
    conn: &mut Conn<'_>,
    person: &PersonId,
    id: &ImageId,
    now: i64,
) -> Result<Option<ImageRow>> {
    sql("SELECT i.content_type, i.body, i.width, i.height FROM image i
         LEFT JOIN store s ON s.id = i.store_id
         JOIN organization_member o ON o.organization_id = i.organization_id
             AND o.person_id = $2 AND o.suspended_at IS NULL
             AND (o.ends_at IS NULL OR o.ends_at > $3)
         WHERE i.id = $1 AND (i.store_id IS NULL OR o.role <> 'member'
             OR (s.archived_at IS NULL AND EXISTS (
                 SELECT 1 FROM store_member m WHERE m.store_id = s.id AND m.person_id = $2)))")
    .bind(id.as_str())
    .bind(person.as_str())
    .bind(now)
    .optional(conn)
    .await
}

/// Whether the store, or the organization itself, has an image of this id.
pub(crate) async fn exists(conn: &mut Conn<'_>, place: &Place, id: &str) -> Result<bool> {
    let row: Found = sql("SELECT EXISTS (SELECT 1 FROM image
             WHERE id = $1 AND COALESCE(store_id, organization_id) = $2) AS found")
    .bind(id)
    .bind(place.id())
    .one(conn)
    .await?;
    Ok(row.found)
}

/// An image of this store.
pub(super) async fn of_store(
    conn: &mut Conn<'_>,
    store: &StoreId,
    id: &ImageId,
) -> Result<Option<ImageRow>> {
    sql("SELECT content_type, body, width, height FROM image WHERE id = $1 AND store_id = $2")
        .bind(id.as_str())
        .bind(store.as_str())
        .optional(conn)
        .await
}

row! {
    /// Width and height, in pixels.
    struct SizeRow { width: i64, height: i64 }
}

/// Width and height of an image of this store, in pixels.
pub(crate) async fn size(
    conn: &mut Conn<'_>,
    store: &StoreId,
    id: &ImageId,
) -> Result<Option<(u32, u32)>> {
    let row: Option<SizeRow> =
        sql("SELECT width, height FROM image WHERE id = $1 AND store_id = $2")
            .bind(id.as_str())
            .bind(store.as_str())
            .optional(conn)
            .await?;
    let side = |pixels: i64| u32::try_from(pixels).unwrap_or(1);
    Ok(row.map(|row| (side(row.width), side(row.height))))
}
