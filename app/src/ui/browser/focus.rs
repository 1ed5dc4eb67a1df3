//! Where the focus goes when what had it is drawn anew, refused or left.
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlFormElement};

thread_local! {
    /// The control that had the focus when the panel was asked for anew.
    static FOCUSED: std::cell::RefCell<Option<String>> = const { std::cell::RefCell::new(None) };
    /// Whether a panel was drawn before: the first one is what the browser was sent.
    static DRAWN: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

pub(super) fn remember_focus() {
    let path = document().active_element().and_then(|element| {
        let own = |e: &Element| Some(format!("[id=\"{}\"]", e.id())).filter(|_| !e.id().is_empty());
        let row = element.closest("[id]").ok().flatten().as_ref().and_then(own)?;
        let name = element.get_attribute("name").map(|name| format!(" [name=\"{name}\"]"));
        own(&element).or(Some(format!("{row}{}", name.unwrap_or_default())))
    });
    FOCUSED.with_borrow_mut(|focused| *focused = path);
}

/// After a panel was drawn anew: the focus goes back to where it was, else to the main panel.
pub fn restore_focus() {
    let selector = FOCUSED.with_borrow_mut(Option::take);
    if !DRAWN.replace(true) {
        return;
    }
    request_animation_frame(move || {
        let lost = document().active_element().is_none_or(|e| e.tag_name() == "BODY");
        if !lost {
            return;
        }
        let same =
            selector.and_then(|selector| document().query_selector(&selector).ok().flatten());
        if let Some(element) = same.or_else(|| document().get_element_by_id("main")) {
            element.unchecked_into::<HtmlElement>().focus().ok();
        }
    });
}

/// Moves the focus to what went wrong, once it is on the page.
pub(super) fn focus_faults(form: &HtmlFormElement) {
    let Some(region) = form.previous_element_sibling() else { return };
    let form = form.clone();
    request_animation_frame(move || {
        let in_form = || form.query_selector(".banner[tabindex]").ok().flatten();
        if let Some(banner) = region.query_selector("[tabindex]").ok().flatten().or_else(in_form) {
            banner.unchecked_into::<HtmlElement>().focus().ok();
        }
    });
}

/// Closes open menus and moves the focus to the main panel, unless only a pop-up over the same
/// page was opened or closed.
pub fn arrive(before: &str, now: &str) {
    if let Ok(Some(menu)) = document().query_selector("[popover]:popover-open") {
        menu.unchecked_into::<HtmlElement>().hide_popover().ok();
    }
    let over = |page: &str, other: &str| {
        other.strip_prefix(page).is_some_and(|rest| rest.starts_with('/'))
    };
    if over(before, now) || over(now, before) {
        return;
    }
    crate::ui::presence::leave();
    if let Some(main) = document().get_element_by_id("main") {
        main.unchecked_into::<HtmlElement>().focus().ok();
    }
}
