use super::{
    add::list_below,
    api::{Removal, Remove},
};
use crate::{
    home::store_of_page,
    layout::UseViewer,
    load::page,
    ui::{Dialog, Form, FormState, PageTitle, use_texts},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;
use model::{
    text::Key,
    view::{MemberStatus, RemovalView},
};

/// The question whether to remove a member or to cancel an invitation.
#[component]
pub fn RemoveMemberDialog() -> impl IntoView {
    let store = store_of_page();
    let params = use_params_map();
    let member = Memo::new(move |_| params.with(|p| p.get("member").unwrap_or_default()));
    let back = list_below(store);
    // Who may not see the list is told so in its place.
    let viewer: UseViewer = expect_context();
    if !store.get_untracked().is_some_and(|store| viewer.configures(&store)) {
        return ().into_any();
    }
    let ask = move || store.get().map(|store| Removal { store, member: member.get() });
    page(ask, move |view| {
        let store = store.get_untracked().map(|store| store.to_string()).unwrap_or_default();
        question(store, view, back)
    })
}

fn question(store: String, view: RemovalView, back: Signal<String>) -> AnyView {
    let t = use_texts();
    let state = FormState::new(Remove::PATH);
    let member = view.row;
    let pending = member.status != MemberStatus::Active;
    let who = if member.name.is_empty() { member.email.clone() } else { member.name.clone() };
    let (title, text, verb) = if pending {
        (Key::MembersCancelTitle, Key::MembersCancelText, Key::MembersCancelInvitation)
    } else {
        (Key::MembersRemoveTitle, Key::MembersRemoveText, Key::MembersRemove)
    };
    let title = t.fill(title, &[("person", &who), ("store", &view.store)]);
    view! {
        <PageTitle text=title.clone()/>
        <Dialog labelled_by="remove-member" back=back>
            <header><h2 id="remove-member">{title}</h2></header>
            <Form state=state>
                <div class="content">
                    <p><b>{member.email}</b></p>
                    <p>{t.get(text)}</p>
                    <input type="hidden" name="store" value=store/>
                    <input type="hidden" name="member" value=member.id/>
                </div>
                <footer class="actions">
                    <a class="button" href=back>{t.get(if pending { Key::CommonBack } else { Key::CommonCancel })}</a>
                    <button class="button danger" disabled=state.pending()>{t.get(verb)}</button>
                </footer>
            </Form>
        </Dialog>
    }
    .into_any()
}
