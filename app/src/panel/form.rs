//! A form with fields.
use super::inline::{button, link};
use crate::ui::{self, Check, FormState, control, labels, use_texts};
use leptos::prelude::*;
use model::{
    Input, panel,
    panel::{Field, Form},
    text::Key,
};

/// Where a form stands: what is around its fields and buttons.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In a card or on the page.
    Page,
    /// In a pop-up, whose buttons are the form's.
    Dialog,
}

/// The form; `nth` tells its fields from those of other forms of the page.
pub fn form(form: Form, place: Place, nth: usize) -> AnyView {
    let state = FormState::nth(&form.action, nth);
    let names = labels(&form.fields);
    let check = {
        let form = Form { fields: form.fields.clone(), ..Form::default() };
        Check::new(move |input: Input| panel::check(&form, &input))
    };
    let class = match (place, form.inline) {
        (Place::Dialog, _) => "",
        (Place::Page, true) => "line",
        (Place::Page, false) => "stack",
    };
    let guarded = form.guarded;
    let hidden = form
        .hidden
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    let fields = fields(state, form.fields);
    let pending = state.pending();
    let buttons = form.buttons.into_iter().map(|b| button(b, pending)).collect_view().into_any();
    let cancel = form.cancel.map(link);
    let foot = match (place, guarded) {
        (Place::Dialog, _) => {
            view! { <footer class="actions">{cancel}{buttons}</footer> }.into_any()
        }
        (Place::Page, true) => save_bar(state, cancel.into_any(), buttons),
        (Place::Page, false) => view! { <div class="row">{buttons}{cancel}</div> }.into_any(),
    };
    let body = match place {
        Place::Dialog => view! { <div class="content">{hidden}{fields}</div>{foot} }.into_any(),
        Place::Page => view! { {hidden}{fields}{foot} }.into_any(),
    };
    view! {
        <ui::Form state=state labels=names class=class label=form.label multipart=form.multipart
            guarded=guarded assist=form.assist check=Some(check)>
            {body}
        </ui::Form>
    }
    .into_any()
}

/// The fields, with the headings of their groups.
fn fields(state: FormState, fields: Vec<Field>) -> AnyView {
    if fields.is_empty() {
        return ().into_any();
    }
    let one = |mut field: Field| {
        let heading = field.group.take().map(|text| view! { <h3 class="full">{text}</h3> });
        view! { {heading}{control(state, field)} }
    };
    view! { <div class="fields">{fields.into_iter().map(one).collect_view()}</div> }.into_any()
}

/// Appears when the form differs from what was loaded.
fn save_bar(state: FormState, cancel: AnyView, buttons: AnyView) -> AnyView {
    let t = use_texts();
    let discard = move |_| state.dirty().set(false);
    view! {
        <div class="save-bar">
            <p role="status"><ui::Icon name="circle-dot"/>{t.get(Key::SettingsUnsaved)}</p>
            <span class="discard" on:click=discard>{cancel}</span>
            {buttons}
        </div>
    }
    .into_any()
}
