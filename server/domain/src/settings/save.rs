use super::{
    conflict::{self, FieldChange, Sides, differences},
    service::{complete, parse},
    store::{self, Saved},
};
use crate::{
    Domain, Error, Result,
    access::{self, SectionEdit},
    audit::{self, Change},
    db::Conn,
    images, reference,
};
use model::{
    Input, Refusal,
    settings::{
        Document, Field, Information, Kind, Settings as _, StoreDetails, Value, clean, validate,
    },
    text::Texts,
};
use serde_json::Map;
use std::collections::BTreeSet;

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
    let save = Save {
        domain: domain.clone(),
        access: access.clone(),
        base: base_version,
        input: input.clone(),
        take_theirs: take_theirs.to_vec(),
    };
    domain.db.write(async move |conn: &mut Conn<'_>| save.run(conn).await).await
}

struct Save {
    domain: Domain,
    access: SectionEdit,
    base: i64,
    input: Input,
    take_theirs: Vec<String>,
}

/// What is stored now.
struct Current {
    version: i64,
    document: Document,
}

impl Save {
    async fn run(&self, conn: &mut Conn<'_>) -> Result<i64> {
        store::lock(conn, self.access.place()).await?;
        access::recheck_section(&self.domain, conn, &self.access).await?;
        let current = self.current(conn).await?;
        if !(0..=current.version).contains(&self.base) {
            return Err(Refusal::Malformed.into());
        }
        let mine = self.mine(&current);
        self.check(conn, &current, &mine).await?;
        self.refuse_stale(conn, &current, &mine).await?;
        let changes = differences(self.access.section(), &current.document, &mine);
        if changes.is_empty() {
            return Ok(current.version);
        }
        self.write(conn, current.version + 1, &mine, &changes).await?;
        Ok(current.version + 1)
    }

    async fn current(&self, conn: &mut Conn<'_>) -> Result<Current> {
        let section = self.access.section();
        let row = store::document(conn, self.access.place().id(), section).await?;
        let stored = row.as_ref().map(|row| parse(&row.body)).transpose()?.unwrap_or_default();
        let version = row.map_or(0, |row| row.version);
        Ok(Current { version, document: complete(section, &stored) })
    }

    fn mine(&self, current: &Current) -> Document {
        let mut mine = clean(self.access.section(), &self.input, &current.document);
        for key in &self.take_theirs {
            if let (Some(mine), Some(theirs)) = (mine.get_mut(key), current.document.get(key)) {
                theirs.clone_into(mine);
            }
        }
        mine
    }

    async fn check(&self, conn: &mut Conn<'_>, current: &Current, mine: &Document) -> Result<()> {
        let section = self.access.section();
        let mut images = BTreeSet::new();
        for field in section.fields().filter(|field| field.kind == Kind::Image) {
            if let Some(Value::Text(id)) = mine.get(field.key)
                && images::exists(conn, self.access.place(), id).await?
            {
                images.insert(id.clone());
            }
        }
        // A value that is stored already stays valid when the lists lose it.
        let kept = |field: &Field| mine.get(field.key) == current.document.get(field.key);
        let faults = validate(section, mine, |field, value| match field.kind {
            Kind::Select(source) => reference::known(source, value) || kept(field),
            _ => images.contains(value),
        });
        if faults.is_empty() { Ok(()) } else { Err(Error::Invalid(faults)) }
    }

    async fn refuse_stale(
        &self,
        conn: &mut Conn<'_>,
        current: &Current,
        mine: &Document,
    ) -> Result<()> {
        if self.base == current.version {
            return Ok(());
        }
        let sides = Sides {
            section: self.access.section(),
            scope: self.access.place().id(),
            base: self.base,
            version: current.version,
            current: &current.document,
            mine,
        };
        let t = Texts::of(self.access.signed_in().person.language);
        match conflict::find(conn, &sides, t, self.domain.now()).await? {
            Some(conflict) => Err(Error::Stale(Box::new(conflict))),
            None => Ok(()),
        }
    }

    async fn write(
        &self,
        conn: &mut Conn<'_>,
        version: i64,
        mine: &Document,
        changes: &[FieldChange],
    ) -> Result<()> {
        let access = &self.access;
        let saved = Saved {
            scope: access.place().id(),
            section: access.section(),
            version,
            body: &json(mine)?,
            by: access.person(),
            at: self.domain.now(),
        };
        store::put(conn, &saved).await?;
        store::add_change(conn, &saved, &json(&changes)?).await?;
        let name = match access.section().key {
            key if key == StoreDetails::SECTION.key => Some(StoreDetails::read(mine).name),
            key if key == Information::SECTION.key => Some(Information::read(mine).name),
            _ => None,
        };
        if let Some(name) = name {
            store::rename(conn, access.place(), &name).await?;
        }
        self.record(conn, changes).await
    }

    async fn record(&self, conn: &mut Conn<'_>, changes: &[FieldChange]) -> Result<()> {
        let side = |value: fn(&FieldChange) -> &Value| -> serde_json::Value {
            let fields = changes.iter().map(|change| {
                let value = match value(change) {
                    Value::Flag(flag) => serde_json::Value::from(*flag),
                    Value::Text(text) => serde_json::Value::from(text.as_str()),
                };
                (change.field.clone(), value)
            });
            serde_json::Value::Object(fields.collect::<Map<_, _>>())
        };
        let change = Change {
            chain: Some(self.access.organization()),
            store: self.access.store(),
            actor: self.access.person().as_str(),
            action: "settings.save",
            subject: self.access.section().key,
            old: side(|change| &change.old),
            new: side(|change| &change.new),
        };
        let origin = &self.access.signed_in().origin;
        Ok(audit::record(&self.domain, conn, origin, change).await?)
    }
}

fn json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::Corrupt(format!("settings: {error}")))
}
