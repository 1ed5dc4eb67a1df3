//! The palette: a pop-up with a field and a list, written as markup into the document, apart from
//! what Leptos keeps track of, so that a key press costs no more than finding and writing.
use super::{
    ALL, LABELS, LONGEST, NONE, RECENT,
    api::LoadIndex,
    recent,
    rows::{self, Row},
};
use crate::{
    layout::UseViewer,
    path::Path,
    ui::{Refresh, html, on_document},
};
use leptos::{prelude::*, task::spawn_local};
use model::{
    search::{Entry, Index, Kind, unpack},
    text::{Key, Texts},
};
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlDialogElement, HtmlElement, HtmlInputElement, KeyboardEvent};

/// Results shown at most: each costs what it takes to lay it out, at every key press.
const MOST: usize = 8;

/// What the palette knows.
#[derive(Default)]
struct State {
    index: Index,
    labels: Vec<String>,
    /// What the index was made for: the place, and how often data had changed by then.
    made_for: Option<(String, u32)>,
    /// Why there is no index.
    failed: Option<String>,
    loading: bool,
    /// What the list shows.
    shown_rows: Vec<Row>,
    refresh: Option<Refresh>,
    /// Whose recent places are kept: empty where nobody is signed in.
    owner: String,
    /// Names of the person's organizations and stores by identifier.
    places: Vec<(String, String)>,
    /// The page that is shown.
    page: String,
    /// The same with the field that its address named.
    shown: String,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
}

/// Listens for what opens the palette and for what happens in it.
pub fn start(UseViewer(viewer): UseViewer, refresh: Refresh) {
    let mut state = State { refresh: Some(refresh), ..State::default() };
    viewer.with_untracked(|viewer| match viewer {
        Some(viewer) => {
            state.owner = owner(&viewer.email);
            for organization in &viewer.organizations {
                state.places.push((organization.id.to_string(), organization.name.clone()));
                let stores = organization.stores.iter();
                state.places.extend(stores.map(|store| (store.id.to_string(), store.name.clone())));
            }
        }
        None => recent::clear(),
    });
    let signed_in = !state.owner.is_empty();
    STATE.with_borrow_mut(|kept| *kept = state);
    if signed_in {
        for event in ["keydown", "input", "click", "submit", "focusin", "pointerover"] {
            // They are heard as long as the page lives.
            std::mem::forget(on_document(event, heard));
        }
    }
}

/// Tells people apart without keeping who they are.
fn owner(email: &str) -> String {
    let hash = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(16_777_619);
    email.bytes().fold(2_166_136_261, hash).to_string()
}

fn heard(event: Event) {
    let Some(target) = event.target().and_then(|t| t.dyn_into::<Element>().ok()) else { return };
    let within = |selector: &str| target.closest(selector).ok().flatten();
    match event.type_().as_str() {
        "keydown" => {
            if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
                pressed(event, &target);
            }
        }
        "input" if within(".palette").is_some() => draw(),
        "input" if within(".finder").is_some() => open(Some(&target)),
        "click" => {
            if let Some(option) = within(".palette [role=option]") {
                chosen(&event, &option);
            } else if target.tag_name() == "DIALOG" && within(".palette").is_some() {
                close();
            } else if within(".finder input").is_some() {
                open(None);
            }
        }
        "submit" if within(".finder").is_some() => {
            event.prevent_default();
            open(None);
        }
        "submit" if target.matches("[action$=sign-out]").unwrap_or_default() => recent::clear(),
        "focusin" | "pointerover" if within(".finder").is_some() => load(),
        _ => {}
    }
}

