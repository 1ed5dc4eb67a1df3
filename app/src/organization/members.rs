//! The table of an organization's members and invitations (C-25 to C-27).
use super::{
    api::{CancelInvitation, ChangeOrganizationRole, ResendInvitation},
    list::{at, enter},
};
use crate::panel::Visit;
use domain::{
    Result,
    access::{ManageOrganizationMembers, OrganizationAccess},
    format,
    organization::{
        MembersQuery, OrganizationMember, Stands, StatusFilter, list as members, stores,
    },
};
use leptos::server_fn::ServerFn as _;
use model::{
    access::OrganizationRole,
    panel::{
        Choice, Column, Empty, Field, Form, Inline, Kind, Link, Look, Order, Pager, Panel, Row,
        Select, Table, Tone, Toolbar, Who,
    },
    text::Key,
    view::{Sort, SortBy},
};

type Manage = OrganizationAccess<ManageOrganizationMembers>;
const SORTS: [(&str, SortBy, Key); 4] = [
    ("name", SortBy::Name, Key::OrganizationPerson),
    ("role", SortBy::Role, Key::OrganizationRoleHead),
    ("status", SortBy::Status, Key::OrganizationStatus),
    ("seen", SortBy::LastSeen, Key::OrganizationSeen),
];

/// The table.
pub(super) async fn list(visit: Visit) -> Result<Panel> {
    let access: Manage = enter(&visit).await?;
    panel(&visit, &access).await
}

/// The same, for the pop-ups over it.
pub(super) async fn panel(visit: &Visit, access: &Manage) -> Result<Panel> {
    let t = visit.t;
    let query = query(visit);
    let page = members(&visit.domain, access, &query, t).await?;
    let of = access.organization();
    let path = at(of, "members");
    let rows = page.rows.into_iter().map(|member| row(visit, access, member));
    let link = |name: &str, cursor: Option<String>| {
        let cursor = cursor?;
        let other = if name == "after" { "before" } else { "after" };
        Some(step(visit, &path, &[(name, &cursor), (other, "")]))
    };
    let table = Table {
        caption: t.get(Key::OrganizationMembersTitle).to_owned(),
        toolbar: Some(toolbar(visit, access, &path).await?),
        columns: columns(visit, &path, query.sort),
        rows: rows.collect(),
        empty: Some(Box::new(Empty {
            icon: "search-x".to_owned(),
            title: t.get(Key::OrganizationNobody).to_owned(),
            actions: vec![Link::button(t.get(Key::OrganizationShowAll), &path)],
            ..Empty::default()
        })),
        pager: Some(Pager {
            text: String::new(),
            previous: link("before", page.previous),
            next: link("after", page.next),
        }),
    };
    let title = t.get(Key::OrganizationMembersTitle);
    Ok(Panel::new(title, t.get(Key::OrganizationMembersIntro)).with(table))
}

