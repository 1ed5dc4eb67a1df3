//! What forms do in a browser that runs wasm. Nothing here runs on the server.
use super::{Check, FormState, Refresh};
use crate::error::AppError;
use gloo_net::http::Request;
use leptos::{ev, html, prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use model::{Input, Outcome, panel::Assist};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{
    AddEventListenerOptions, Element, Event, FormData, HtmlElement, HtmlFormElement,
    HtmlInputElement, HtmlOptionElement, HtmlSelectElement, HtmlTextAreaElement, UrlSearchParams,
};

/// Goes to an address without loading a page anew.
type Navigate = Rc<dyn Fn(&str, NavigateOptions)>;

/// Sends forms in the background and shows what comes of it.
#[derive(Clone)]
struct Sender {
    state: FormState,
    navigate: Navigate,
    refresh: Option<Refresh>,
}

impl Sender {
    fn new(state: FormState) -> Sender {
        Sender { state, navigate: Rc::new(use_navigate()), refresh: use_context() }
    }

    async fn send(&self, action: &str, form: &HtmlFormElement, data: FormData) -> bool {
        let sent = data.clone();
        self.state.pending().set(true);
        let answer = post(action, form, data).await;
        if self.state.is_gone() {
            // Somebody went on without waiting for the answer.
            return true;
        }
        self.state.pending().set(false);
        match answer {
            Ok(Outcome::Done { notice, location, reload }) => {
                self.state.show(&Outcome::Done { notice, location: location.clone(), reload });
                if reload {
                    leave(&location);
                    return true;
                }
                settle(form, &sent);
                if let (Some(toasts), Some(notice)) = (self.state.toasts(), notice) {
                    toasts.show(notice);
                }
                self.go_on(&location);
                return true;
            }
            Ok(outcome) => self.state.show(&outcome),
            Err(error) => self.state.fail(&error),
        }
        false
    }

    fn go_on(&self, location: &str) {
        remember_focus();
        (self.navigate)(location, NavigateOptions { scroll: false, ..Default::default() });
        if let Some(Refresh(raised)) = self.refresh {
            // A pop-up that is left must not ask again for what is gone.
            set_timeout(move || raised.update(|count| *count += 1), std::time::Duration::ZERO);
        }
    }
}

/// Sends one form.
#[derive(Clone)]
pub(super) struct Submitter {
    sender: Sender,
    node: NodeRef<html::Form>,
    check: Option<Check>,
    assist: Option<Assist>,
}

impl Submitter {
    pub(super) fn new(
        state: FormState,
        node: NodeRef<html::Form>,
        check: Option<Check>,
        guarded: bool,
        assist: Option<Assist>,
    ) -> Submitter {
        Effect::new(move |_| {
            let Some(form) = node.get() else { return };
            // Our own checks speak the person's language and list all faults at once.
            form.set_no_validate(true);
            if let Some(check) = check {
                check_on_leaving(&form, state, check);
            }
            if guarded {
                watch_changes(&form, state);
            }
        });
        if guarded {
            guard_unsaved(state, node);
        }
        Submitter { sender: Sender::new(state), node, check, assist }
    }

    pub(super) fn submit(&self, event: ev::SubmitEvent) {
        if self.sender.state.is_gone() {
            event.prevent_default();
            return;
        }
        // What a browser cannot set back by itself the server does, with all that was typed.
        if submitter(&event).is_some_and(|button| button.name() == "_reset") {
            self.sender.state.dirty().set(false);
            return;
        }
        event.prevent_default();
        let Some(form) = self.node.get_untracked() else { return };
        let Some(data) = data_of(&event, &form) else { return };
        if self.sender.state.pending().get_untracked() {
            return;
        }
        let errors = self.check.map(|check| check.run(input(&data))).unwrap_or_default();
        if !errors.is_empty() {
            self.sender.state.show(&Outcome::Invalid { errors });
            focus_faults(&form);
            return;
        }
        let this = self.clone();
        spawn_local(async move {
            if let Some(assist) = this.assist
                && !super::passkey::assist(assist, &data).await
            {
                this.sender.state.refuse(model::Refusal::PasskeyNotUsed);
            } else if this.sender.send(&this.sender.state.action(), &form, data).await {
                return;
            }
            focus_faults(&form);
        });
    }
}

/// Sends the panel's forms of one button or control.
#[derive(Clone)]
pub(super) struct Quick(Sender);

impl Quick {
    pub(super) fn new(state: FormState) -> Quick {
        Quick(Sender::new(state))
    }

    pub(super) fn submit(&self, event: &ev::SubmitEvent) {
        if let Some(address) = searched(event) {
            event.prevent_default();
            (self.0.navigate)(&address, NavigateOptions::default());
            return;
        }
        let form = event.target().and_then(|t| t.dyn_into::<HtmlFormElement>().ok());
        let Some(form) = form.filter(|form| form.has_attribute("data-quick")) else { return };
        event.prevent_default();
        if self.0.state.is_gone() {
            return;
        }
        let Some(data) = data_of(event, &form) else { return };
        if self.0.state.pending().get_untracked() {
            return;
        }
        let this = self.0.clone();
        spawn_local(async move {
            let action = form.get_attribute("action").unwrap_or_default();
            if !this.send(&action, &form, data).await {
                // What was chosen was not accepted.
                form.reset();
                if let Ok(Some(banner)) = document().query_selector(".banner[tabindex]") {
                    banner.unchecked_into::<HtmlElement>().focus().ok();
                }
            }
        });
    }
}

/// The form's values with those of the button that was pressed.
fn data_of(event: &ev::SubmitEvent, form: &HtmlFormElement) -> Option<FormData> {
    let data = FormData::new_with_form(form).ok()?;
    if let Some(button) = submitter(event).filter(|button| !button.name().is_empty()) {
        data.append_with_str(&button.name(), &button.value()).ok();
    }
    Some(data)
}

fn submitter(event: &ev::SubmitEvent) -> Option<web_sys::HtmlButtonElement> {
    event.submitter()?.dyn_into().ok()
}

/// Sends a search form or a form of one control as soon as something else is chosen.
pub(super) fn submit_chosen(event: &Event) {
    let Some(control) = event.target().and_then(|t| t.dyn_into::<Element>().ok()) else { return };
    let form = control.closest("form[data-quick], form[data-search]").ok().flatten();
    if control.matches("select, input[type=date]").unwrap_or(false)
        && let Some(form) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok())
    {
        form.request_submit().ok();
    }
}

