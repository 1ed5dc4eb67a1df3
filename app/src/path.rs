//! Every address of the site, in one table.
use model::{
    OrganizationId, OutboxId, StoreId,
    settings::{Place, Section},
};
use std::fmt;

/// An address of a page; [`fmt::Display`] gives the URL path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Path {
    /// Where one is sent to: the own store, or the list of stores.
    Root,
    /// Sign in.
    SignIn,
    /// Sign in, then go on to this path.
    SignInThen(String),
    /// Create an account.
    SignUp,
    /// What a sign-up shows next.
    SignUpSent,
    /// Where the link of the confirmation mail leads to.
    Confirm(String),
    /// Where the link of an invitation mail leads to.
    Invitation(String),
    /// The logo on that page.
    InvitationLogo(String),
    /// The stores of the person.
    Stores,
    /// A store's home page.
    Store(StoreId),
    /// A store's settings; leads to the first section.
    Settings(StoreId),
    /// One section of a store's settings: group and key.
    Section(StoreId, &'static str, &'static str),
    /// What follows in the address of the settings of a store or an organization.
    InSettings(Place, String),
    /// The store's members.
    Members(StoreId),
    /// The pop-up that adds a member.
    AddMember(StoreId),
    /// The question whether to remove a member or cancel an invitation.
    RemoveMember(StoreId, String),
    /// A page of the organization manager.
    Organization(OrganizationId, &'static str),
    /// The mailbox of the demonstration.
    Mailbox,
    /// A mail in it.
    Mail(OutboxId),
    /// The gallery of widgets.
    Gallery,
    /// The organizations of the person.
    Organizations,
    /// A place within an organization: what follows its address.
    WithinOrganization(OrganizationId, String),
    /// An organization's audit log.
    Audit(OrganizationId),
    /// The same as a file.
    AuditExport(OrganizationId),
    /// What one did with the own account.
    Activity,
    /// An uploaded image.
    Image(String),
    /// Confirm who one is, then go on to this path.
    ConfirmThen(String),
    /// A step around signing in.
    Account(&'static str),
    /// A step around signing in that then leads to this path.
    AccountThen(&'static str, String),
    /// Where a link of a mail about an account leads to: what it is for, and its token.
    AccountLink(&'static str, String),
    /// A person's own page: nothing, or what follows with its slash.
    Me(&'static str),
    /// What is done with a passkey.
    Passkey(String, &'static str),
    /// An organization's security, and what follows in its address.
    Security(OrganizationId, String),
    /// Sign in at an organization's provider.
    SignOn,
    /// The providers that are linked to the person.
    MySignOn,
    /// Where a shop's link leads to.
    FromShop,
    /// Help outside of any store.
    Help,
    /// A store's help page.
    StoreHelp(StoreId),
    /// The search page: what is looked for, and the identifier of the store or organization in
    /// which; either may be empty.
    Search(String, String),
    /// The page that a form says it came from, if it is one of this site.
    Back(String),
    /// All settings of a store or an organization as a file.
    SettingsFile(Place),
}

impl Path {
    /// The page of a section of a store's or an organization's settings.
    pub fn section(place: &Place, section: &Section) -> Path {
        match place {
            Place::Store(id) => Path::Section(id.clone(), section.group.key(), section.key),
            Place::Organization(_) => {
                let rest = format!("{}/{}", section.group.key(), section.key);
                Path::InSettings(place.clone(), rest)
            }
        }
    }

    /// What belongs to a section and follows in its address, such as `history`.
    pub fn of_section(place: &Place, section: &Section, rest: &str) -> Path {
        Path::InSettings(place.clone(), format!("{}/{}/{rest}", section.group.key(), section.key))
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Path::Root => write!(f, "/"),
            Path::SignIn => write!(f, "/sign-in"),
            Path::SignInThen(next) => write!(f, "/sign-in?next={}", encode(next)),
            Path::SignUp => write!(f, "/sign-up"),
            Path::SignUpSent => write!(f, "/sign-up/sent"),
            Path::Confirm(token) => write!(f, "/sign-up/confirm/{token}"),
            Path::Invitation(token) => write!(f, "/invitations/{token}"),
            Path::InvitationLogo(token) => write!(f, "/invitations/{token}/logo"),
            Path::Stores => write!(f, "/stores"),
            Path::Store(store) => write!(f, "/stores/{store}"),
            Path::Settings(store) => write!(f, "/stores/{store}/settings"),
            Path::Section(store, group, key) => write!(f, "/stores/{store}/settings/{group}/{key}"),
            Path::InSettings(Place::Store(id), rest) => write!(f, "/stores/{id}/settings/{rest}"),
            Path::InSettings(Place::Organization(id), rest) => {
                write!(f, "/organizations/{id}/settings/{rest}")
            }
            Path::Members(store) => write!(f, "/stores/{store}/settings/general/members"),
            Path::AddMember(store) => write!(f, "/stores/{store}/settings/general/members/new"),
            Path::RemoveMember(store, id) => {
                write!(f, "/stores/{store}/settings/general/members/{id}/remove")
            }
            Path::Organizations => write!(f, "/organizations"),
            Path::WithinOrganization(id, rest) => write!(f, "/organizations/{id}/{rest}"),
            Path::Organization(id, page) => write!(f, "/organizations/{id}/{page}"),
            Path::Mailbox => write!(f, "/dev/mailbox"),
            Path::Mail(id) => write!(f, "/dev/mailbox/{id}"),
            Path::Gallery => write!(f, "/dev/gallery"),
            Path::Audit(organization) => write!(f, "/organizations/{organization}/audit"),
            Path::AuditExport(organization) => {
                write!(f, "/organizations/{organization}/audit.csv")
            }
            Path::Activity => write!(f, "/me/activity"),
            Path::Image(id) => write!(f, "/media/{id}"),
            Path::Account(step) => write!(f, "/account/{step}"),
            Path::AccountThen(step, next) if next.is_empty() => write!(f, "/account/{step}"),
            Path::AccountThen(step, next) => write!(f, "/account/{step}?next={}", encode(next)),
            Path::AccountLink(what, token) => write!(f, "/account/{what}/{token}"),
            Path::Me(page) => write!(f, "/me{page}"),
            Path::Passkey(id, what) => write!(f, "/me/security/passkeys/{id}/{what}"),
            Path::ConfirmThen(next) => write!(f, "/account/confirm?next={}", encode(next)),
            Path::Security(organization, rest) => {
                let slash = if rest.is_empty() { "" } else { "/" };
                write!(f, "/organizations/{organization}/security{slash}{rest}")
            }
            Path::SignOn => write!(f, "/account/sso"),
            Path::MySignOn => write!(f, "/me/single-sign-on"),
            Path::FromShop => write!(f, "/account/from-shop"),
            Path::Help => write!(f, "/help"),
            Path::StoreHelp(store) => write!(f, "/stores/{store}/help"),
            Path::Search(typed, _) if typed.is_empty() => write!(f, "/search"),
            Path::Search(typed, place) if place.is_empty() => {
                write!(f, "/search?q={}", encode(typed))
            }
            Path::Search(typed, place) => write!(f, "/search?in={place}&q={}", encode(typed)),
            Path::Back(path) => write!(f, "{}", local(path)),
            Path::SettingsFile(Place::Store(id)) => write!(f, "/stores/{id}/settings.toml"),
            Path::SettingsFile(Place::Organization(id)) => {
                write!(f, "/organizations/{id}/settings.toml")
            }
        }
    }
}

/// `text` as it may stand in a query string.
pub fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
                encoded.push(char::from(byte));
            }
            _ => {
                encoded.push('%');
                encoded.push(
                    char::from_digit(u32::from(byte >> 4), 16).unwrap_or('0').to_ascii_uppercase(),
                );
                encoded.push(
                    char::from_digit(u32::from(byte & 15), 16).unwrap_or('0').to_ascii_uppercase(),
                );
            }
        }
    }
    encoded
}

