use super::{
    check,
    commit::{Author, Commit, put},
    conflict::{self, Sides},
    danger,
    how::How,
    secret,
    service::{Stored, stored},
    store,
};
use crate::{
    Domain, Error, Result,
    access::{self, SectionEdit},
    db::Conn,
};
use model::{
    FieldError, Input, Refusal, check as rules,
    settings::{Document, Value, clean, compact, secrets},
};

/// Saves a section's form (C-13) and gives the version that is then stored. `base_version` is the
/// version the form was loaded with; the fields named in `take_theirs` keep what is stored,
/// whatever the form says. Where nothing would change nothing is written.
///
/// # Errors
/// [`Error::Invalid`] with all faults; [`Error::Stale`] where somebody else has changed fields
/// since `base_version` that this save would change back or otherwise; [`Error::Forbidden`] and
/// [`Error::NotFound`] where the person has lost the permission in the meantime;
/// [`Refusal::Malformed`] for a version that never was.
pub async fn save(
    domain: &Domain,
    access: &SectionEdit,
    base_version: i64,
    input: &Input,
    take_theirs: &[String],
) -> Result<i64> {
    Save::of(domain, access, base_version, input, take_theirs, false).run(domain).await
}

/// As [`save`], but what affects others is not saved before it was looked at: whoever has confirmed
/// it saves it.
///
/// # Errors
/// As [`save`]; [`Refusal::ConfirmChange`] where the form is right and changes a field that others
/// rely on ([`danger`](super::danger) tells whom).
pub async fn save_asking(
    domain: &Domain,
    access: &SectionEdit,
    base_version: i64,
    input: &Input,
    take_theirs: &[String],
) -> Result<i64> {
    Save::of(domain, access, base_version, input, take_theirs, true).run(domain).await
}

struct Save {
    domain: Domain,
    access: SectionEdit,
    base: i64,
    input: Input,
    take_theirs: Vec<String>,
    ask: bool,
}

impl Save {
    fn of(
        domain: &Domain,
        access: &SectionEdit,
        base: i64,
        input: &Input,
        take_theirs: &[String],
        ask: bool,
    ) -> Save {
        Save {
            domain: domain.clone(),
            access: access.clone(),
            base,
            input: input.clone(),
            take_theirs: take_theirs.to_vec(),
            ask,
        }
    }

    async fn run(self, domain: &Domain) -> Result<i64> {
        domain.db.write(async move |conn: &mut Conn<'_>| self.within(conn).await).await
    }

    async fn within(&self, conn: &mut Conn<'_>) -> Result<i64> {
        let (place, section) = (self.access.place(), self.access.section());
        store::lock(conn, place).await?;
        access::recheck_section(&self.domain, conn, &self.access).await?;
        let current = stored(conn, place.id(), section).await?;
        if !(0..=current.version).contains(&self.base) {
            return Err(Refusal::Malformed.into());
        }
        let mut mine = clean(section, &self.input, &current.document);
        let mut faults = self.seal(conn, &mut mine).await?;
        self.take_theirs(&mut mine, &current.document);
        faults.extend(check::faults(conn, place, section, &mine, &current.document).await?);
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        compact(&mut mine);
        self.settle(conn, &current, &mut mine).await?;
        if self.ask && danger::asks(conn, &self.access, &current.document, &mine).await? {
            return Err(Refusal::ConfirmChange.into());
        }
        let commit = Commit {
            place,
            organization: self.access.organization(),
            section,
            author: &Author::from(self.access.signed_in()),
            how: How::Save,
            document: &mine,
        };
        put(&self.domain, conn, &commit, &current).await
    }

    /// Puts sealed secrets in the place of those that were typed.
    async fn seal(&self, conn: &mut Conn<'_>, mine: &mut Document) -> Result<Vec<FieldError>> {
        let (scope, section) = (self.access.place().id(), self.access.section());
        let mut faults = Vec::new();
        for (field, text) in secrets(section, &self.input) {
            if let Err(fault) = rules::plain(&text, field.max, false) {
                faults.push(FieldError::new(field.key, fault));
                continue;
            }
            let id = secret::seal(&self.domain, conn, scope, section, field, &text).await?;
            mine.insert(field.key.to_owned(), Value::Text(id.to_string()));
        }
        Ok(faults)
    }

    fn take_theirs(&self, mine: &mut Document, theirs: &Document) {
        for key in &self.take_theirs {
            if let (Some(mine), Some(theirs)) = (mine.get_mut(key), theirs.get(key)) {
                theirs.clone_into(mine);
            }
        }
    }

    /// Merges what was saved since the form was loaded, or refuses where a person must decide.
    async fn settle(
        &self,
        conn: &mut Conn<'_>,
        current: &Stored,
        mine: &mut Document,
    ) -> Result<()> {
        if self.base == current.version {
            return Ok(());
        }
        let sides = Sides {
            section: self.access.section(),
            place: self.access.place(),
            base: self.base,
            version: current.version,
            current: &current.document,
        };
        let reader = &self.access.signed_in().person;
        match conflict::settle(conn, &sides, mine, reader, self.domain.now()).await? {
            Some(conflict) => Err(Error::Stale(Box::new(conflict))),
            None => Ok(()),
        }
    }
}
