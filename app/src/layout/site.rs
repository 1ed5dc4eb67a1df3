use super::{
    AuthFrame, Console, TabSelector, UseViewer, organization_tabs, person_tabs, store_tabs,
};
use crate::{panel::PanelPage, ui::Refresh};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::{OrganizationId, StoreId, text::Key};

/// What stands around a page.
#[derive(Clone, PartialEq, Eq)]
enum Frame {
    /// Before and around signing in; with room for a long form or without.
    Outside(bool),
    /// The console without a tab selector.
    Single(Option<StoreId>),
    /// A store's settings (C-04).
    Store(StoreId),
    /// The organization manager (C-01, O-02).
    Organization(OrganizationId),
    /// The person's own pages.
    Person,
}

impl Frame {
    /// The frame of the page at this path.
    fn of(path: &str) -> Frame {
        let mut parts = path.trim_matches('/').split('/');
        match (parts.next().unwrap_or_default(), parts.next(), parts.next()) {
            ("sign-up", None, _) => Frame::Outside(true),
            ("sign-in" | "sign-up" | "invitations" | "account", ..) => Frame::Outside(false),
            ("me", ..) => Frame::Person,
            ("stores", Some(store), Some("settings")) => {
                store.parse().map_or(Frame::Single(None), Frame::Store)
            }
            ("stores", Some(store), _) => Frame::Single(store.parse().ok()),
            ("organizations", Some(organization), Some(_)) => {
                organization.parse().map_or(Frame::Single(None), Frame::Organization)
            }
            _ => Frame::Single(None),
        }
    }
}

/// Every page in its frame. Which page it is and what it shows the server knows.
#[component]
pub fn Site() -> impl IntoView {
    let path = use_location().pathname;
    let frame = Memo::new(move |_| path.with(|path| Frame::of(path)));
    follow_changes();
    move || match frame.get() {
        Frame::Outside(roomy) => {
            view! { <AuthFrame roomy=roomy><PanelPage/></AuthFrame> }.into_any()
        }
        Frame::Single(store) => {
            let place = store.as_ref().map(ToString::to_string).unwrap_or_default();
            console(store, place, None)
        }
        Frame::Store(store) => {
            // Who may not open them sees no tabs; the page itself says why.
            let tabs = expect_context::<UseViewer>()
                .configures(&store)
                .then(|| view! { <TabSelector groups=store_tabs(&store)/> }.into_any());
            console(Some(store.clone()), store.to_string(), Some(tabs.into_any()))
        }
        Frame::Organization(id) => {
            let groups = organization_tabs(&id);
            let tabs = view! { <TabSelector label=Key::TabOrganizationLabel groups=groups/> };
            console(None, id.to_string(), Some(tabs.into_any()))
        }
        Frame::Person => {
            let tabs = view! { <TabSelector label=Key::TabPersonLabel groups=person_tabs()/> };
            console(None, String::new(), Some(tabs.into_any()))
        }
    }
}

fn console(store: Option<StoreId>, place: String, tabs: Option<AnyView>) -> AnyView {
    let single = tabs.is_none();
    view! {
        <Console store=Signal::stored(store) place=place single=single>
            {tabs}
            <main id="main" tabindex="-1"><PanelPage/></main>
        </Console>
    }
    .into_any()
}

/// The selector shows names of stores and what one may do there: it follows each change.
fn follow_changes() {
    let UseViewer(viewer) = expect_context();
    let Refresh(refresh) = expect_context();
    Effect::new(move |before: Option<u32>| {
        let now = refresh.get();
        #[cfg(feature = "hydrate")]
        if before.is_some_and(|before| before != now) && viewer.with_untracked(Option::is_some) {
            leptos::task::spawn_local(async move {
                if let Ok(new) = crate::load::ask(crate::session::api::LoadViewer {}).await {
                    viewer.set(Some(new));
                }
            });
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = (before, viewer);
        now
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_stands_in_the_frame_of_its_address() {
        let store = "sto_00000000000000000000000000000001";
        let id: StoreId = store.parse().unwrap();
        let of = |path: &str| Frame::of(&path.replace("{store}", store));
        assert!(of("/sign-up") == Frame::Outside(true));
        assert!(of("/sign-up/sent") == Frame::Outside(false));
        assert!(of("/stores/{store}") == Frame::Single(Some(id.clone())));
        assert!(of("/stores/{store}/settings/general/members/new") == Frame::Store(id));
        assert!(of("/me/security") == Frame::Person);
        assert!(of("/stores/nonsense/settings") == Frame::Single(None));
        assert!(of("/") == Frame::Single(None));
    }
}
