use super::{
    api::{Invite, LoadRoles},
    query,
};
use crate::{
    home::store_of_page,
    layout::UseViewer,
    load::page,
    path::Path,
    ui::{Check, Dialog, Form, FormState, Icon, PageTitle, control, labels, use_texts},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;
use model::{
    FieldError, Input, StoreId,
    check::{self, Fault},
    panel::{Choice, Field, Kind},
    text::Key,
};

/// The list below a pop-up, as it was filtered and sorted.
pub(super) fn list_below(store: Memo<Option<StoreId>>) -> Signal<String> {
    let params = use_query_map();
    Signal::derive(move || {
        let query = params.with(|params| query::write(&query::of_params(params)));
        store
            .get()
            .map_or_else(|| Path::Stores.to_string(), |s| format!("{}{query}", Path::Members(s)))
    })
}

fn faults(input: &Input) -> Vec<FieldError> {
    let email = input.get("email").map_or("", |email| email.trim());
    let fault = if email.is_empty() { Some(Fault::Required) } else { check::email(email).err() };
    fault.map(|fault| FieldError::new("email", fault)).into_iter().collect()
}

/// The pop-up behind "Add new member" (C-21, C-22).
#[component]
pub fn AddMemberDialog() -> impl IntoView {
    let store = store_of_page();
    let viewer: UseViewer = expect_context();
    if !store.get_untracked().is_some_and(|store| viewer.configures(&store)) {
        return ().into_any();
    }
    let back = list_below(store);
    let ask = move || store.get().map(|store| LoadRoles { store });
    page(ask, move |roles| {
        let store = store.get_untracked().map(|store| store.to_string()).unwrap_or_default();
        dialog(store, roles, back)
    })
}

fn dialog(store: String, roles: Vec<Choice>, back: Signal<String>) -> AnyView {
    let t = use_texts();
    let state = FormState::new(Invite::PATH);
    // The one that most people get, and that takes no harm from being chosen by mistake.
    let usual = roles.iter().find(|role| role.value == "marketer").or(roles.last());
    let usual = usual.map(|role| role.value.clone()).unwrap_or_default();
    let email = Field::new("email", Kind::Email, t.get(Key::MembersEmail)).required();
    let role =
        Field::new("role", Kind::Select(roles), t.get(Key::MembersRole)).value(usual).required();
    view! {
        <PageTitle text=t.get(Key::MembersAddTitle).to_owned()/>
        <Dialog labelled_by="add-member" back=back>
            <header>
                <h2 id="add-member">{t.get(Key::MembersAddTitle)}</h2>
                <a class="button quiet small icon-only" href=back aria-label=t.get(Key::CommonClose)><Icon name="x"/></a>
            </header>
            <Form state=state labels=labels([&email, &role]) check=Some(Check::new(|input| faults(&input)))>
                <div class="content">
                    <p class="muted">{t.get(Key::MembersAddIntro)}</p>
                    <input type="hidden" name="store" value=store/>
                    {control(state, email)}
                    {control(state, role)}
                </div>
                <footer class="actions">
                    <a class="button" href=back>{t.get(Key::CommonCancel)}</a>
                    <button class="button primary" disabled=state.pending()>{t.get(Key::CommonOk)}</button>
                </footer>
            </Form>
        </Dialog>
    }
    .into_any()
}
