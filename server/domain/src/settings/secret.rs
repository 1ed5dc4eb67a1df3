//! Secrets of settings: sealed when they come, opened only for what uses them.
use super::store;
use crate::{Domain, Error, Result, db::Conn};
use model::{
    SecretId,
    settings::{Field, Section},
};
use zeroize::Zeroizing;

/// Where a sealed secret belongs: it opens nowhere else.
fn place(scope: &str, section: &Section, field: &Field, id: &str) -> String {
    format!("setting/{scope}/{}/{}/{id}", section.key, field.key)
}

/// Seals what was typed; the identifier that the document holds in its place.
pub(crate) async fn seal(
    domain: &Domain,
    conn: &mut Conn<'_>,
    scope: &str,
    section: &Section,
    field: &Field,
    text: &str,
) -> Result<SecretId> {
    let id = SecretId::from_u128(domain.id_bits());
    let sealed = domain.keys.seal(&place(scope, section, field, id.as_str()), text.as_bytes());
    let row = store::SecretRow { sealed };
    store::add_secret(conn, (scope, section, field), &id, &row, domain.now()).await?;
    Ok(id)
}

/// The secret that `field` of a section holds as `id`, for what uses it; `None` where there is
/// none of that name there.
///
/// # Errors
/// [`Error::Corrupt`] where it was sealed for another place or with another key.
pub async fn secret(
    domain: &Domain,
    conn: &mut Conn<'_>,
    scope: &str,
    section: &Section,
    field: &Field,
    id: &str,
) -> Result<Option<Zeroizing<String>>> {
    let Some(row) = store::secret(conn, (scope, section, field), id).await? else {
        return Ok(None);
    };
    let bytes = domain.keys.open(&place(scope, section, field, id), &row.sealed)?;
    let text = String::from_utf8(bytes.to_vec());
    Ok(Some(Zeroizing::new(text.map_err(|_| Error::Corrupt(format!("secret {id}")))?)))
}
