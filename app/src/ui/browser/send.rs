//! Sends forms in the background and shows what comes of it.
use super::{
    controls::settle,
    data::{data_of, encoded, input, searched, submitter},
    focus::{focus_faults, remember_focus},
    watch::{check_on_leaving, guard_unsaved, watch_changes},
};
use crate::{
    error::AppError,
    ui::{Check, FormState, Refresh, passkey},
};
use gloo_net::http::Request;
use leptos::{ev, html, prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use model::{Outcome, panel::Assist};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, FormData, HtmlElement, HtmlFormElement, HtmlSelectElement};

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
pub struct Submitter {
    sender: Sender,
    node: NodeRef<html::Form>,
    check: Option<Check>,
    assist: Option<Assist>,
}

impl Submitter {
    pub fn new(
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

    pub fn submit(&self, event: ev::SubmitEvent) {
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
                && !passkey::assist(assist, &data).await
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
pub struct Quick(Sender);

impl Quick {
    pub fn new(state: FormState) -> Quick {
        Quick(Sender::new(state))
    }

    pub fn submit(&self, event: &ev::SubmitEvent) {
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

/// Sends a search form or a form of one control as soon as something else is chosen.
pub fn submit_chosen(event: &Event) {
    let Some(control) = event.target().and_then(|t| t.dyn_into::<Element>().ok()) else { return };
    let form = control.closest("form[data-quick], form[data-search]").ok().flatten();
    if control.matches("select, input[type=date]").unwrap_or(false)
        && let Some(form) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok())
    {
        form.request_submit().ok();
    }
}

/// Submits the form of the select that changed.
pub fn submit_form_of(event: &Event) {
    let select = event.target().and_then(|t| t.dyn_into::<HtmlSelectElement>().ok());
    if let Some(form) = select.and_then(|select| select.form()) {
        form.request_submit().ok();
    }
}

/// Posts a form's data and reads the outcome.
async fn post(action: &str, form: &HtmlFormElement, data: FormData) -> Result<Outcome, AppError> {
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

/// Goes to `location` and loads it anew.
fn leave(location: &str) {
    window().location().assign(location).ok();
}
