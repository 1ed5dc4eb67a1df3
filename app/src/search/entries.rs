//! What can be found: sections and fields, pages, places, commands.
use crate::{
    layout::{TabGroup, organization_tabs, person_tabs, store_tabs},
    path::Path,
};
use domain::{
    Domain, Result,
    access::SignedIn,
    search::{Found, Shelf},
};
use model::{
    OrganizationId, StoreId,
    access::{OrganizationPermission, Permission},
    search::{Entry, Kind},
    settings::{Field, Place},
    text::{Key, Lang, Texts},
    view::{Theme, Viewer},
};

/// Further stores are found on their own page.
pub(super) const STORES: usize = 300;

/// The store or organization with this identifier.
pub fn place(id: &str) -> Option<Place> {
    let store = id.parse::<StoreId>().map(Place::Store).ok();
    store.or_else(|| id.parse::<OrganizationId>().map(Place::Organization).ok())
}

/// Everything that the person can look for at `place`, or at their only store where the page
/// belongs to none. What they may not know of is not there; of what they may not open the name is.
///
/// # Errors
/// Faults of the database only.
pub async fn entries(
    domain: &Domain,
    person: &SignedIn,
    viewer: &Viewer,
    t: Texts,
    place: Option<Place>,
) -> Result<Vec<Entry>> {
    let mut list = List { t, english: Texts::of(Lang::En), entries: Vec::new() };
    let here = match place.or_else(|| only(viewer)) {
        Some(place) => domain::search::shelf(domain, person, t, &place).await?,
        None => None,
    };
    if let Some(shelf) = &here {
        list.shelf(shelf);
    }
    if let Some(Shelf { place: Place::Store(_), organization, .. }) = &here {
        let place = Place::from(organization);
        if let Some(shelf) = domain::search::shelf(domain, person, t, &place).await? {
            list.shelf(&shelf);
        }
    }
    list.person();
    list.places(viewer);
    list.commands();
    Ok(list.entries)
}

/// The person's store, if it is the only one.
fn only(viewer: &Viewer) -> Option<Place> {
    let mut stores = viewer.organizations.iter().flat_map(|o| &o.stores);
    match (stores.next(), stores.next()) {
        (Some(store), None) => Some(Place::Store(store.id.clone())),
        _ => None,
    }
}

/// The entries so far.
struct List {
    t: Texts,
    english: Texts,
    entries: Vec<Entry>,
}

impl List {
    /// A text in the reader's language and in English, where that is another.
    fn both(&self, key: Key) -> (String, String) {
        let (own, english) = (self.t.get(key), self.english.get(key));
        (own.to_owned(), if own == english { String::new() } else { english.to_owned() })
    }

    /// Words to find something by, in both languages.
    fn words(&self, keys: impl IntoIterator<Item = Key>) -> String {
        let mut words = String::new();
        for key in keys {
            let (own, english) = self.both(key);
            for part in [own, english].iter().filter(|part| !part.is_empty()) {
                words.push_str(part);
                words.push(' ');
            }
        }
        words.truncate(words.trim_end().len());
        words
    }

    /// What one must be, where one may not do something.
    fn needs(&self, may: bool) -> String {
        if may {
            return String::new();
        }
        self.t.fill(Key::SearchNeeds, &[("role", self.t.get(Key::RoleAdministrator))])
    }

    fn page(&mut self, title: Key, icon: &str, hint: &str, address: String, may: bool) {
        let (text, english) = self.both(title);
        self.entries.push(Entry {
            kind: Kind::Page,
            icon: icon.to_owned(),
            text,
            english,
            hint: hint.to_owned(),
            address,
            words: self.words(words_of(title)),
            needs: self.needs(may),
        });
    }

    fn command(&mut self, title: Key, icon: &str, hint: &str, address: &Path, may: bool) {
        self.page(title, icon, hint, address.to_string(), may);
        if let Some(last) = self.entries.last_mut() {
            last.kind = Kind::Command;
        }
    }

