use super::Permission;
use serde::{Deserialize, Serialize};

/// Any number of permissions. Stored and sent as a list of their codes; a code that is not known
/// (any more) allows nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Vec<String>", into = "Vec<&'static str>")]
pub struct PermissionSet(u32);

impl PermissionSet {
    /// None.
    pub const EMPTY: PermissionSet = PermissionSet(0);
    /// Every one.
    pub const ALL: PermissionSet = PermissionSet::of(&Permission::ALL);

    /// These.
    pub const fn of(permissions: &[Permission]) -> PermissionSet {
        let (mut set, mut index) = (PermissionSet::EMPTY, 0);
        while index < permissions.len() {
            set = set.with(permissions[index]);
            index += 1;
        }
        set
    }

    /// Those that have these codes; what is not known is left out.
    pub fn of_codes<T: AsRef<str>>(codes: impl IntoIterator<Item = T>) -> PermissionSet {
        codes.into_iter().filter_map(|code| Permission::from_code(code.as_ref())).collect()
    }

    /// These and `permission`.
    pub const fn with(self, permission: Permission) -> PermissionSet {
        PermissionSet(self.0 | 1 << permission as u32)
    }

    /// These without those of `other`.
    pub const fn without(self, other: PermissionSet) -> PermissionSet {
        PermissionSet(self.0 & !other.0)
    }

    /// Whether it holds `permission`.
    pub const fn contains(self, permission: Permission) -> bool {
        self.0 & (1 << permission as u32) != 0
    }

    /// Whether `other` holds all of these.
    pub const fn is_subset(self, other: PermissionSet) -> bool {
        self.without(other).is_empty()
    }

    /// Whether it allows nothing.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// What it holds, in the order in which people see them.
    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL.into_iter().filter(move |permission| self.contains(*permission))
    }
}

impl FromIterator<Permission> for PermissionSet {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> PermissionSet {
        permissions.into_iter().fold(PermissionSet::EMPTY, PermissionSet::with)
    }
}

impl From<Vec<String>> for PermissionSet {
    fn from(codes: Vec<String>) -> PermissionSet {
        PermissionSet::of_codes(codes)
    }
}

impl From<PermissionSet> for Vec<&'static str> {
    fn from(set: PermissionSet) -> Self {
        set.iter().map(Permission::code).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Permission as P;

    #[test]
    fn sets() {
        let set = PermissionSet::of(&[P::EditContent, P::ViewStore]);
        assert!(set.contains(P::EditContent) && !set.contains(P::ManageMembers));
        assert!(set.is_subset(PermissionSet::ALL) && !PermissionSet::ALL.is_subset(set));
        assert_eq!(PermissionSet::ALL.iter().count(), Permission::ALL.len());
        let json = serde_json::to_string(&set).unwrap();
        assert_eq!(json, r#"["view_store","edit_content"]"#);
        assert_eq!(serde_json::from_str::<PermissionSet>(&json).unwrap(), set);
        let unknown: PermissionSet = serde_json::from_str(r#"["view_store","fly"]"#).unwrap();
        assert_eq!(unknown, PermissionSet::of(&[P::ViewStore]));
    }
}
