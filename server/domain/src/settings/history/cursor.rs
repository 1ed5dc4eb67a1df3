//! Places in a list of versions.

/// Versions on a page of the list, as many as of the audit log.
pub const PAGE_SIZE: usize = crate::audit::PAGE_SIZE;

/// A place in the list: a version. It stays the same place while versions are added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub(super) at: i64,
    pub(super) section: String,
    pub(super) version: i64,
}

impl Cursor {
    /// As it stands in an address.
    pub fn encode(&self) -> String {
        format!("{}.{}.{}", self.at, self.version, self.section)
    }

    /// The place in an address; `None` for what is none.
    pub fn decode(text: &str) -> Option<Cursor> {
        let mut parts = text.splitn(3, '.');
        let (at, version) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let section = parts.next()?;
        // PostgreSQL refuses U+0000.
        let plain = section.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
        (plain && at >= 0 && version >= 0).then(|| Cursor {
            at,
            section: section.to_owned(),
            version,
        })
    }
}

/// Where a page of the list begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum At {
    /// With the newest version.
    Newest,
    /// Behind a version.
    OlderThan(Cursor),
    /// It ends before a version.
    NewerThan(Cursor),
}

impl At {
    /// The place that the values `after` and `before` of an address name.
    pub fn read(after: &str, before: &str) -> At {
        match (Cursor::decode(after), Cursor::decode(before)) {
            (Some(cursor), _) => At::OlderThan(cursor),
            (None, Some(cursor)) => At::NewerThan(cursor),
            (None, None) => At::Newest,
        }
    }

    pub(super) fn is_newer(&self) -> bool {
        matches!(self, At::NewerThan(_))
    }

    /// The version to go on from.
    pub(super) fn cursor(&self) -> Cursor {
        match self {
            At::Newest => Cursor { at: i64::MAX, section: String::new(), version: i64::MAX },
            At::OlderThan(cursor) | At::NewerThan(cursor) => cursor.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_place_begins_with_the_newest() {
        let cursor = Cursor { at: 5, section: "store-details".into(), version: 7 };
        assert_eq!(Cursor::decode(&cursor.encode()), Some(cursor.clone()));
        assert_eq!(At::read(&cursor.encode(), ""), At::OlderThan(cursor.clone()));
        assert_eq!(At::read("", &cursor.encode()), At::NewerThan(cursor));
        for odd in ["", "5", "5.7", "-1.7.a", "5.-7.a", "5.7.a\0", "5.7.a'b", "x.y.z"] {
            assert_eq!(At::read(odd, odd), At::Newest, "{odd:?}");
        }
    }
}
