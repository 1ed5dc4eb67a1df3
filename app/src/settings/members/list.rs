//! The table of members. Its rows are static markup: what happens in them is heard by the table,
//! so that a row costs no listeners in the browser.
use super::{api::ChangeRole, query};
use crate::{
    path::Path,
    ui::{FormState, Icon, avatar, banner, use_texts},
};
use leptos::{prelude::*, server_fn::ServerFn};
#[cfg(feature = "hydrate")]
use model::Outcome;
use model::{
    StoreId,
    panel::Choice,
    text::Key,
    view::{MemberRow, MemberStatus, MembersPage, MembersQuery, Sort, SortBy},
};

/// What the column heads and the pager link to.
pub struct Columns {
    /// The store.
    pub store: StoreId,
    /// The list as it is shown.
    pub query: MembersQuery,
}

impl Columns {
    fn link(&self, change: impl FnOnce(&mut MembersQuery)) -> String {
        let mut query = MembersQuery { after: None, before: None, ..self.query.clone() };
        change(&mut query);
        format!("{}{}", Path::Members(self.store.clone()), query::write(&query))
    }

    fn head(&self, by: SortBy, label: Key) -> impl IntoView + use<> {
        let t = use_texts();
        let here = self.query.sort.by == by;
        let descending = here && self.query.sort.descending;
        let sort = Sort { by, descending: here && !descending };
        let order = here.then_some(if descending { "descending" } else { "ascending" });
        view! {
            <th scope="col" aria-sort=order>
                <a href=self.link(|query| query.sort = sort)>{t.get(label)}<Icon name=if descending { "arrow-down" } else { "arrow-up" }/></a>
            </th>
        }
    }

    fn pager(&self, page: &MembersPage) -> impl IntoView + use<> {
        let t = use_texts();
        let count = i64::try_from(page.rows.len()).unwrap_or_default();
        let previous = page.previous.clone().map(|at| self.link(|query| query.before = Some(at)));
        let next = page.next.clone().map(|at| self.link(|query| query.after = Some(at)));
        let step = |link: Option<String>, rel: &'static str, text: AnyView| match link {
            Some(href) => view! { <a class="button small" rel=rel href=href>{text}</a> }.into_any(),
            None => {
                view! { <span class="button small" aria-disabled="true">{text}</span> }.into_any()
            }
        };
        let back = view! { <Icon name="chevron-left"/>{t.get(Key::MembersPrevious)} }.into_any();
        let on = view! { {t.get(Key::MembersNext)}<Icon name="chevron-right"/> }.into_any();
        view! {
            <nav class="pager" aria-label=t.get(Key::MembersPages)>
                <p>{t.count(model::text::Plural::MembersShown, count)}</p>
                <div>{step(previous, "prev", back)}{step(next, "next", on)}</div>
            </nav>
        }
    }
}

/// The table, with what a refused change of a role has to say above it.
pub fn table(columns: Columns, page: MembersPage, state: FormState) -> impl IntoView {
    let t = use_texts();
    let store = columns.store.clone();
    let suffix = query::write(&columns.query);
    let pager = columns.pager(&page);
    let roles = page.roles;
    let rows =
        page.rows.into_iter().map(|member| row(&store, &suffix, &roles, member)).collect_view();
    view! {
        {move || state.refusal().get().map(banner)}
        <table class="table cards" on:change=move |event| role_chosen(&event, state)>
            <caption class="sr-only">{t.get(Key::MembersCaption)}</caption>
            <thead>
                <tr>
                    {columns.head(SortBy::Name, Key::MembersName)}
                    {columns.head(SortBy::Role, Key::MembersRole)}
                    {columns.head(SortBy::LastSeen, Key::MembersLastSeen)}
                    {columns.head(SortBy::Status, Key::MembersStatus)}
                    <th scope="col" class="end"><span class="sr-only">{t.get(Key::MembersActions)}</span></th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        {pager}
    }
}

