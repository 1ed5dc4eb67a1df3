//! Where the pages are.
use super::{invite, list, member, members, roles, stores};
use crate::panel::Page;

/// The pages of the organization manager.
pub const PAGES: &[Page] = &[
    Page { pattern: "/organizations", panel: |v| Box::pin(list::organizations(v)) },
    Page {
        pattern: "/organizations/{organization}/members",
        panel: |v| Box::pin(members::list(v)),
    },
    Page {
        pattern: "/organizations/{organization}/members/invite",
        panel: |v| Box::pin(invite::dialog(v)),
    },
    Page {
        pattern: "/organizations/{organization}/members/invited/{report}",
        panel: |v| Box::pin(invite::report(v)),
    },
    Page {
        pattern: "/organizations/{organization}/members/leave",
        panel: |v| Box::pin(member::leave(v)),
    },
    Page {
        pattern: "/organizations/{organization}/members/{person}",
        panel: |v| Box::pin(member::page(v)),
    },
    Page {
        pattern: "/organizations/{organization}/members/{person}/remove",
        panel: |v| Box::pin(member::remove(v)),
    },
    Page {
        pattern: "/organizations/{organization}/members/{person}/transfer",
        panel: |v| Box::pin(member::transfer(v)),
    },
    Page { pattern: "/organizations/{organization}/stores", panel: |v| Box::pin(stores::list(v)) },
    Page {
        pattern: "/organizations/{organization}/stores/new",
        panel: |v| Box::pin(stores::new(v)),
    },
    Page {
        pattern: "/organizations/{organization}/stores/{store}/archive",
        panel: |v| Box::pin(stores::archive(v)),
    },
    Page { pattern: "/organizations/{organization}/roles", panel: |v| Box::pin(roles::list(v)) },
    Page { pattern: "/organizations/{organization}/roles/new", panel: |v| Box::pin(roles::new(v)) },
    Page {
        pattern: "/organizations/{organization}/roles/{role}",
        panel: |v| Box::pin(roles::edit(v)),
    },
    Page {
        pattern: "/organizations/{organization}/roles/{role}/check",
        panel: |v| Box::pin(roles::check(v)),
    },
    Page {
        pattern: "/organizations/{organization}/roles/{role}/delete",
        panel: |v| Box::pin(roles::delete(v)),
    },
];