    /// A store or organization: its sections and fields, its further pages, what one can do there.
    fn shelf(&mut self, shelf: &Shelf) {
        for found in &shelf.sections {
            self.section(shelf, found);
        }
        let (standing, name) = (shelf.standing, shelf.name.as_str());
        match &shelf.place {
            Place::Store(store) => {
                let may = |title| match title {
                    Key::MembersTitle => standing.may(Permission::ManageMembers),
                    _ => standing.may(Permission::ViewSettings),
                };
                self.tabs(shelf, store_tabs(store), may);
                self.page(
                    Key::HomeTitle,
                    "store",
                    name,
                    Path::Store(store.clone()).to_string(),
                    true,
                );
                let add = Path::AddMember(store.clone());
                let may = standing.may(Permission::ManageMembers);
                self.command(Key::SearchInvite, "user-plus", name, &add, may);
            }
            Place::Organization(id) => {
                use OrganizationPermission as P;
                let manages = standing.may_in_organization(P::ManageStores);
                let may = |title| matches!(title, Key::TabStores) || manages;
                self.tabs(shelf, organization_tabs(id), may);
                for (below, title) in SECURITY {
                    let address = Path::Security(id.clone(), (*below).to_owned()).to_string();
                    self.page(*title, "shield", name, address, manages);
                }
                let within = |rest: &str| Path::WithinOrganization(id.clone(), rest.to_owned());
                let new = within("stores/new");
                self.command(Key::SearchNewStore, "plus", name, &new, manages);
                let invite = within("members/invite");
                self.command(Key::SearchInvite, "user-plus", name, &invite, manages);
            }
        }
    }

    fn section(&mut self, shelf: &Shelf, found: &Found) {
        let section = found.section;
        let address = Path::section(&shelf.place, section).to_string();
        let (text, english) = self.both(section.title);
        let hint = format!("{} · {text}", shelf.name);
        self.entries.push(Entry {
            kind: Kind::Section,
            icon: section.icon.to_owned(),
            text,
            english,
            hint: shelf.name.clone(),
            address: address.clone(),
            words: self.words([section.intro]),
            needs: self.needs(found.open),
        });
        for field in section.fields() {
            let value = found.values.get(field.key).map_or("", String::as_str);
            let entry = self.field(field, value);
            self.entries.push(Entry {
                icon: section.icon.to_owned(),
                hint: hint.clone(),
                address: format!("{address}#{}", field.key),
                needs: self.needs(found.open),
                ..entry
            });
        }
    }

    fn field(&self, field: &Field, value: &str) -> Entry {
        let (text, english) = self.both(field.label);
        let mut words = self.words([field.help, field.words].into_iter().flatten());
        if !value.is_empty() {
            words.push(' ');
            words.push_str(value);
        }
        Entry { kind: Kind::Field, text, english, words, ..Entry::default() }
    }

    /// The tabs that are no sections.
    fn tabs(&mut self, shelf: &Shelf, groups: Vec<TabGroup>, may: impl Fn(Key) -> bool) {
        let sections: Vec<String> = shelf
            .sections
            .iter()
            .map(|found| Path::section(&shelf.place, found.section).to_string())
            .collect();
        for (address, title) in groups.iter().flat_map(TabGroup::tabs) {
            if !sections.contains(address) {
                self.page(*title, icon_of(*title), &shelf.name, address.clone(), may(*title));
            }
        }
    }

    fn person(&mut self) {
        let hint = self.t.get(Key::TabPerson);
        for (address, title) in person_tabs().iter().flat_map(TabGroup::tabs) {
            self.page(*title, "circle-user", hint, address.clone(), true);
        }
        let two_factor = Path::Me("/security/two-factor").to_string();
        self.page(Key::AccountTwoFactorTitle, "shield-check", hint, two_factor, true);
        let passkey = Path::Me("/security/passkeys/new");
        self.command(Key::AccountPasskeyAdd, "fingerprint", hint, &passkey, true);
        self.page(
            Key::OrganizationListTitle,
            "building-2",
            "",
            Path::Organizations.to_string(),
            true,
        );
    }

