//! What the list shows: filters and a place.
use super::{
    list_sql::Lead,
    store::{Entry, Page},
    words::{self, Kind},
};
use crate::format;
use model::{PersonId, StoreId};

/// Entries on a page of the list.
pub const PAGE_SIZE: usize = 50;
/// The action of what a section of settings keeps.
pub(super) const SETTINGS: &str = "settings.save";

/// Which entries to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Done by this person, [`SYSTEM`](super::SYSTEM) or [`ANONYMOUS`](super::ANONYMOUS).
    pub actor: Option<String>,
    /// Of this kind.
    pub kind: Option<Kind>,
    /// About this store.
    pub store: Option<StoreId>,
    /// Changes of this section of settings.
    pub section: Option<String>,
    /// Not before this time.
    pub from: Option<i64>,
    /// Not after this time.
    pub until: Option<i64>,
}

impl Filter {
    /// The filter in an address, whose values `get` gives by name; days are days in `zone`. What
    /// cannot be read filters nothing.
    pub fn read<'a>(get: impl Fn(&str) -> &'a str, zone: &str) -> Filter {
        // PostgreSQL refuses U+0000.
        let word = |text: &str| {
            let plain = !text.is_empty() && !text.chars().any(char::is_control);
            plain.then(|| text.to_owned())
        };
        let day = |name: &str| format::day(zone, get(name));
        Filter {
            actor: word(get("person")),
            kind: Kind::from_code(get("kind")),
            store: get("store").parse().ok(),
            section: word(get("section")),
            from: day("from").map(|(start, _)| start),
            until: day("until").map(|(_, end)| end),
        }
    }

    /// All that somebody did.
    pub fn of(person: &PersonId) -> Filter {
        Filter { actor: Some(person.to_string()), ..Filter::default() }
    }

    /// Whether it leaves anything out.
    pub fn is_empty(&self) -> bool {
        *self == Filter::default()
    }

    /// The statements that together give a page: what leads each, and its value.
    pub(super) fn leads(&self) -> Vec<(Lead, String)> {
        if let Some(actor) = &self.actor {
            return vec![(Lead::Actor, actor.clone())];
        }
        if let Some(store) = &self.store {
            return vec![(Lead::Store, store.to_string())];
        }
        if self.section.is_some() {
            return vec![(Lead::Action, SETTINGS.to_owned())];
        }
        match self.kind {
            Some(kind) => words::actions(kind).map(|action| (Lead::Action, action)).collect(),
            None => vec![(Lead::Time, String::new())],
        }
    }

    /// The statement's values for `limit` entries beyond `place`.
    pub(super) fn page(&self, lead: (Lead, String), place: Place, limit: usize) -> Page {
        let start = self.from.unwrap_or(0);
        let end = self.until.unwrap_or(i64::MAX);
        let newer = matches!(place, Place::NewerThan(_));
        let at = match place {
            Place::Newest => Cursor { at: end, position: i64::MAX },
            Place::OlderThan(cursor) if cursor.at > end => Cursor { at: end, position: i64::MAX },
            Place::NewerThan(cursor) if cursor.at < start => Cursor { at: start, position: 0 },
            Place::OlderThan(cursor) | Place::NewerThan(cursor) => cursor,
        };
        let mut actions = String::new();
        if let Some(kind) = self.kind.filter(|_| lead.0 != Lead::Action) {
            actions.push(',');
            words::actions(kind).for_each(|action| actions.extend([action.as_str(), ","]));
        }
        Page {
            lead,
            newer,
            at: at.at,
            position: at.position,
            within: if newer { end } else { start },
            actions,
            store: self.store.as_ref().map(StoreId::to_string).unwrap_or_default(),
            section: self.section.clone().unwrap_or_default(),
            limit: i64::try_from(limit).unwrap_or(i64::MAX),
        }
    }
}

/// A place in the list: an entry. It stays the same place while entries are added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub(super) at: i64,
    pub(super) position: i64,
}

impl Cursor {
    pub(super) fn of(entry: &Entry) -> Cursor {
        Cursor { at: entry.at, position: entry.position }
    }

    /// As it stands in an address.
    pub fn encode(self) -> String {
        format!("{}-{}", self.at, self.position)
    }

    /// The place in an address; `None` for what is none.
    pub fn decode(text: &str) -> Option<Cursor> {
        let (at, position) = text.split_once('-')?;
        let (at, position) = (at.parse().ok()?, position.parse().ok()?);
        (at >= 0 && position >= 0).then_some(Cursor { at, position })
    }
}

/// Where a page of the list begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// With the newest entry.
    Newest,
    /// Behind an entry.
    OlderThan(Cursor),
    /// It ends before an entry.
    NewerThan(Cursor),
}

impl Place {
    /// The place that the values `after` and `before` of an address name.
    pub fn read(after: &str, before: &str) -> Place {
        match (Cursor::decode(after), Cursor::decode(before)) {
            (Some(cursor), _) => Place::OlderThan(cursor),
            (None, Some(cursor)) => Place::NewerThan(cursor),
            (None, None) => Place::Newest,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_filters_nothing() {
        let odd = Filter::read(|name| if name == "person" { "a\0" } else { "%" }, "UTC");
        assert_eq!(odd, Filter { section: Some("%".into()), ..Filter::default() });
        let plain = |name: &str| match name {
            "kind" => "members",
            "from" | "until" => "2026-03-01",
            _ => "",
        };
        let filter = Filter::read(plain, "Europe/Warsaw");
        assert_eq!(filter.kind, Some(Kind::Members));
        let day = 24 * 60 * 60 * 1000;
        assert_eq!(filter.until.unwrap() - filter.from.unwrap(), day - 1);
        assert_eq!(Filter::read(|_| "", "UTC"), Filter::default());
    }

    #[test]
    fn only_an_intact_cursor_counts() {
        let cursor = Cursor { at: 5, position: 7 };
        assert_eq!(Cursor::decode(&cursor.encode()), Some(cursor));
        for text in ["", "-", "5", "5-", "-5-7", "5--7", "5-7-9", "a-b", "99999999999999999999-1"] {
            assert_eq!(Cursor::decode(text), None, "{text}");
        }
    }
}
