use crate::{
    path::Path,
    ui::{Icon, use_texts},
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::{
    OrganizationId, StoreId,
    settings::{Group, Place, SECTION_TABS},
    text::Key,
};

/// A tab: a page of the store's settings.
pub struct Tab {
    /// Where it stands.
    pub group: Group,
    /// What follows in the address of the settings.
    pub rest: &'static str,
    /// Its visible name.
    pub title: Key,
}

/// The tabs of what has pages of its own; sections bring theirs by themselves.
pub static TABS: &[Tab] = &[
    Tab { group: Group::General, rest: "general/members", title: Key::MembersTitle },
    Tab { group: Group::General, rest: "code", title: Key::TabCode },
];

/// The tabs of the organization manager besides its sections: what follows in the address, and the
/// name.
static ORGANIZATION: &[(&str, Key)] = &[
    ("stores", Key::TabStores),
    ("members", Key::TabMembers),
    ("roles", Key::TabRoles),
    ("security", Key::TabSecurity),
    ("settings/policies", Key::TabPolicies),
    ("settings/bulk", Key::TabBulk),
    ("audit", Key::TabAudit),
    ("settings/code", Key::TabCode),
];

/// The tabs of a person's own pages: what follows in the address, and the name.
static PERSON: &[(&str, Key)] = &[
    ("", Key::TabProfile),
    ("/email", Key::TabEmail),
    ("/password", Key::TabPassword),
    ("/security", Key::TabSignIn),
    ("/single-sign-on", Key::TabSingleSignOn),
    ("/sessions", Key::TabSessions),
    ("/activity", Key::TabActivity),
];

/// Tabs under a heading.
#[derive(Clone, PartialEq, Eq)]
pub struct TabGroup {
    /// The heading.
    label: Key,
    /// Where each leads to, and its name.
    tabs: Vec<(String, Key)>,
}

#[cfg(feature = "ssr")]
impl TabGroup {
    /// Where each leads to, and its name.
    pub fn tabs(&self) -> &[(String, Key)] {
        &self.tabs
    }
}

/// Where a store's settings begin.
#[cfg(feature = "ssr")]
pub fn first_tab(store: StoreId) -> Path {
    let first = store_tabs(&store).into_iter().find_map(|group| group.tabs.into_iter().next());
    first.map_or(Path::Store(store), |(path, _)| Path::Back(path))
}

/// The tabs of a store's settings (C-05 to C-09).
pub fn store_tabs(store: &StoreId) -> Vec<TabGroup> {
    let group = |group: Group| {
        let sections = SECTION_TABS.iter().filter(|section| section.group == group);
        let sections = sections.map(|section| {
            (Path::Section(store.clone(), group.key(), section.key).to_string(), section.title)
        });
        let rest = TABS.iter().filter(|tab| tab.group == group).map(|tab| {
            let path = Path::InSettings(Place::Store(store.clone()), tab.rest.to_owned());
            (path.to_string(), tab.title)
        });
        TabGroup { label: group.label(), tabs: sections.chain(rest).collect() }
    };
    Group::ALL.map(group).to_vec()
}

/// The tabs of the organization manager (O-02, O-03, O-20).
pub fn organization_tabs(organization: &OrganizationId) -> Vec<TabGroup> {
    let path = |rest: &str| Path::WithinOrganization(organization.clone(), rest.to_owned());
    let group = Group::Organization;
    let sections = SECTION_TABS.iter().filter(|s| s.group == group).map(|section| {
        (path(&format!("settings/{}/{}", group.key(), section.key)).to_string(), section.title)
    });
    let rest = ORGANIZATION.iter().map(|(rest, title)| (path(rest).to_string(), *title));
    let tabs = sections.chain(rest).collect();
    vec![TabGroup { label: Key::TabOrganization, tabs }]
}

/// The tabs of a person's own pages.
pub fn person_tabs() -> Vec<TabGroup> {
    let tabs = PERSON.iter().map(|(key, title)| (Path::Me(key).to_string(), *title)).collect();
    vec![TabGroup { label: Key::TabPerson, tabs }]
}

/// The tab to which the page at `here` belongs: pop-ups and details stand below theirs.
fn current(groups: &[TabGroup], here: &str) -> Option<(Key, String, Key)> {
    let below =
        |tab: &str| here == tab || here.strip_prefix(tab).is_some_and(|rest| rest.starts_with('/'));
    let all = groups.iter().flat_map(|group| group.tabs.iter().map(|tab| (group.label, tab)));
    let (label, (href, title)) =
        all.filter(|(_, (href, _))| below(href)).max_by_key(|(_, (href, _))| href.len())?;
    Some((label, href.clone(), *title))
}

/// The tab selector (C-04): every group and its tabs, as links.
#[component]
pub fn TabSelector(
    groups: Vec<TabGroup>,
    /// Its accessible name.
    #[prop(default = Key::NavLabel)]
    label: Key,
) -> impl IntoView {
    let t = use_texts();
    let here = use_location().pathname;
    let now = {
        let groups = groups.clone();
        Memo::new(move |_| current(&groups, &here.get()))
    };
    let list = groups.into_iter().enumerate().map(|(index, group)| {
        let id = format!("tabs-{index}");
        let items = group.tabs.into_iter().map(|(href, title)| {
            let of = href.clone();
            let here = move || {
                now.with(|now| now.as_ref().is_some_and(|(_, at, _)| *at == of)).then_some("page")
            };
            view! { <li><a href=href aria-current=here>{t.get(title)}</a></li> }
        });
        let heading = id.clone();
        view! {
            <h2 id=heading>{t.get(group.label)}</h2>
            <ul aria-labelledby=id>{items.collect_view()}</ul>
        }
    });
    let (group_now, tab_now) = (
        move || now.get().map(|(group, ..)| t.get(group)),
        // Where none of them is open the button still says what it opens.
        move || t.get(now.get().map_or(label, |(_, _, title)| title)),
    );
    view! {
        <button class="tabs-toggle" popovertarget="tabs">
            <span class="muted">{group_now}</span><b>{tab_now}</b><Icon name="chevron-down"/>
        </button>
        <nav class="tabs" id="tabs" popover="auto" aria-label=t.get(label)>{list.collect_view()}</nav>
    }
}
