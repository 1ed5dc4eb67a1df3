//! What a form holds, as it is sent.
use leptos::ev;
use model::Input;
use wasm_bindgen::{JsCast, JsValue, UnwrapThrowExt};
use web_sys::{Element, FormData, HtmlButtonElement, HtmlFormElement, UrlSearchParams};

/// The form's values with those of the button that was pressed.
pub(super) fn data_of(event: &ev::SubmitEvent, form: &HtmlFormElement) -> Option<FormData> {
    let data = FormData::new_with_form(form).ok()?;
    if let Some(button) = submitter(event).filter(|button| !button.name().is_empty()) {
        data.append_with_str(&button.name(), &button.value()).ok();
    }
    Some(data)
}

pub(super) fn submitter(event: &ev::SubmitEvent) -> Option<HtmlButtonElement> {
    event.submitter()?.dyn_into().ok()
}

fn entries(data: &FormData) -> Vec<(String, JsValue)> {
    let Ok(Some(entries)) = js_sys::try_iter(data) else { return Vec::new() };
    entries
        .filter_map(Result::ok)
        .map(|entry| js_sys::Array::from(&entry))
        .filter_map(|pair| Some((pair.get(0).as_string()?, pair.get(1))))
        .collect()
}

pub(super) fn encoded(data: &FormData) -> UrlSearchParams {
    let params = UrlSearchParams::new().unwrap_throw();
    for (name, value) in entries(data) {
        if let Some(value) = value.as_string() {
            params.append(&name, &value);
        }
    }
    params
}

/// The texts of a form by field name; files are left out.
pub(super) fn input(data: &FormData) -> Input {
    entries(data).into_iter().filter_map(|(name, value)| Some((name, value.as_string()?))).collect()
}

/// The address that a GET form leads to, fields left empty left out.
fn address_of(event: &ev::SubmitEvent) -> Option<String> {
    let form = event.target()?.dyn_into::<HtmlFormElement>().ok()?;
    let data = FormData::new_with_form(&form).ok()?;
    for (name, value) in entries(&data) {
        if value.as_string().is_some_and(|value| value.is_empty()) {
            data.delete(&name);
        }
    }
    let path = form.get_attribute("action")?;
    let query = String::from(encoded(&data).to_string());
    Some(if query.is_empty() { path } else { format!("{path}?{query}") })
}

pub(super) fn searched(event: &ev::SubmitEvent) -> Option<String> {
    let form = event.target()?.dyn_into::<Element>().ok()?;
    form.has_attribute("data-search").then(|| address_of(event))?
}
