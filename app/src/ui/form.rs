//! One form for all: a plain HTML form that a browser can post by itself. Once hydrated it checks
//! in place, sends in the background and shows the same outcome without leaving the page.
#[cfg(feature = "hydrate")]
use super::Toasts;
use super::{banner, error_summary, use_texts};
#[cfg(feature = "hydrate")]
use crate::error::AppError;
use crate::flash::UseFlash;
use leptos::{html, prelude::*};
use model::{Conflict, FieldError, Input, Outcome, check::Fault, panel::Assist};

/// A check of typed values that the browser makes before it sends them.
pub type Check = Callback<Input, Vec<FieldError>>;

/// Raised when stored data changed: pages that show it load anew.
#[derive(Clone, Copy)]
pub struct Refresh(pub RwSignal<u32>);

/// What a form knows of itself; cheap to copy.
#[derive(Clone, Copy)]
pub struct FormState {
    /// The path of its server function.
    action: StoredValue<String>,
    /// Which form of its page it is: tells its fields from those of the others.
    nth: usize,
    /// Faults by field, shown beside each.
    errors: RwSignal<Vec<FieldError>>,
    /// Faults of the last submit, listed above the form.
    summary: RwSignal<Vec<FieldError>>,
    /// A refusal of the whole form.
    refusal: RwSignal<Option<String>>,
    /// Both sides of a stale save.
    conflict: RwSignal<Option<Conflict>>,
    /// On its way to the server.
    pending: RwSignal<bool>,
    /// Differs from what was loaded.
    dirty: RwSignal<bool>,
    #[cfg(feature = "hydrate")]
    toasts: StoredValue<Option<Toasts>>,
}

impl FormState {
    /// The form of the server function at `action`, as the last plain post of it left it.
    pub fn new(action: &str) -> FormState {
        FormState::nth(action, 0)
    }

    /// As [`FormState::new`], for a further form of a page.
    pub fn nth(action: &str, nth: usize) -> FormState {
        let t = use_texts();
        let refused = use_context::<UseFlash>().and_then(|flash| flash.refused(action));
        let state = FormState {
            action: StoredValue::new(action.to_owned()),
            nth,
            errors: RwSignal::new(Vec::new()),
            summary: RwSignal::new(Vec::new()),
            refusal: RwSignal::new(None),
            conflict: RwSignal::new(None),
            pending: RwSignal::new(false),
            dirty: RwSignal::new(refused.is_some()),
            #[cfg(feature = "hydrate")]
            toasts: StoredValue::new(use_context()),
        };
        match refused.map(|refused| refused.answer) {
            Some(Ok(outcome)) => state.show(&outcome),
            Some(Err(error)) => state.refusal.set(Some(error.text(t))),
            None => {}
        }
        state
    }

    /// The `id` of this field's control.
    pub fn id(self, field: &str) -> String {
        if self.nth == 0 { field.to_owned() } else { format!("{field}-{}", self.nth) }
    }

    /// The fault of this field.
    pub fn fault(self, field: &str) -> Option<Fault> {
        self.errors.with(|errors| errors.iter().find(|e| e.field == field).map(|e| e.fault))
    }

    /// Both sides of a stale save, if that is how the last one ended.
    pub fn conflict(self) -> RwSignal<Option<Conflict>> {
        self.conflict
    }

    /// Whether it is on its way to the server.
    #[cfg(feature = "hydrate")]
    pub fn pending(self) -> RwSignal<bool> {
        self.pending
    }

    /// Whether it differs from what was loaded.
    #[cfg(feature = "hydrate")]
    pub fn dirty(self) -> RwSignal<bool> {
        self.dirty
    }

    /// Shows an outcome that is not a success.
    pub fn show(self, outcome: &Outcome) {
        let t = use_texts_anywhere();
        self.refusal.set(None);
        self.conflict.set(None);
        match outcome {
            Outcome::Done { .. } => {
                self.errors.set(Vec::new());
                self.summary.set(Vec::new());
                self.dirty.set(false);
            }
            Outcome::Invalid { errors } => {
                self.errors.set(errors.clone());
                self.summary.set(errors.clone());
            }
            Outcome::Refused { refusal } => {
                self.errors.set(Vec::new());
                self.summary.set(Vec::new());
                self.refusal.set(Some(t.get(refusal.text()).to_owned()))
            }
            Outcome::Stale { conflict } => {
                self.errors.set(Vec::new());
                self.summary.set(Vec::new());
                self.conflict.set(Some((**conflict).clone()));
            }
        }
    }

