//! Who may do what: permissions, the roles that hold them, and the standing of a member in an
//! organization.
mod organization;
mod permission;
mod role;
mod set;

pub use organization::{OrganizationPermission, OrganizationRole};
pub use permission::{Permission, PermissionGroup};
pub use role::{Preset, RoleRef, StoreRole};
pub use set::PermissionSet;