fn row(
    store: &StoreId,
    suffix: &str,
    roles: &[Choice],
    member: MemberRow,
) -> impl IntoView + use<> {
    let t = use_texts();
    let pending = member.status != MemberStatus::Active;
    let who = if member.name.is_empty() { member.email.clone() } else { member.name.clone() };
    let picture = if pending {
        view! { <span class="avatar tone-4" aria-hidden="true"><Icon name="mail"/></span> }
            .into_any()
    } else {
        avatar(&member.name).into_any()
    };
    let seen = if member.last_seen.is_empty() {
        view! { <span class="muted">{t.get(Key::MembersNever)}</span> }.into_any()
    } else {
        view! { {member.last_seen.clone()} }.into_any()
    };
    let remove = format!("{}{suffix}", Path::RemoveMember(store.clone(), member.id.clone()));
    let (verb, label) = if pending {
        (
            Key::MembersCancelInvitation,
            t.fill(
                Key::FaultItem,
                &[("field", t.get(Key::MembersCancelInvitation)), ("fault", &who)],
            ),
        )
    } else {
        (Key::MembersRemove, t.fill(Key::MembersRemovePerson, &[("person", &who)]))
    };
    view! {
        <tr>
            <th scope="row">
                <span class="person">
                    {picture}
                    <span>
                        <b>{who.clone()}{member.you.then(|| view! { " "<span class="badge">{t.get(Key::MembersYou)}</span> })}</b>
                        {(!member.name.is_empty()).then(|| view! { <small>{member.email.clone()}</small> })}
                    </span>
                </span>
            </th>
            <td data-label=t.get(Key::MembersRole)>{role_form(store, roles, &member, &who)}</td>
            <td data-label=t.get(Key::MembersLastSeen) class="nowrap">{seen}</td>
            <td data-label=t.get(Key::MembersStatus)>{status(member.status)}</td>
            <td class="end"><a class="button quiet small danger" href=remove aria-label=label>{t.get(verb)}</a></td>
        </tr>
    }
}

/// Changes the role in place: at once with wasm, by its button without (C-18). A role that the
/// reader may not give stays as it is.
fn role_form(
    store: &StoreId,
    roles: &[Choice],
    member: &MemberRow,
    who: &str,
) -> impl IntoView + use<> {
    let t = use_texts();
    if roles.iter().all(|role| role.value != member.role.code) {
        return view! { {member.role.name.clone()} }.into_any();
    }
    let label = t.fill(Key::MembersRoleOf, &[("person", who)]);
    let options: Vec<_> = roles
        .iter()
        .map(|role| {
            let chosen = role.value == member.role.code;
            view! { <option value=role.value.clone() selected=chosen>{role.label.clone()}</option> }
        })
        .collect();
    view! {
        <form class="inline" method="post" action=ChangeRole::PATH>
            <input type="hidden" name="store" value=store.to_string()/>
            <input type="hidden" name="member" value=member.id.clone()/>
            <div class="select small quiet">
                <select name="role" aria-label=label autocomplete="off">{options}</select>
                <Icon name="chevron-down"/>
            </div>
            <button class="button small no-js-only">{t.get(Key::CommonChange)}</button>
        </form>
    }
    .into_any()
}

fn status(status: MemberStatus) -> impl IntoView {
    let t = use_texts();
    let class = match status {
        MemberStatus::Active => "badge success",
        MemberStatus::Invited => "badge info",
        MemberStatus::Expired => "badge warning",
        MemberStatus::MailFailed { .. } => "badge danger",
    };
    let label = t.get(status.label());
    let reason = match status {
        MemberStatus::MailFailed { reason } => Some(view! { <span class="reason">{reason}</span> }),
        _ => None,
    };
    view! { <div><span class=class>{label}</span>{reason}</div> }
}

/// Sends the row's form when another role is chosen; a refusal puts the old one back.
#[cfg(feature = "hydrate")]
fn role_chosen(event: &leptos::ev::Event, state: FormState) {
    use crate::ui::{leave, post};
    use wasm_bindgen::JsCast;
    let select = event.target().and_then(|t| t.dyn_into::<web_sys::HtmlSelectElement>().ok());
    let Some((select, form)) = select.and_then(|s| Some((s.clone(), s.form()?))) else { return };
    let Ok(data) = web_sys::FormData::new_with_form(&form) else { return };
    let toasts = state.toasts();
    select.set_disabled(true);
    leptos::task::spawn_local(async move {
        let answer = post(ChangeRole::PATH, &form, data).await;
        select.set_disabled(false);
        select.focus().ok();
        match answer {
            Ok(Outcome::Done { reload: true, location, .. }) => leave(&location),
            Ok(Outcome::Done { notice, .. }) => {
                state.clear();
                keep(&select);
                if let (Some(toasts), Some(notice)) = (toasts, notice) {
                    toasts.show(notice);
                }
            }
            other => {
                form.reset();
                match other {
                    Ok(outcome) => state.show(&outcome),
                    Err(error) => state.fail(&error),
                }
            }
        }
    });
}

#[cfg(not(feature = "hydrate"))]
fn role_chosen(_: &leptos::ev::Event, _: FormState) {}

/// Makes what is chosen now what a later refusal goes back to.
#[cfg(feature = "hydrate")]
fn keep(select: &web_sys::HtmlSelectElement) {
    use wasm_bindgen::JsCast;
    let chosen = select.value();
    let options = select.options();
    for option in (0..options.length()).filter_map(|index| options.item(index)) {
        let option = option.unchecked_into::<web_sys::HtmlOptionElement>();
        option.set_default_selected(option.value() == chosen);
    }
}
