//! What the smaller controls of a form do: choose a file, take the default, show a password.
use super::controls::{controls, set};
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlButtonElement, HtmlInputElement};

/// Shows the image that was chosen.
pub fn preview(event: &Event) {
    let show = || {
        let input = event.target()?.dyn_into::<HtmlInputElement>().ok()?;
        let file = input.files()?.item(0)?;
        let frame = input.closest(".upload").ok()??.query_selector(".preview").ok()??;
        let url = web_sys::Url::create_object_url_with_blob(&file).ok()?;
        let image = document().create_element("img").ok()?;
        image.set_attribute("src", &url).ok()?;
        image.set_attribute("alt", &input.get_attribute("data-alt").unwrap_or_default()).ok()?;
        frame.replace_children_with_node_1(&image);
        Some(())
    };
    show();
}

/// Gives a control its default, at the button that says so.
pub fn reset(event: &Event) {
    let reset = || {
        let target = event.target()?.dyn_into::<Element>().ok()?;
        let button = target.closest("button[data-default]").ok()??;
        let button = button.dyn_into::<HtmlButtonElement>().ok()?;
        let (form, default) = (button.form()?, button.get_attribute("data-default")?);
        event.prevent_default();
        let named = |control: &Element| control.get_attribute("name") == Some(button.value());
        for control in controls(&form).filter(named) {
            set(&control, &default);
        }
        form.dispatch_event(&Event::new("input").ok()?).ok()
    };
    reset();
}

/// Shows or hides the password of the button that was pressed.
pub fn reveal(event: &Event) {
    let toggle = || {
        let target = event.target()?.dyn_into::<Element>().ok()?;
        let button = target.closest("button[aria-pressed][aria-controls]").ok()??;
        let id = button.get_attribute("aria-controls")?;
        let input = document().get_element_by_id(&id)?;
        let shown = button.get_attribute("aria-pressed")? == "true";
        button.set_attribute("aria-pressed", if shown { "false" } else { "true" }).ok()?;
        input.set_attribute("type", if shown { "password" } else { "text" }).ok()
    };
    toggle();
}
