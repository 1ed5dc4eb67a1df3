use super::UseViewer;
use crate::{
    path::Path,
    session::api::{SetLanguage, SetTheme, SignOut},
    ui::{Markup, avatar, markup, use_texts},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_location;
use model::{
    text::{Key, Lang, Texts},
    view::{Theme, Viewer},
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
    let label = [("field", t.get(Key::NavPerson)), ("fault", person.name.as_str())];
    let label = t.fill(Key::FaultItem, &label);
    let attributes = [("class", "button quiet icon-only"), ("popovertarget", "person-menu")];
    let button = markup("button", &attributes, |m| {
        avatar(m, "avatar", &person.name);
        m.leaf("span", &[("class", "sr-only")], &label);
    });
    let back = back();
    // The forms lead back to where one is by then.
    let menu = move || back.with(|back| menu(&person, t, back));
    view! { {button}{menu} }.into_any()
}

fn menu(person: &Viewer, t: Texts, back: &str) -> AnyView {
    let attributes = [("class", "menu from-end"), ("id", "person-menu"), ("popover", "auto")];
    markup("div", &attributes, |m| {
        m.element("p", &[("class", "who")], |m| {
            m.leaf("b", &[], &person.name);
            m.leaf("span", &[], &person.email);
        });
        m.void("hr", &[]);
        item(m, &Path::Me("").to_string(), "circle-user", |m| m.text(t.get(Key::TabPerson)));
        for organization in &person.organizations {
            let href = Path::Organization(organization.id.clone(), "stores").to_string();
            item(m, &href, "building-2", |m| {
                m.text(&organization.name);
                m.leaf("small", &[], t.get(Key::TabOrganizationLabel));
            });
        }
        m.void("hr", &[]);
        m.leaf("h3", &[("id", "theme-choice")], t.get(Key::NavTheme));
        form(m, SetTheme::PATH, |m| {
            going_back(m, back);
            let group =
                [("class", "segments"), ("role", "group"), ("aria-labelledby", "theme-choice")];
            m.element("div", &group, |m| themes(m, person.theme, t));
        });
        m.leaf("h3", &[("id", "language-choice")], t.get(Key::NavLanguage));
        form(m, SetLanguage::PATH, |m| {
            going_back(m, back);
            let group = [("role", "group"), ("aria-labelledby", "language-choice")];
            m.element("div", &group, |m| languages(m, t.lang()));
        });
        m.void("hr", &[]);
        form(m, SignOut::PATH, |m| {
            m.element("button", &[("class", "item")], |m| {
                m.icon("log-out");
                m.leaf("span", &[], t.get(Key::NavSignOut));
            });
        });
    })
}

fn item(m: &mut Markup, href: &str, icon: &str, text: impl FnOnce(&mut Markup)) {
    m.element("a", &[("class", "item"), ("href", href)], |m| {
        m.icon(icon);
        m.element("span", &[], text);
    });
}

fn form(m: &mut Markup, action: &str, content: impl FnOnce(&mut Markup)) {
    m.element("form", &[("method", "post"), ("action", action)], content);
}

fn going_back(m: &mut Markup, back: &str) {
    m.void("input", &[("type", "hidden"), ("name", "back"), ("value", back)]);
}

fn themes(m: &mut Markup, theme: Theme, t: Texts) {
    for choice in Theme::ALL {
        let (icon, label) = look(choice);
        let pressed = if choice == theme { "true" } else { "false" };
        let attributes = [("name", "theme"), ("value", choice.code()), ("aria-pressed", pressed)];
        m.element("button", &attributes, |m| {
            m.icon(icon);
            m.text(t.get(label));
        });
    }
}

fn languages(m: &mut Markup, current: Lang) {
    for lang in Lang::ALL {
        let here = lang == current;
        let attributes = [
            ("class", "item"),
            ("name", "language"),
            ("value", lang.code()),
            ("lang", lang.code()),
            ("aria-current", if here { "true" } else { "" }),
        ];
        m.element("button", &attributes, |m| {
            m.leaf("span", &[], lang.endonym());
            if here {
                m.icon("check");
            }
        });
    }
}

/// The address of the page, to come back to.
fn back() -> Memo<String> {
    let location = use_location();
    Memo::new(move |_| {
        let (path, query) = (location.pathname.get(), location.search.get());
        if query.is_empty() { path } else { format!("{path}?{}", query.trim_start_matches('?')) }
    })
}

/// The page to come back to.
#[component]
pub fn Back() -> impl IntoView {
    let back = back();
    view! { <input type="hidden" name="back" value=move || back.get()/> }
}
