//! Pages, components and server functions, compiled twice: for the server (feature `ssr`) and for
//! the browser (feature `hydrate`).

#[cfg(feature = "ssr")]
mod account;
#[cfg(feature = "ssr")]
mod answer;
mod audit;
#[cfg(feature = "ssr")]
pub mod context;
#[cfg(feature = "ssr")]
mod dev;
pub mod error;
mod flash;
mod home;
mod layout;
mod load;
mod organization;
mod organization_security;
mod panel;
mod path;
mod session;
mod settings;
#[cfg(feature = "ssr")]
mod shell;
mod ui;
#[cfg(feature = "ssr")]
mod upload;

#[cfg(feature = "ssr")]
pub use answer::session_cookie;
#[cfg(feature = "ssr")]
pub use panel::pages::patterns as panel_patterns;
pub use path::Path;
#[cfg(feature = "ssr")]
pub use shell::shell;

#[cfg(feature = "ssr")]
use dev::{GalleryPage, MailPage, MailboxPage};
use error::{AppError, error_page};
use flash::UseFlash;
use home::{RootPage, StoreHomePage, StoresPage};
use layout::{Console, UseViewer};
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    SsrMode,
    components::{ParentRoute, Route, Router, Routes},
    hooks::use_location,
    path,
};
use model::text::{Key, Texts};
use panel::{AccountLayout, OrganizationLayout, PanelPage, PersonLayout};
use session::{ConfirmPage, InvitationPage, SignInPage, SignUpPage, SignUpSentPage};
use settings::{
    SectionPage, SettingsHome, SettingsLayout,
    members::{AddMemberDialog, MembersPage, RemoveMemberDialog},
};
use ui::{IconSprite, Refresh, ToastRegion, Toasts, use_texts};

/// Whether this is the demonstration, where sign-ins are shown and mails stay here.
#[derive(Clone, Copy)]
struct Demo(bool);

/// The application: routes, and what every page shares. Console pages are rendered whole
/// ([`SsrMode::Async`]), so that status codes are right and they work without wasm.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_environment();
    let flash = UseFlash::provide();
    let toasts = Toasts::provide(flash.told());
    UseViewer::provide();
    provide_context(Refresh(RwSignal::new(0)));
    let t = use_texts();
    view! {
        <Router>
            <a class="skip" href="#main" rel="external">{t.get(Key::CommonSkip)}</a>
            <Arrival flash=flash/>
            <Routes fallback=Missing>
                <Route path=path!("/") view=RootPage ssr=SsrMode::Async/>
                <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async/>
                <Route path=path!("/sign-up") view=SignUpPage ssr=SsrMode::Async/>
                <Route path=path!("/sign-up/sent") view=SignUpSentPage ssr=SsrMode::Async/>
                <Route path=path!("/sign-up/confirm/:token") view=ConfirmPage ssr=SsrMode::Async/>
                <Route path=path!("/invitations/:token") view=InvitationPage ssr=SsrMode::Async/>
                <Route path=path!("/stores") view=StoresPage ssr=SsrMode::Async/>
                <Route path=path!("/stores/:store") view=StoreHomePage ssr=SsrMode::Async/>
                <ParentRoute path=path!("/stores/:store/settings") view=SettingsLayout ssr=SsrMode::Async>
                    <Route path=path!("") view=SettingsHome/>
                    <ParentRoute path=path!("general/members") view=MembersPage>
                        <Route path=path!("") view=|| ()/>
                        <Route path=path!("new") view=AddMemberDialog/>
                        <Route path=path!(":member/remove") view=RemoveMemberDialog/>
                    </ParentRoute>
                    <Route path=path!(":group/:section") view=SectionPage/>
                </ParentRoute>
                <ParentRoute path=path!("/organizations/:organization") view=OrganizationLayout ssr=SsrMode::Async>
                    <Route path=path!("*rest") view=PanelPage/>
                </ParentRoute>
                <ParentRoute path=path!("/me") view=PersonLayout ssr=SsrMode::Async>
                    <Route path=path!("*rest") view=PanelPage/>
                </ParentRoute>
                <ParentRoute path=path!("/account") view=AccountLayout ssr=SsrMode::Async>
                    <Route path=path!("*rest") view=PanelPage/>
                </ParentRoute>
                <DevRoutes/>
            </Routes>
            <ToastRegion toasts=toasts/>
        </Router>
    }
}

/// The pages of the demonstration. They are plain pages, also where wasm is on: nobody but a
/// demonstration's visitor should have to load them.
#[cfg(feature = "ssr")]
#[component(transparent)]
fn DevRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <ParentRoute path=path!("/dev") view=leptos_router::components::Outlet ssr=SsrMode::Async>
            <Route path=path!("mailbox") view=MailboxPage/>
            <Route path=path!("mailbox/:mail") view=MailPage/>
            <Route path=path!("gallery") view=GalleryPage/>
        </ParentRoute>
    }
    .into_inner()
}

/// In the browser they are none of ours.
#[cfg(not(feature = "ssr"))]
#[component(transparent)]
fn DevRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! { <Route path=path!("/dev") view=Missing/> }.into_inner()
}

/// An address that is none of ours.
#[component]
fn Missing() -> impl IntoView {
    view! {
        <Console store=None single=true>
            <main id="main" tabindex="-1">{error_page(AppError::NotFound)}</main>
        </Console>
    }
}

/// After a navigation in the browser: menus close, the focus goes to the new page, and what the
/// last form left is forgotten.
#[component]
fn Arrival(flash: UseFlash) -> impl IntoView {
    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        if let Some(before) = before.filter(|before| *before != now) {
            flash.clear();
            #[cfg(feature = "hydrate")]
            ui::arrive(&before, &now);
            #[cfg(not(feature = "hydrate"))]
            drop(before);
        }
        now
    });
}

/// The language, the icon sprite and whether this is the demonstration: on the server from the
/// request, in the browser from the document.
fn provide_environment() {
    #[cfg(feature = "ssr")]
    let (texts, icons, demo) = {
        let request = context::request();
        (
            Texts::of(request.as_ref().map(|r| r.lang).unwrap_or_default()),
            request.as_ref().map(|r| r.assets.icons.clone()).unwrap_or_default(),
            request.is_some_and(|r| r.domain.options.demo),
        )
    };
    #[cfg(not(feature = "ssr"))]
    let (texts, icons, demo) = (Texts::of(model::text::installed()), browser_icons(), false);
    let demo = SharedValue::new(move || demo).into_inner();
    provide_context(texts);
    provide_context(IconSprite(icons.into()));
    provide_context(Demo(demo));
}

#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
fn browser_icons() -> String {
    document()
        .document_element()
        .and_then(|root| root.get_attribute("data-icons"))
        .unwrap_or_default()
}

#[cfg(not(any(feature = "hydrate", feature = "ssr")))]
fn browser_icons() -> String {
    String::new()
}

/// Brings the page to life: `language` is the document's, `catalog` its texts as a JSON list.
#[cfg(feature = "hydrate")]
pub fn hydrate(language: &str, catalog: &str) {
    let lang = model::text::Lang::from_code(language).unwrap_or_default();
    if let Ok(texts) = serde_json::from_str(catalog) {
        model::text::install(lang, texts);
    }
    leptos::mount::hydrate_body(App);
    if let Some(root) = document().document_element() {
        root.class_list().add_1("hydrated").ok();
    }
}