    fn places(&mut self, viewer: &Viewer) {
        let words = self.words([Key::SearchWordsSwitch]);
        let place = |icon: &str, text: &str, hint: &str, address: Path| Entry {
            kind: Kind::Place,
            icon: icon.to_owned(),
            text: text.to_owned(),
            hint: hint.to_owned(),
            address: address.to_string(),
            words: words.clone(),
            ..Entry::default()
        };
        let label = self.t.get(Key::TabOrganizationLabel);
        for organization in &viewer.organizations {
            let address = Path::Organization(organization.id.clone(), "stores");
            self.entries.push(place("building-2", &organization.name, label, address));
        }
        let stores = viewer.organizations.iter().flat_map(|o| o.stores.iter().map(move |s| (o, s)));
        self.entries.extend(stores.take(STORES).map(|(organization, store)| {
            place("store", &store.name, &organization.name, Path::Store(store.id.clone()))
        }));
    }

    /// What can be done anywhere. The frame's own commands name the button in the person's menu.
    fn commands(&mut self) {
        self.command(Key::SearchSwitch, "chevrons-up-down", "", &Path::Stores, true);
        for theme in Theme::ALL {
            let (icon, label) = crate::layout::look(theme);
            let address = format!("theme={}", theme.code());
            self.button(icon, Key::SearchTheme, ("theme", label), address);
        }
        let words = self.words([Key::SearchWordsLanguage]);
        for lang in Lang::ALL {
            let of = |t: Texts| t.fill(Key::SearchLanguage, &[("language", lang.endonym())]);
            let (text, english) = (of(self.t), of(self.english));
            self.entries.push(Entry {
                kind: Kind::Command,
                icon: "languages".to_owned(),
                text,
                english,
                address: format!("language={}", lang.code()),
                words: words.clone(),
                ..Entry::default()
            });
        }
        self.command(Key::NavSignOut, "log-out", "", &Path::Root, true);
        if let Some(last) = self.entries.last_mut() {
            "sign-out".clone_into(&mut last.address);
        }
    }

    fn button(&mut self, icon: &str, key: Key, (name, value): (&str, Key), address: String) {
        let of = |t: Texts| t.fill(key, &[(name, t.get(value))]);
        self.entries.push(Entry {
            kind: Kind::Command,
            icon: icon.to_owned(),
            text: of(self.t),
            english: of(self.english),
            address,
            words: self.words([Key::SearchWordsTheme]),
            ..Entry::default()
        });
    }
}

/// The pages below an organization's security: what follows in the address, and the name.
const SECURITY: &[(&str, Key)] = &[
    ("two-factor", Key::SecurityTwoFactor),
    ("addresses", Key::AddressesTitle),
    ("single-sign-on", Key::SsoTitle),
    ("shops", Key::ShopsTitle),
];

/// Further words for a page or command.
const fn words_of(title: Key) -> Option<Key> {
    Some(match title {
        Key::MembersTitle | Key::TabMembers => Key::SearchWordsMembers,
        Key::TabRoles => Key::SearchWordsRoles,
        Key::TabSecurity => Key::SearchWordsSecurity,
        Key::TabAudit => Key::SearchWordsAudit,
        Key::TabStores => Key::SearchWordsStores,
        Key::TabProfile => Key::SearchWordsProfile,
        Key::TabPassword => Key::SearchWordsPassword,
        Key::TabEmail => Key::SearchWordsEmail,
        Key::TabSignIn | Key::AccountTwoFactorTitle => Key::SearchWordsSignIn,
        Key::TabSessions => Key::SearchWordsSessions,
        Key::TabActivity => Key::SearchWordsActivity,
        Key::TabSingleSignOn | Key::SsoTitle => Key::SearchWordsSingleSignOn,
        Key::AddressesTitle => Key::SearchWordsAddresses,
        Key::ShopsTitle => Key::SearchWordsShops,
        Key::SearchInvite => Key::SearchWordsInvite,
        Key::SearchNewStore => Key::SearchWordsNewStore,
        Key::SearchSwitch => Key::SearchWordsSwitch,
        Key::NavSignOut => Key::SearchWordsSignOut,
        _ => return None,
    })
}

const fn icon_of(title: Key) -> &'static str {
    match title {
        Key::MembersTitle | Key::TabMembers => "users",
        Key::TabRoles => "key-round",
        Key::TabSecurity => "shield",
        Key::TabAudit => "history",
        Key::TabStores => "store",
        _ => "file-text",
    }
}