/// An address of the list with this visit's query, changed.
fn step(visit: &Visit, path: &str, changes: &[(&str, &str)]) -> String {
    let here = visit.with_query(changes);
    let query = here.split_once('?').map_or("", |(_, query)| query);
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

fn query(visit: &Visit) -> MembersQuery {
    let sort = visit.query("sort");
    let (descending, by) = sort.strip_prefix('-').map_or((false, sort), |by| (true, by));
    let by = SORTS.iter().find(|(code, ..)| *code == by).map(|(_, by, _)| *by);
    MembersQuery {
        search: visit.query("q").to_owned(),
        status: StatusFilter::ALL.into_iter().find(|s| s.code() == visit.query("status")),
        role: OrganizationRole::from_code(visit.query("role")),
        store: visit.query("store").parse().ok(),
        sort: Sort { by: by.unwrap_or_default(), descending },
        after: visit.query("after").to_owned(),
        before: visit.query("before").to_owned(),
    }
}

fn columns(visit: &Visit, path: &str, sort: Sort) -> Vec<Column> {
    let t = visit.t;
    let sorted = |n: usize| {
        let (code, by, label) = SORTS[n];
        let here = sort.by == by;
        let order = if sort.descending { Order::Descending } else { Order::Ascending };
        let next = if here && !sort.descending { format!("-{code}") } else { code.to_owned() };
        let href = step(visit, path, &[("sort", &next), ("after", ""), ("before", "")]);
        let sort = Some((href, here.then_some(order)));
        Column { sort, ..Column::new(t.get(label)) }
    };
    vec![
        sorted(0),
        sorted(1),
        Column::new(t.get(Key::OrganizationStoresTitle)),
        sorted(2),
        Column::new(t.get(Key::OrganizationSecondFactor)),
        sorted(3).nowrap(),
        Column::actions(t.get(Key::OrganizationActions)),
    ]
}

async fn toolbar(visit: &Visit, access: &Manage, path: &str) -> Result<Toolbar> {
    let t = visit.t;
    let statuses = StatusFilter::ALL.map(|s| Choice::new(s.code(), t.get(status_label(s))));
    let roles = OrganizationRole::ALL.map(|role| Choice::new(role.code(), t.get(role.label())));
    let stores = stores(&visit.domain, access, t).await?;
    let stores = stores.into_iter().map(|store| Choice::new(store.id.to_string(), store.name));
    let select = |name: &str, label: Key, all: Key, choices: Vec<Choice>| Select {
        name: name.to_owned(),
        label: t.get(label).to_owned(),
        value: visit.query(name).to_owned(),
        choices: std::iter::once(Choice::new("", t.get(all))).chain(choices).collect(),
    };
    let invite =
        Link::new(t.get(Key::OrganizationInvite), at(access.organization(), "members/invite"))
            .look(Look::Primary)
            .icon("plus");
    Ok(Toolbar {
        path: path.to_owned(),
        search: Some((t.get(Key::OrganizationSearch).to_owned(), visit.query("q").to_owned())),
        filters: vec![
            select(
                "status",
                Key::OrganizationStatus,
                Key::OrganizationAllStatuses,
                statuses.to_vec(),
            ),
            select("role", Key::OrganizationRoleHead, Key::OrganizationAllRoles, roles.to_vec()),
            select("store", Key::OrganizationStore, Key::OrganizationAllStores, stores.collect()),
        ],
        hidden: vec![("sort".to_owned(), visit.query("sort").to_owned())],
        actions: vec![invite],
    })
}

const fn status_label(status: StatusFilter) -> Key {
    match status {
        StatusFilter::Active => Key::OrganizationActive,
        StatusFilter::Invited => Key::OrganizationInvited,
        StatusFilter::Expired => Key::OrganizationExpired,
        StatusFilter::Suspended => Key::OrganizationSuspended,
        StatusFilter::Ends => Key::OrganizationEnds,
    }
}

fn row(visit: &Visit, access: &Manage, member: OrganizationMember) -> Row {
    let t = visit.t;
    let of = access.organization();
    let pending = !matches!(member.status, Stands::Active | Stands::Suspended);
    let known = !member.name.is_empty();
    let who = Who {
        name: if known { member.name.clone() } else { member.email.clone() },
        below: if known { member.email.clone() } else { String::new() },
        badge: member.you.then(|| t.get(Key::OrganizationYou).to_owned()),
        href: (!pending).then(|| at(of, &format!("members/{}", member.id))),
        ..Who::default()
    };
    let name = who.name.clone();
    let mut stores: Vec<Inline> = Vec::new();
    for (index, (store, role)) in member.stores.iter().take(3).enumerate() {
        if index > 0 {
            stores.push(Inline::Break);
        }
        stores.push(Inline::text(store.clone()));
        stores.push(Inline::Muted(format!(" · {role}")));
    }
    if member.stores.len() > 3 {
        stores.push(Inline::Break);
        stores.push(Inline::Muted(format!("+{}", member.stores.len() - 3)));
    }
    let role = if pending || member.role == OrganizationRole::Owner || member.you {
        Inline::text(t.get(member.role.label()))
    } else {
        Inline::Choose(Box::new(choose_role(visit, access, &member, &name)))
    };
    let factor = match (pending, member.second_factor) {
        (true, _) => Inline::Muted("–".to_owned()),
        (false, true) => Inline::badge(Tone::Success, t.get(Key::OrganizationOn)),
        (false, false) => Inline::badge(Tone::Neutral, t.get(Key::OrganizationOff)),
    };
    let seen = match member.seen_at {
        Some(then) => Inline::text(format::relative_time(t, visit.domain.now(), then)),
        None => Inline::Muted(t.get(Key::OrganizationNever).to_owned()),
    };
    let hidden = |action: &str, label: Key, look: Look| {
        Form::new(action, t.get(label))
            .hidden("organization", of)
            .hidden("invitation", &member.id)
            .look(look)
            .named(format!("{} {name}", t.get(label)))
    };
    let actions = if pending {
        vec![
            hidden(ResendInvitation::PATH, Key::OrganizationResend, Look::Quiet).into(),
            hidden(CancelInvitation::PATH, Key::OrganizationCancel, Look::Quiet).into(),
        ]
    } else {
        let open =
            Link::new(t.get(Key::OrganizationEdit), at(of, &format!("members/{}", member.id)));
        let named = format!("{} {name}", t.get(Key::OrganizationEdit));
        vec![open.look(Look::Quiet).named(named).into()]
    };
    let status = status(visit, &member);
    Row {
        id: member.id,
        cells: vec![vec![who.into()], vec![role], stores, status, vec![factor], vec![seen]],
        actions,
    }
}

fn choose_role(visit: &Visit, access: &Manage, member: &OrganizationMember, name: &str) -> Form {
    let t = visit.t;
    let choices = [OrganizationRole::Administrator, OrganizationRole::Member]
        .map(|role| Choice::new(role.code(), t.get(role.label())));
    let label = t.fill(Key::OrganizationRoleOf, &[("person", name)]);
    let field = Field::new("role", Kind::Select(choices.into()), label)
        .value(member.role.code())
        .required();
    Form {
        action: ChangeOrganizationRole::PATH.to_owned(),
        hidden: vec![
            ("organization".to_owned(), access.organization().to_string()),
            ("person".to_owned(), member.id.clone()),
        ],
        fields: vec![field],
        ..Form::default()
    }
}

fn status(visit: &Visit, member: &OrganizationMember) -> Vec<Inline> {
    let t = visit.t;
    let (tone, label) = match member.status {
        Stands::Active => (Tone::Success, Key::OrganizationActive),
        Stands::Suspended => (Tone::Danger, Key::OrganizationSuspended),
        Stands::Invited => (Tone::Info, Key::OrganizationInvited),
        Stands::Expired => (Tone::Warning, Key::OrganizationExpired),
        Stands::MailFailed(_) => (Tone::Danger, Key::OrganizationMailFailed),
    };
    let mut cell = vec![Inline::badge(tone, t.get(label))];
    if let Some(end) = member.ends_at {
        let date = format::date(t, "UTC", end);
        cell.push(Inline::Break);
        cell.push(Inline::Muted(t.fill(Key::OrganizationEndsOn, &[("date", &date)])));
    }
    if let Stands::MailFailed(reason) = &member.status {
        cell.push(Inline::Break);
        cell.push(Inline::Muted(reason.clone()));
    }
    cell
}
