use crate::db::Arg;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use model::view::{Sort, SortBy};
use serde::{Deserialize, Serialize};

/// A place in the list: after the row with this key and identifier. It is good for the sort column
/// that it was made for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Cursor {
    by: SortBy,
    /// What the rows are sorted by, as text.
    pub(crate) key: String,
    /// The row's identifier.
    pub(crate) id: String,
}

impl Cursor {
    pub(crate) fn new(sort: Sort, key: String, id: String) -> Cursor {
        Cursor { by: sort.by, key, id }
    }

    /// As it stands in an address.
    pub(crate) fn encode(&self) -> String {
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).unwrap_or_default())
    }

    /// The cursor in an address; `None` for one that is damaged or for another column: the list
    /// then starts anew.
    pub(crate) fn decode(text: &str, sort: Sort) -> Option<Cursor> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let cursor: Cursor = serde_json::from_slice(&bytes).ok()?;
        let control = cursor.key.chars().chain(cursor.id.chars()).any(char::is_control);
        let typed = sort.by != SortBy::LastSeen || cursor.key.parse::<i64>().is_ok();
        (cursor.by == sort.by && typed && !control).then_some(cursor)
    }

    /// Key and identifier of a place as a statement compares them; where there is none, values of the
    /// same kinds, which PostgreSQL needs.
    pub(crate) fn bounds(from: Option<&Cursor>, sort: Sort) -> (Arg<'_>, &str) {
        let (key, id) = from.map_or(("", ""), |from| (&from.key, &from.id));
        let key = match sort.by {
            SortBy::LastSeen => key.parse::<i64>().unwrap_or_default().into(),
            _ => key.into(),
        };
        (key, id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_intact_cursor_of_the_column_counts() {
        let email = Sort { by: SortBy::Email, descending: true };
        let seen = Sort { by: SortBy::LastSeen, descending: false };
        let cursor = Cursor::new(email, "a@b.example".into(), "mem_1".into());
        assert_eq!(Cursor::decode(&cursor.encode(), email), Some(cursor.clone()));
        assert_eq!(Cursor::decode(&cursor.encode(), Sort::default()), None);
        assert_eq!(Cursor::decode("%%%", email), None);
        let words = Cursor::new(seen, "x".into(), "mem_1".into());
        assert_eq!(Cursor::decode(&words.encode(), seen), None);
        let nul = Cursor::new(email, "a\0".into(), "mem_1".into());
        assert_eq!(Cursor::decode(&nul.encode(), email), None);
    }
}
