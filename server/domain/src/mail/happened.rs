//! What happened in a store, in words.
use super::letter::unlinked;
use crate::{
    Result, audit,
    db::Conn,
    notifications::{self, Item, What},
    people, roles, settings,
    settings::FieldChange,
};
use model::{
    OrganizationId, PersonId,
    access::RoleRef,
    settings::sections,
    text::{Key, Texts},
};

/// A value takes no more characters than this.
const MOST: usize = 300;

/// Who is told, and when.
pub(super) struct Telling<'a> {
    pub(super) t: Texts,
    pub(super) organization: &'a OrganizationId,
    pub(super) now: i64,
}

impl Telling<'_> {
    /// What happened, in a paragraph of its own. Names and values never become links.
    pub(super) async fn paragraph(&self, conn: &mut Conn<'_>, item: &Item) -> Result<String> {
        let t = self.t;
        let store = notifications::store_name(conn, self.organization, &item.store).await?;
        let (store, by) = (unlinked(&store), self.people(conn, &item.by).await?);
        let at = [("store", store.as_str()), ("by", by.as_str())];
        Ok(match &item.what {
            What::Settings { section, changes } => self.settings(section, changes, &at),
            What::Joined { person, role } => {
                let (who, role) = (self.who(conn, person).await?, self.role(conn, role).await?);
                let alone = item.by.iter().all(|by| by == person.as_str());
                let key = if alone { Key::MailChangeJoined } else { Key::MailChangeJoinedBy };
                self.fill(key, &at, &[("person", &who), ("role", &role)])
            }
            What::Removed { person } => {
                let who = self.who(conn, person).await?;
                let alone = item.by.iter().all(|by| by == person.as_str() || by == audit::SYSTEM);
                let key = if alone { Key::MailChangeRemoved } else { Key::MailChangeRemovedBy };
                self.fill(key, &at, &[("person", &who)])
            }
            What::RoleChanged { person, old, new } => {
                let who = self.who(conn, person).await?;
                let (old, new) = (self.role(conn, old).await?, self.role(conn, new).await?);
                let values = [("person", who.as_str()), ("old", &old), ("new", &new)];
                self.fill(Key::MailChangeRole, &at, &values)
            }
            What::InvitationExpired { email } => {
                let values = [("email", unlinked(email)), ("store", store)];
                let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
                t.fill(Key::MailChangeExpired, &values)
            }
            What::Archived => t.fill(Key::MailChangeArchived, &at),
            What::Restored => t.fill(Key::MailChangeRestored, &at),
        })
    }

    fn fill(&self, key: Key, at: &[(&str, &str)], values: &[(&str, &str)]) -> String {
        self.t.fill(key, &[at, values].concat())
    }

    /// Each field with its old and its new value; of a secret only that it changed.
    fn settings(&self, section: &str, changes: &[FieldChange], at: &[(&str, &str)]) -> String {
        let t = self.t;
        let known = sections().find(|known| known.key == section);
        let title = known.map_or(section, |section| t.get(section.title));
        let mut lines = vec![self.fill(Key::MailChangeSettings, at, &[("section", title)])];
        for change in changes {
            let Some(field) = known.and_then(|section| section.field(&change.field)) else {
                continue;
            };
            let old = short(&settings::shown(t, field, &change.old, self.now));
            let new = short(&settings::shown(t, field, &change.new, self.now));
            let values = [("field", t.get(field.label)), ("old", &old), ("new", &new)];
            lines.push(t.fill(Key::MailChangeField, &values));
        }
        lines.join("\n")
    }

    async fn people(&self, conn: &mut Conn<'_>, people: &[String]) -> Result<String> {
        let mut names = Vec::with_capacity(people.len());
        for person in people {
            let name = notifications::person_name(conn, person).await?;
            names.push(match name.as_str() {
                "" => self.t.get(Key::CommonProduct).to_owned(),
                name => unlinked(name),
            });
        }
        Ok(names.join(", "))
    }

    async fn who(&self, conn: &mut Conn<'_>, person: &PersonId) -> Result<String> {
        Ok(unlinked(&notifications::person_name(conn, person.as_str()).await?))
    }

    /// The role's name; its code where somebody has deleted it since.
    async fn role(&self, conn: &mut Conn<'_>, code: &str) -> Result<String> {
        let role = people::role(code)?;
        let custom = match &role {
            RoleRef::Preset(_) => None,
            RoleRef::Custom(id) => {
                let row = roles::find(conn, self.organization, id).await?;
                Some(row.map_or_else(|| "–".to_owned(), |row| row.name))
            }
        };
        Ok(unlinked(&roles::name(&role, custom.as_deref(), self.t)))
    }
}

fn short(text: &str) -> String {
    let mut cut: String = text.chars().take(MOST).collect();
    if cut.len() < text.len() {
        cut.push('…');
    }
    unlinked(&cut)
}
