use super::{
    draft::Draft,
    service::lockable,
    store::{self, StoreDocumentRow},
};
use crate::{
    Domain, Error, Result,
    access::{ManageStoreSettings, OrganizationAccess},
    db::Conn,
    people,
    settings::service::parse,
};
use model::{
    OrganizationId, StoreId,
    settings::{Document, Field, Section, Value},
};

/// Stores read at once.
const STEP: i64 = 500;
/// Stores shown on a page.
const SHOWN: usize = 50;

/// A store whose value a lock would not allow.
#[derive(Clone, Debug)]
pub struct Contradiction {
    /// The store.
    pub store: StoreId,
    /// Its name.
    pub name: String,
    /// What it holds.
    pub value: Value,
}

/// What a lock would mean.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    /// How many open stores there are.
    pub stores: i64,
    /// All of them that hold what it would not allow.
    pub contradicting: Vec<StoreId>,
    /// A page of those.
    pub page: Vec<Contradiction>,
    /// Where the next page begins after.
    pub next: Option<StoreId>,
}

/// What a lock would mean for the stores there are; the page after the store `after`.
///
/// # Errors
/// [`Error::NotFound`] for a field that there is not.
pub async fn preview(
    domain: &Domain,
    access: &OrganizationAccess<ManageStoreSettings>,
    draft: &Draft,
    after: Option<&StoreId>,
) -> Result<Preview> {
    let organization = access.organization();
    let read = async |conn: &mut Conn<'_>| Ok(find(conn, organization, draft).await);
    let (stores, all) = domain.db.read(read).await??;
    let mut preview = Preview { stores, ..Preview::default() };
    preview.contradicting = all.iter().map(|one| one.store.clone()).collect();
    let mut rest = all.into_iter().filter(|one| after.is_none_or(|after| one.store > *after));
    preview.page = rest.by_ref().take(SHOWN).collect();
    if rest.next().is_some() {
        preview.next = preview.page.last().map(|last| last.store.clone());
    }
    Ok(preview)
}

/// How many open stores there are, and those that contradict, by age.
pub(super) async fn find(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    draft: &Draft,
) -> Result<(i64, Vec<Contradiction>)> {
    let (section, field) = draft.place()?;
    let (mut stores, mut found) = (0, Vec::new());
    let mut after: Option<StoreId> = None;
    loop {
        let rows = store::documents(conn, organization, section.key, after.as_ref(), STEP).await?;
        let Some(last) = rows.last() else { return Ok((stores, found)) };
        after = Some(people::id(last.id.clone())?);
        for row in rows {
            stores += 1;
            let value = value(field, &row)?;
            if !draft.rule.allows(&value) {
                found.push(Contradiction { store: people::id(row.id)?, name: row.name, value });
            }
        }
    }
}

fn value(field: &Field, row: &StoreDocumentRow) -> Result<Value> {
    let mut stored: Document = row.body.as_deref().map(parse).transpose()?.unwrap_or_default();
    Ok(stored.remove(field.key).unwrap_or_else(|| field.default_value()))
}

impl Draft {
    /// The section and field that it is about.
    ///
    /// # Errors
    /// [`Error::NotFound`] where stores have no such field.
    pub fn place(&self) -> Result<(&'static Section, &'static Field)> {
        let mut all = lockable();
        let found =
            all.find(|(section, field)| section.key == self.section && field.key == self.field);
        found.ok_or(Error::NotFound)
    }
}
