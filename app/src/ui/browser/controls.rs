//! The controls of a form: what they hold, and what they were loaded with.
use wasm_bindgen::JsCast;
use web_sys::{
    Element, FormData, HtmlFormElement, HtmlInputElement, HtmlOptionElement, HtmlSelectElement,
    HtmlTextAreaElement,
};

pub(super) fn controls(form: &HtmlFormElement) -> impl Iterator<Item = Element> {
    let elements = form.elements();
    (0..elements.length()).filter_map(move |index| elements.item(index))
}

fn options(select: &HtmlSelectElement) -> impl Iterator<Item = HtmlOptionElement> {
    let options = select.options();
    (0..options.length()).filter_map(move |index| options.item(index)?.dyn_into().ok())
}

pub(super) fn differs(form: &HtmlFormElement) -> bool {
    controls(form).any(|element| changed(&element))
}

fn changed(element: &Element) -> bool {
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        return match input.type_().as_str() {
            "hidden" => false,
            "checkbox" | "radio" => input.checked() != input.default_checked(),
            "file" => input.files().is_some_and(|files| files.length() > 0),
            _ => input.value() != input.default_value(),
        };
    }
    if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
        return area.default_value().is_ok_and(|loaded| loaded != area.value());
    }
    let Some(select) = element.dyn_ref::<HtmlSelectElement>() else { return false };
    // Without a marked option the first one is what was loaded.
    let loaded = options(select)
        .find(HtmlOptionElement::default_selected)
        .or_else(|| options(select).next());
    loaded.is_some_and(|loaded| loaded.value() != select.value())
}

/// Makes what was `sent` what the form was loaded with. A control that nobody touches from here on
/// follows its attribute again, and so shows the value as it was stored; what was typed while the
/// form was on its way stays, unsaved.
pub(super) fn settle(form: &HtmlFormElement, sent: &FormData) {
    let later: Vec<_> = controls(form).filter_map(|control| rebase(control, sent)).collect();
    form.reset();
    for (control, value) in later {
        set(&control, &value);
    }
}

/// Gives a control a value, or its tick: a box is ticked by any value but none.
pub(super) fn set(control: &Element, value: &str) {
    if let Some(input) = control.dyn_ref::<HtmlInputElement>() {
        match input.type_().as_str() {
            "checkbox" => input.set_checked(!value.is_empty()),
            "radio" => input.set_checked(input.value() == value),
            _ => input.set_value(value),
        }
    } else if let Some(area) = control.dyn_ref::<HtmlTextAreaElement>() {
        area.set_value(value);
    } else if let Some(select) = control.dyn_ref::<HtmlSelectElement>() {
        select.set_value(value);
    }
}

/// Gives a control the value that was sent as its default; returns it if it holds another by now.
fn rebase(control: Element, sent: &FormData) -> Option<(Element, String)> {
    let was = sent.get(&control.get_attribute("name")?).as_string();
    let value = if let Some(input) = control.dyn_ref::<HtmlInputElement>() {
        match input.type_().as_str() {
            "hidden" | "file" => return None,
            "checkbox" | "radio" => {
                input.set_default_checked(input.checked());
                return None;
            }
            _ => input.set_default_value(was.as_deref()?),
        }
        input.value()
    } else if let Some(area) = control.dyn_ref::<HtmlTextAreaElement>() {
        area.set_default_value(was.as_deref()?).ok();
        area.value()
    } else {
        let select = control.dyn_ref::<HtmlSelectElement>()?;
        let was = was.as_deref()?;
        options(select).for_each(|option| option.set_default_selected(option.value() == was));
        select.value()
    };
    (was.as_ref() != Some(&value)).then_some((control, value))
}