/// `next` if it is a path of this site, else the root: what people come back to after signing in.
pub fn local(next: &str) -> &str {
    let inside = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains(['\\', '\r', '\n', '\t'])
        && !next.starts_with("/api/");
    if inside { next } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_stable() {
        let store = StoreId::from_u128(1);
        let all = [
            Path::Root,
            Path::SignInThen("/stores/a?q=ż&x".into()),
            Path::Confirm("t".into()),
            Path::Invitation("t".into()),
            Path::Section(store.clone(), "general", "store-details"),
            Path::AddMember(store.clone()),
            Path::RemoveMember(store, "mem_1".into()),
        ];
        let shown: Vec<_> = all.iter().map(ToString::to_string).collect();
        let store = "/stores/sto_00000000000000000000000000000001";
        assert_eq!(
            shown,
            [
                "/".to_owned(),
                "/sign-in?next=/stores/a%3Fq%3D%C5%BC%26x".to_owned(),
                "/sign-up/confirm/t".to_owned(),
                "/invitations/t".to_owned(),
                format!("{store}/settings/general/store-details"),
                format!("{store}/settings/general/members/new"),
                format!("{store}/settings/general/members/mem_1/remove"),
            ]
        );
    }

    #[test]
    fn only_paths_of_this_site_are_gone_back_to() {
        assert_eq!(local("/stores/x?q=1"), "/stores/x?q=1");
        for elsewhere in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "javascript:1",
            "",
            "/api/session/sign-out",
        ] {
            assert_eq!(local(elsewhere), "/", "{elsewhere}");
        }
    }
}