fn pressed(event: &KeyboardEvent, target: &Element) {
    let key = event.key();
    let wanted = (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key();
    if wanted && key.eq_ignore_ascii_case("k") {
        if document().query_selector(".finder").ok().flatten().is_some() {
            event.prevent_default();
            if dialog().is_some_and(|dialog| dialog.open()) { close() } else { open(None) }
        }
        return;
    }
    if event.is_composing() || target.closest(".palette").ok().flatten().is_none() {
        return;
    }
    if key == "Enter" {
        event.prevent_default();
        return enter();
    }
    // Most keys are letters: they cost no look at the list.
    if !["ArrowDown", "ArrowUp", "Home", "End"].contains(&key.as_str()) {
        return;
    }
    let (options, active) = options();
    let last = options.len().saturating_sub(1);
    let next = match key.as_str() {
        "ArrowDown" if active >= last => 0,
        "ArrowDown" => active + 1,
        "ArrowUp" if active == 0 => last,
        "ArrowUp" => active - 1,
        "End" => last,
        _ => 0,
    };
    event.prevent_default();
    for (index, option) in options.iter().enumerate() {
        option.set_attribute("aria-selected", if index == next { "true" } else { "false" }).ok();
    }
    if let (Some(option), Some(field)) = (options.get(next), field()) {
        field.set_attribute("aria-activedescendant", &option.id()).ok();
        option.scroll_into_view_with_bool(false);
    }
}

/// Goes to the active result.
fn enter() {
    let (options, active) = options();
    if let Some(option) = options.get(active) {
        option.unchecked_ref::<HtmlElement>().click();
    } else if let Some(field) = field() {
        // There is no index yet: the page has one.
        let page = Path::Search(field.value(), place()).to_string();
        window().location().assign(&page).ok();
    }
}

fn dialog() -> Option<HtmlDialogElement> {
    document().query_selector(".palette").ok().flatten()?.dyn_into().ok()
}

fn field() -> Option<HtmlInputElement> {
    document().query_selector(".palette input").ok().flatten()?.dyn_into().ok()
}

/// The results, and which one is the active one.
fn options() -> (Vec<Element>, usize) {
    let mut options = Vec::new();
    let mut active = 0;
    if let Ok(found) = document().query_selector_all(".palette [role=option]") {
        for index in 0..found.length() {
            let Some(option) = found.item(index).and_then(|o| o.dyn_into::<Element>().ok()) else {
                continue;
            };
            if option.get_attribute("aria-selected").as_deref() == Some("true") {
                active = options.len();
            }
            options.push(option);
        }
    }
    (options, active)
}

/// Opens the palette, with what was typed into the field that it takes the place of.
fn open(typed_into: Option<&Element>) {
    if dialog().is_none() {
        write();
    }
    let (Some(dialog), Some(field)) = (dialog(), field()) else { return };
    let from = typed_into.and_then(|element| element.dyn_ref::<HtmlInputElement>());
    let typed = from.map(|from| {
        let typed = from.value();
        from.set_value("");
        typed
    });
    field.set_value(&typed.unwrap_or_default());
    if !dialog.open() {
        dialog.show_modal().ok();
    }
    field.focus().ok();
    load();
    draw();
}

fn close() {
    if let Some(dialog) = dialog() {
        dialog.close();
    }
}

/// Puts the palette into the document.
fn write() {
    let t = texts();
    let label = t.get(Key::FindLabel);
    let dialog = html("dialog", &[("class", "palette"), ("aria-label", label)], |m| {
        m.element("div", &[("class", "search")], |m| {
            m.icon("search");
            let field = [
                ("type", "text"),
                ("role", "combobox"),
                ("aria-label", label),
                ("aria-expanded", "true"),
                ("aria-controls", "palette"),
                ("aria-autocomplete", "list"),
                ("autocomplete", "off"),
                ("autocapitalize", "off"),
                ("spellcheck", "false"),
                ("maxlength", LONGEST),
                ("placeholder", label),
            ];
            m.void("input", &field);
        });
        let list = [("id", "palette"), ("role", "listbox"), ("aria-label", label)];
        m.element("div", &list, |_| ());
        m.element("p", &[("class", "muted"), ("role", "status")], |_| ());
    });
    if let Some(body) = document().body() {
        body.insert_adjacent_html("beforeend", &dialog.0).ok();
        STATE.with_borrow_mut(|state| state.shown_rows.clear());
    }
}

fn texts() -> Texts {
    #[cfg(not(feature = "ssr"))]
    return Texts::of(model::text::installed());
    #[cfg(feature = "ssr")]
    crate::ui::use_texts()
}

/// The store or organization of this page.
fn place() -> String {
    let path = window().location().pathname().unwrap_or_default();
    let place = path.split('/').nth(2).unwrap_or_default();
    let known = ["sto_", "org_"].iter().any(|kind| place.starts_with(kind));
    if known { place.to_owned() } else { String::new() }
}

/// Asks for the index, unless it is here and what it tells has not changed.
fn load() {
    let wanted = STATE.with_borrow_mut(|state| {
        let changes = state.refresh.map(|Refresh(changes)| changes.get_untracked());
        let wanted = (place(), changes.unwrap_or_default());
        if state.loading || state.made_for.as_ref() == Some(&wanted) {
            return None;
        }
        state.loading = true;
        state.failed = None;
        Some(wanted)
    });
    let Some(wanted) = wanted else { return };
    spawn_local(async move {
        let answer = crate::load::ask(LoadIndex { place: wanted.0.clone() }).await;
        STATE.with_borrow_mut(|state| {
            state.loading = false;
            match answer {
                Ok(mut labels) if labels.len() >= LABELS => {
                    state.index = Index::new(unpack(labels.split_off(LABELS)));
                    state.labels = labels;
                    state.made_for = Some(wanted);
                }
                Ok(_) => {}
                Err(error) => state.failed = Some(error.text(texts())),
            }
        });
        if dialog().is_some_and(|dialog| dialog.open()) {
            draw();
        }
    });
}

/// Shows what is found by what stands in the field.
fn draw() {
    let (Some(dialog), Some(field)) = (dialog(), field()) else { return };
    let Ok(Some(list)) = dialog.query_selector("[role=listbox]") else { return };
    let typed = field.value();
    STATE.with_borrow_mut(|state| {
        let rows = state.rows(typed.trim());
        let label = |group: usize| state.labels.get(group).cloned().unwrap_or_default();
        rows::show(&list, &state.shown_rows, &rows, label);
        rows::first(&list, &field, !rows.is_empty());
        let told = state.told(rows.iter().all(Row::is_last));
        state.shown_rows = rows;
        if let Ok(Some(status)) = dialog.query_selector("[role=status]")
            && status.text_content().unwrap_or_default() != told
        {
            status.set_text_content(Some(&told));
        }
    });
}

impl State {
    /// What is found by `typed`: by groups, the one with the best result first. By nothing, where
    /// the person was lately and what they can do.
    fn rows(&self, typed: &str) -> Vec<Row> {
        let mut groups: Vec<(usize, Vec<Row>)> = Vec::new();
        let mut add = |group: usize, entry: &Entry| {
            let row = Row::new(Some(group), entry, typed);
            match groups.iter_mut().find(|(other, _)| *other == group) {
                Some((_, rows)) => rows.push(row),
                None => groups.push((group, vec![row])),
            }
        };
        if typed.is_empty() {
            let lately = recent::places(&self.owner);
            let elsewhere = lately.iter().filter(|entry| entry.address != self.page);
            elsewhere.for_each(|entry| add(RECENT, entry));
            let all = self.index.entries().iter();
            let commands = all.filter(|e| e.kind == Kind::Command && e.needs.is_empty());
            commands.for_each(|entry| add(entry.kind.group(), entry));
        } else {
            let found = self.index.find(typed, MOST);
            found.into_iter().for_each(|entry| add(entry.kind.group(), entry));
        }
        let mut rows: Vec<Row> = groups.into_iter().flat_map(|(_, rows)| rows).collect();
        if self.made_for.is_some() && !typed.is_empty() {
            let all = Entry {
                icon: "search".to_owned(),
                text: self.labels.get(ALL).cloned().unwrap_or_default(),
                address: Path::Search(typed.to_owned(), place()).to_string(),
                ..Entry::default()
            };
            rows.push(Row::new(None, &all, ""));
        }
        rows
    }

    /// What is said in place of results.
    fn told(&self, nothing: bool) -> String {
        match &self.failed {
            Some(failed) => failed.clone(),
            None if self.made_for.is_none() => texts().get(Key::CommonWorking).to_owned(),
            None if nothing => self.labels.get(NONE).cloned().unwrap_or_default(),
            None => String::new(),
        }
    }
}

/// Goes to a result; a link does so by itself, once this has run.
fn chosen(event: &Event, option: &Element) {
    let mouse = event.dyn_ref::<web_sys::MouseEvent>();
    if mouse.is_some_and(|mouse| mouse.ctrl_key() || mouse.meta_key() || mouse.shift_key()) {
        return;
    }
    close();
    if let Some(command) = option.get_attribute("data-command") {
        event.prevent_default();
        let selector = match command.split_once('=') {
            Some((name, value)) => format!("#person-menu [name={name}][value={value}]"),
            None => format!("#person-menu [action$={command}] button"),
        };
        if let Ok(Some(button)) = document().query_selector(&selector) {
            // This very listener hears that click, too: once it has returned.
            request_animation_frame(move || button.unchecked_into::<HtmlElement>().click());
        }
        return;
    }
    let address = option.get_attribute("href").unwrap_or_default();
    let here = window().location().pathname().unwrap_or_default();
    if let Some((path, name)) = address.split_once('#')
        && path == here
    {
        // The page is here already: nothing will be drawn anew.
        let name = name.to_owned();
        request_animation_frame(move || highlight(&name));
    }
}

/// A panel was drawn: keeps the place, and shows the field that the address names.
pub fn arrived(title: &str, over: bool) {
    let location = window().location();
    let path = location.pathname().unwrap_or_default();
    let name = location.hash().unwrap_or_default();
    let name = name.trim_start_matches('#').to_owned();
    let shown = format!("{path}#{name}");
    let again = STATE.with_borrow_mut(|state| {
        let own = ["/stores", "/organizations", "/me"].iter().any(|room| path.starts_with(room));
        if own && !over && !state.owner.is_empty() {
            let place = state.places.iter().find(|(id, _)| path.contains(id));
            let hint = place.map_or("", |(_, name)| name.as_str());
            let hint = if hint == title { "" } else { hint };
            recent::add(&state.owner, &path, title, hint);
        }
        state.page = path;
        let again = state.shown == shown;
        state.shown = shown;
        again
    });
    // What is drawn anew after a change leaves the focus where it is.
    if !again && !name.is_empty() {
        request_animation_frame(move || highlight(&name));
    }
}

/// Marks a field, brings it into view and gives it the focus.
fn highlight(name: &str) {
    if let Ok(Some(before)) = document().query_selector("[data-found]") {
        before.remove_attribute("data-found").ok();
    }
    let control = document().get_element_by_id(name);
    let Some(control) = control else { return };
    if let Ok(Some(field)) = control.closest("main .field") {
        field.set_attribute("data-found", "").ok();
        field.scroll_into_view();
        control.unchecked_into::<HtmlElement>().focus().ok();
    }
}