thread_local! {
    /// The control that had the focus when the panel was asked for anew.
    static FOCUSED: std::cell::RefCell<Option<String>> = const { std::cell::RefCell::new(None) };
    /// Whether a panel was drawn before: the first one is what the browser was sent.
    static DRAWN: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

fn remember_focus() {
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

/// Posts a form's data and reads the outcome.
pub async fn post(
    action: &str,
    form: &HtmlFormElement,
    data: FormData,
) -> Result<Outcome, AppError> {
    crate::load::rest().await.map_err(|_| AppError::Network)?;
    let body: JsValue =
        if form.enctype() == "multipart/form-data" { data.into() } else { encoded(&data).into() };
    let request = Request::post(action).header("Accept", "application/json").body(body);
    let response =
        request.map_err(|_| AppError::Network)?.send().await.map_err(|_| AppError::Network)?;
    if response.ok() {
        response.json().await.map_err(|_| AppError::Network)
    } else {
        let status = response.status();
        Err(response.json().await.unwrap_or(match status {
            413 | 400 | 415 => AppError::Malformed,
            _ => AppError::Unavailable,
        }))
    }
}

fn entries(data: &FormData) -> Vec<(String, JsValue)> {
    let Ok(Some(entries)) = js_sys::try_iter(data) else { return Vec::new() };
    entries
        .filter_map(Result::ok)
        .map(|entry| js_sys::Array::from(&entry))
        .filter_map(|pair| Some((pair.get(0).as_string()?, pair.get(1))))
        .collect()
}

fn encoded(data: &FormData) -> UrlSearchParams {
    let params = UrlSearchParams::new().unwrap_throw_away();
    for (name, value) in entries(data) {
        if let Some(value) = value.as_string() {
            params.append(&name, &value);
        }
    }
    params
}

/// The texts of a form by field name; files are left out.
fn input(data: &FormData) -> Input {
    entries(data).into_iter().filter_map(|(name, value)| Some((name, value.as_string()?))).collect()
}

/// An empty parameter list can always be made: the binding's `Result` is a formality.
trait ThrowAway<T> {
    fn unwrap_throw_away(self) -> T;
}
impl ThrowAway<UrlSearchParams> for Result<UrlSearchParams, JsValue> {
    fn unwrap_throw_away(self) -> UrlSearchParams {
        self.unwrap_or_else(|value| value.unchecked_into())
    }
}

/// Moves the focus to what went wrong, once it is on the page.
fn focus_faults(form: &HtmlFormElement) {
    let Some(region) = form.previous_element_sibling() else { return };
    let form = form.clone();
    request_animation_frame(move || {
        let in_form = || form.query_selector(".banner[tabindex]").ok().flatten();
        if let Some(banner) = region.query_selector("[tabindex]").ok().flatten().or_else(in_form) {
            banner.unchecked_into::<HtmlElement>().focus().ok();
        }
    });
}

/// Makes what was `sent` what the form was loaded with. A control that nobody touches from here on
/// follows its attribute again, and so shows the value as it was stored; what was typed while the
/// form was on its way stays, unsaved.
fn settle(form: &HtmlFormElement, sent: &FormData) {
    let later: Vec<_> = controls(form).filter_map(|control| rebase(control, sent)).collect();
    form.reset();
    for (control, value) in later {
        if let Some(input) = control.dyn_ref::<HtmlInputElement>() {
            input.set_value(&value);
        } else if let Some(area) = control.dyn_ref::<HtmlTextAreaElement>() {
            area.set_value(&value);
        } else if let Some(select) = control.dyn_ref::<HtmlSelectElement>() {
            select.set_value(&value);
        }
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

/// Checks a field when it is left. Whoever goes on to a button or link is about to press it: a
/// message that appears just then would push it away from under the pointer.
fn check_on_leaving(form: &HtmlFormElement, state: FormState, check: Check) {
    let on = form.clone();
    listen(form, "focusout", move |event| {
        if state.is_gone() {
            return;
        }
        let to = event.dyn_ref::<web_sys::FocusEvent>().and_then(|e| e.related_target());
        if to
            .and_then(|to| to.dyn_into::<Element>().ok())
            .is_some_and(|to| to.matches("a, button").unwrap_or(false))
        {
            return;
        }
        let field = event.target().and_then(|t| t.dyn_into::<Element>().ok());
        let Some(name) = field.and_then(|f| f.get_attribute("name")) else { return };
        let Ok(data) = FormData::new_with_form(&on) else { return };
        let faults = check.run(input(&data));
        state.set_fault(&name, faults.into_iter().find(|e| e.field == name).map(|e| e.fault));
    });
}

/// Keeps `state.dirty` true while a field differs from what was loaded.
fn watch_changes(form: &HtmlFormElement, state: FormState) {
    for event in ["input", "change"] {
        let on = form.clone();
        listen(form, event, move |_| {
            state.dirty().set(differs(&on));
            preview_colors(&on);
        });
    }
    let on = form.clone();
    listen(form, "reset", move |_| {
        let on = on.clone();
        request_animation_frame(move || state.dirty().set(differs(&on)));
    });
}

/// Shows the colours of a form on what previews them, as custom properties named after the fields,
/// and how much they stand out from each other.
fn preview_colors(form: &HtmlFormElement) {
    let show = || {
        let preview = document().query_selector("[data-preview]").ok()??;
        let preview: HtmlElement = preview.unchecked_into();
        for control in controls(form) {
            let input = control.dyn_ref::<HtmlInputElement>();
            if let Some(input) = input.filter(|input| input.type_() == "color") {
                let name = format!("--own-{}", input.name());
                preview.style().set_property(&name, &input.value()).ok()?;
            }
        }
        let output = preview.query_selector("[data-contrast]").ok()??;
        let names = output.get_attribute("data-contrast")?;
        let (one, other) = names.split_once(' ')?;
        let style = window().get_computed_style(&preview).ok()??;
        let color = |name: &str| style.get_property_value(name).unwrap_or_default();
        let ratio = model::check::contrast(color(one).trim(), color(other).trim())?;
        let tenths = (ratio * 10.0) as u32;
        // The server has written it in the reader's language.
        let comma = output.text_content().is_some_and(|text| text.contains(','));
        let mark = if comma { ',' } else { '.' };
        let text = format!("{}{mark}{}:1", tenths / 10, tenths % 10);
        output.set_text_content(Some(&text));
        Some(())
    };
    show();
}

fn differs(form: &HtmlFormElement) -> bool {
    controls(form).any(|element| changed(&element))
}

fn controls(form: &HtmlFormElement) -> impl Iterator<Item = Element> {
    let elements = form.elements();
    (0..elements.length()).filter_map(move |index| elements.item(index))
}

fn options(select: &HtmlSelectElement) -> impl Iterator<Item = HtmlOptionElement> {
    let options = select.options();
    (0..options.length()).filter_map(move |index| options.item(index)?.dyn_into().ok())
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

/// Asks before unsaved changes are lost, and saves on Ctrl/Cmd+S.
fn guard_unsaved(state: FormState, node: NodeRef<html::Form>) {
    let t = super::use_texts();
    let leaving = window_event_listener(ev::beforeunload, move |event| {
        if state.dirty().get_untracked() {
            event.prevent_default();
        }
    });
    let saving = window_event_listener(ev::keydown, move |event| {
        if (event.ctrl_key() || event.meta_key()) && event.key().eq_ignore_ascii_case("s") {
            event.prevent_default();
            if let Some(form) = node.get_untracked().filter(|_| state.dirty().get_untracked()) {
                form.request_submit().ok();
            }
        }
    });
    // The router listens on the window: the question must come first.
    let clicks = on_document("click", move |event| {
        let link = event
            .target()
            .and_then(|t| t.dyn_into::<Element>().ok())
            .and_then(|e| e.closest("a[href]").ok()?);
        let Some(link) = link else { return };
        let inside = !link.get_attribute("href").unwrap_or_default().starts_with('#');
        let discarded = || link.closest(".discard").is_ok_and(|found| found.is_some());
        if inside && state.dirty().get_untracked() {
            if discarded() || confirm(t.get(model::text::Key::NavUnsavedLeave)) {
                state.dirty().set(false);
            } else {
                event.prevent_default();
                event.stop_propagation();
            }
        }
    });
    on_cleanup(move || {
        leaving.remove();
        saving.remove();
        drop(clicks);
    });
}

/// A listener on the document, before any other; it ends when this is dropped.
pub struct Listening(send_wrapper::SendWrapper<(Heard, &'static str)>);

/// What a listener runs.
type Heard = Closure<dyn FnMut(Event)>;

impl Drop for Listening {
    fn drop(&mut self) {
        let (closure, event) = &*self.0;
        let function = closure.as_ref().unchecked_ref();
        document().remove_event_listener_with_callback_and_bool(event, function, true).ok();
    }
}

/// Listens on the document in the capture phase.
pub fn on_document(event: &'static str, run: impl FnMut(Event) + 'static) -> Listening {
    let closure = Closure::<dyn FnMut(Event)>::new(run);
    let function = closure.as_ref().unchecked_ref();
    document().add_event_listener_with_callback_and_bool(event, function, true).ok();
    Listening(send_wrapper::SendWrapper::new((closure, event)))
}

/// Listens on an element for as long as it exists.
fn listen(element: &HtmlFormElement, event: &str, run: impl FnMut(Event) + 'static) {
    let closure = Closure::<dyn FnMut(Event)>::new(run).into_js_value();
    let options = AddEventListenerOptions::new();
    element
        .add_event_listener_with_callback_and_add_event_listener_options(
            event,
            closure.unchecked_ref(),
            &options,
        )
        .ok();
}

/// Asks the person.
pub fn confirm(question: &str) -> bool {
    window().confirm_with_message(question).unwrap_or(true)
}

/// Goes to `location` and loads it anew.
pub fn leave(location: &str) {
    window().location().assign(location).ok();
}

/// Shows the image that was chosen.
pub(super) fn preview(event: &Event) {
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
pub(super) fn reset(event: &Event) {
    let reset = || {
        let target = event.target()?.dyn_into::<Element>().ok()?;
        let button = target.closest("button[data-default]").ok()??;
        let button = button.dyn_into::<web_sys::HtmlButtonElement>().ok()?;
        let (form, default) = (button.form()?, button.get_attribute("data-default")?);
        event.prevent_default();
        let named = |control: &Element| control.get_attribute("name") == Some(button.value());
        for control in controls(&form).filter(named) {
            if let Some(input) = control.dyn_ref::<HtmlInputElement>() {
                match input.type_().as_str() {
                    "checkbox" => input.set_checked(!default.is_empty()),
                    "radio" => input.set_checked(input.value() == default),
                    _ => input.set_value(&default),
                }
            } else if let Some(area) = control.dyn_ref::<HtmlTextAreaElement>() {
                area.set_value(&default);
            } else if let Some(select) = control.dyn_ref::<HtmlSelectElement>() {
                select.set_value(&default);
            }
        }
        form.dispatch_event(&Event::new("input").ok()?).ok()
    };
    reset();
}

/// Shows or hides the password of the button that was pressed.
pub(super) fn reveal(event: &Event) {
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

/// Keeps who describes a control, and whether it is wrong, in step with its error line.
pub(super) fn mark_faults(id: String, helped: bool, error: Memo<Option<String>>) {
    Effect::new(move |before: Option<bool>| {
        let wrong = error.with(Option::is_some);
        if before.is_some_and(|before| before != wrong)
            && let Some(control) = document().get_element_by_id(&id)
        {
            let by = [wrong.then(|| format!("{id}-error")), helped.then(|| format!("{id}-help"))];
            let by: Vec<String> = by.into_iter().flatten().collect();
            control.set_attribute("aria-describedby", &by.join(" ")).ok();
            control.set_attribute("aria-invalid", if wrong { "true" } else { "false" }).ok();
        }
        wrong
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
    super::presence::leave();
    if let Some(main) = document().get_element_by_id("main") {
        main.unchecked_into::<HtmlElement>().focus().ok();
    }
}

/// Submits the form of the select that changed.
pub fn submit_form_of(event: &Event) {
    let select = event.target().and_then(|t| t.dyn_into::<HtmlSelectElement>().ok());
    if let Some(form) = select.and_then(|select| select.form()) {
        form.request_submit().ok();
    }
}

/// The address that a GET form leads to, fields left empty left out.
pub fn address_of(event: &ev::SubmitEvent) -> Option<String> {
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

fn searched(event: &ev::SubmitEvent) -> Option<String> {
    let form = event.target()?.dyn_into::<Element>().ok()?;
    form.has_attribute("data-search").then(|| address_of(event))?
}
