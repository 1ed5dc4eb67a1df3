use super::UseViewer;
use crate::{
    path::Path,
    session::api::{SetLanguage, SetTheme, SignOut},
    ui::{Icon, avatar, use_texts},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_location;
use model::{
    text::{Key, Lang},
    view::Theme,
};

/// The icon and the name of these colours.
pub const fn look(theme: Theme) -> (&'static str, Key) {
    match theme {
        Theme::System => ("monitor", Key::NavThemeSystem),
        Theme::Light => ("sun", Key::NavThemeLight),
        Theme::Dark => ("moon", Key::NavThemeDark),
    }
}

/// The person's menu: colours, language, sign out. All are plain forms: each leads to a new page.
#[component]
pub fn PersonMenu() -> impl IntoView {
    let t = use_texts();
    let UseViewer(viewer) = expect_context();
    let Some(person) = viewer.get_untracked() else { return ().into_any() };
    let theme = person.theme;
    let themes = Theme::ALL.map(|choice| {
        let (icon, label) = look(choice);
        view! {
            <button name="theme" value=choice.code() aria-pressed=if choice == theme { "true" } else { "false" }>
                <Icon name=icon/>{t.get(label)}
            </button>
        }
    });
    let organizations = person.organizations.into_iter().map(|organization| {
        let href = Path::Organization(organization.id, "stores").to_string();
        view! {
            <a class="item" href=href>
                <Icon name="building-2"/>
                <span>{organization.name}<small>{t.get(Key::TabOrganizationLabel)}</small></span>
            </a>
        }
    });
    let organizations = organizations.collect_view();
    view! {
        <button class="button quiet icon-only" popovertarget="person-menu">
            {avatar(&person.name)}
            <span class="sr-only">{t.fill(Key::FaultItem, &[("field", t.get(Key::NavPerson)), ("fault", &person.name)])}</span>
        </button>
        <div class="menu from-end" id="person-menu" popover="auto">
            <p class="who"><b>{person.name.clone()}</b><span>{person.email.clone()}</span></p>
            <hr/>
            <a class="item" href=Path::Me("").to_string()><Icon name="circle-user"/><span>{t.get(Key::TabPerson)}</span></a>
            {organizations}
            <hr/>
            <h3 id="theme-choice">{t.get(Key::NavTheme)}</h3>
            <form method="post" action=SetTheme::PATH>
                <Back/>
                <div class="segments" role="group" aria-labelledby="theme-choice">{themes.collect_view()}</div>
            </form>
            <h3 id="language-choice">{t.get(Key::NavLanguage)}</h3>
            <form method="post" action=SetLanguage::PATH>
                <Back/>
                <div role="group" aria-labelledby="language-choice">{languages(t.lang()).collect_view()}</div>
            </form>
            <hr/>
            <form method="post" action=SignOut::PATH>
                <button class="item"><Icon name="log-out"/><span>{t.get(Key::NavSignOut)}</span></button>
            </form>
        </div>
    }
    .into_any()
}

fn languages(current: Lang) -> impl Iterator<Item = impl IntoView> {
    Lang::ALL.into_iter().map(move |lang| {
        let here = lang == current;
        view! {
            <button class="item" name="language" value=lang.code() lang=lang.code()
                aria-current=here.then_some("true")>
                <span>{lang.endonym()}</span>
                {here.then(|| view! { <Icon name="check"/> })}
            </button>
        }
    })
}

/// The page to come back to.
#[component]
pub fn Back() -> impl IntoView {
    let location = use_location();
    let back = move || {
        let (path, query) = (location.pathname.get(), location.search.get());
        if query.is_empty() { path } else { format!("{path}?{}", query.trim_start_matches('?')) }
    };
    view! { <input type="hidden" name="back" value=back/> }
}