    /// A refusal of the whole form, as a sentence.
    pub fn refusal(self) -> RwSignal<Option<String>> {
        self.refusal
    }

    /// Where its success is told.
    #[cfg(feature = "hydrate")]
    pub fn toasts(self) -> Option<Toasts> {
        self.toasts.get_value()
    }

    /// Shows a refusal that the browser itself came to.
    #[cfg(feature = "hydrate")]
    pub fn refuse(self, refusal: model::Refusal) {
        self.show(&Outcome::refused(refusal));
    }

    /// Shows why there is no outcome.
    #[cfg(feature = "hydrate")]
    pub fn fail(self, error: &AppError) {
        self.refusal.set(Some(error.text(use_texts_anywhere())));
    }

    /// Whether the page it stands on is gone: its elements are heard for a moment longer.
    #[cfg(feature = "hydrate")]
    pub(super) fn is_gone(self) -> bool {
        self.pending.is_disposed()
    }

    pub(super) fn action(self) -> String {
        self.action.get_value()
    }

    /// Replaces the fault of one field, as it is left.
    #[cfg(feature = "hydrate")]
    pub(super) fn set_fault(self, field: &str, fault: Option<Fault>) {
        if self.errors.with_untracked(|all| all.iter().find(|e| e.field == field).map(|e| e.fault))
            != fault
        {
            self.errors.update(|all| {
                all.retain(|error| error.field != field);
                all.extend(fault.map(|fault| FieldError::new(field, fault)));
            });
        }
    }
}

/// The texts, also in an event handler, where there is no context.
fn use_texts_anywhere() -> model::text::Texts {
    #[cfg(not(feature = "ssr"))]
    return model::text::Texts::of(model::text::installed());
    #[cfg(feature = "ssr")]
    use_texts()
}

/// The form, with its error summary above it.
#[component]
pub fn Form(
    state: FormState,
    /// The visible names of its fields, for the summary.
    #[prop(optional)]
    labels: Vec<(String, String)>,
    #[prop(optional, into)] class: String,
    /// The accessible name, where no heading gives one.
    #[prop(optional_no_strip)]
    label: Option<String>,
    /// What the browser has to do before it is sent.
    #[prop(optional_no_strip)]
    assist: Option<Assist>,
    /// It holds files.
    #[prop(optional)]
    multipart: bool,
    /// It warns before its unsaved changes are lost.
    #[prop(optional)]
    guarded: bool,
    #[prop(optional_no_strip)] check: Option<Check>,
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Form>::new();
    let name = move |field: &str| {
        labels
            .iter()
            .find(|(key, _)| *key == field)
            .map_or_else(|| field.to_owned(), |(_, label)| label.clone())
    };
    let above = move || {
        let errors = state.summary.get();
        let refusal = state.refusal.get().map(banner);
        let summary =
            (!errors.is_empty()).then(|| error_summary(errors, &name, |field| state.id(field)));
        view! { {refusal} {summary} }
    };
    #[cfg(feature = "hydrate")]
    let (submit, click, change) = {
        let submitter = super::browser::Submitter::new(state, node, check, guarded, assist);
        (
            move |event: leptos::ev::SubmitEvent| submitter.submit(event),
            |event: leptos::ev::MouseEvent| {
                super::browser::reveal(&event);
                super::browser::reset(&event);
            },
            |event: leptos::ev::Event| super::browser::preview(&event),
        )
    };
    #[cfg(not(feature = "hydrate"))]
    let (submit, click, change) = {
        let _ = (check, guarded, assist);
        (|_: leptos::ev::SubmitEvent| {}, |_: leptos::ev::MouseEvent| {}, |_: leptos::ev::Event| {})
    };
    view! {
        <div class="form-faults">{above}</div>
        <form class=class method="post" action=state.action() node_ref=node on:submit=submit on:click=click
            on:change=change aria-label=label aria-busy=move || state.pending.get().then_some("true")
            enctype=if multipart { "multipart/form-data" } else { "application/x-www-form-urlencoded" }
            data-dirty=move || state.dirty.get().then_some("")>
            {children()}
        </form>
    }
}
