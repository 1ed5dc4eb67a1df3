//! The table of a store's members, and the pop-ups over it (C-17, C-18, C-21, C-22).
use super::{
    api::{ChangeRole, Invite, Remove},
    query,
};
use crate::{
    panel::{Page, Visit},
    path::Path,
};
use domain::{
    Result,
    access::{self, ManageMembers, StoreAccess},
    members, roles,
};
use leptos::server_fn::ServerFn;
use model::{
    StoreId,
    panel::{
        Block, Choice, Column, Dialog, Empty, Field, Form, Inline, Kind, Link, Look, Order, Pager,
        Panel, Row, Select, Table, Tone, Toolbar, Who,
    },
    text::{Key, Plural, Texts},
    view::{MemberRow, MemberStatus, MembersPage, MembersQuery, Sort, SortBy, StatusFilter},
};
use std::sync::Arc;

/// The pages.
pub const PAGES: &[Page] = &[
    Page {
        pattern: "/stores/{store}/settings/general/members",
        panel: |visit| Box::pin(list(visit)),
    },
    Page {
        pattern: "/stores/{store}/settings/general/members/new",
        panel: |visit| Box::pin(add(visit)),
    },
    Page {
        pattern: "/stores/{store}/settings/general/members/{member}/remove",
        panel: |visit| Box::pin(remove(visit)),
    },
];

async fn manage(visit: &Visit) -> Result<StoreAccess<ManageMembers>> {
    let store = visit.param::<StoreId>("store")?;
    access::store(&visit.domain, visit.actor()?, &store).await
}

fn asked(visit: &Visit) -> MembersQuery {
    query::read(visit.path.split_once('?').map_or("", |(_, query)| query))
}

async fn list(visit: Visit) -> Result<Panel> {
    let access = manage(&visit).await?;
    visit.steady();
    panel(&visit, &access).await
}

async fn panel(visit: &Visit, access: &StoreAccess<ManageMembers>) -> Result<Panel> {
    let t = visit.t;
    let query = asked(visit);
    let page = members::list(&visit.domain, access, &query).await?;
    let table = Listing { t, store: access.store(), query }.table(page);
    Ok(Panel::new(t.get(Key::MembersTitle), t.get(Key::MembersIntro)).with(table))
}

/// The list as it was asked for.
struct Listing<'a> {
    t: Texts,
    store: &'a StoreId,
    query: MembersQuery,
}

impl Listing<'_> {
    fn link(&self, change: impl FnOnce(&mut MembersQuery)) -> String {
        let mut query = MembersQuery { after: None, before: None, ..self.query.clone() };
        change(&mut query);
        format!("{}{}", Path::Members(self.store.clone()), query::write(&query))
    }

    fn table(&self, page: MembersPage) -> Table {
        let t = self.t;
        let count = i64::try_from(page.rows.len()).unwrap_or_default();
        let pager = Pager {
            text: t.count(Plural::MembersShown, count),
            previous: page.previous.map(|at| self.link(|query| query.before = Some(at))),
            next: page.next.map(|at| self.link(|query| query.after = Some(at))),
        };
        let nothing = page.rows.is_empty();
        let roles: Arc<[Choice]> = page.roles.into();
        Table {
            caption: t.get(Key::MembersCaption).to_owned(),
            toolbar: Some(self.toolbar()),
            columns: vec![
                self.column(SortBy::Name, Key::MembersName),
                self.column(SortBy::Role, Key::MembersRole),
                self.column(SortBy::LastSeen, Key::MembersLastSeen).nowrap(),
                self.column(SortBy::Status, Key::MembersStatus),
                Column::actions(t.get(Key::MembersActions)),
            ],
            rows: page.rows.into_iter().map(|member| self.row(&roles, member)).collect(),
            empty: Some(Box::new(self.empty())),
            pager: (!nothing).then_some(pager),
        }
    }

    fn toolbar(&self) -> Toolbar {
        let t = self.t;
        let choice = |value: &str, label: Key| Choice::new(value, t.get(label));
        let status = Select {
            name: "status".to_owned(),
            label: t.get(Key::MembersFilter).to_owned(),
            value: self.query.status.map_or("", query::status_code).to_owned(),
            choices: vec![
                choice("", Key::MembersFilterAll),
                choice(query::status_code(StatusFilter::Active), Key::MembersStatusActive),
                choice(query::status_code(StatusFilter::Invited), Key::MembersStatusInvited),
            ],
        };
        let add = format!("{}{}", Path::AddMember(self.store.clone()), query::write(&self.query));
        Toolbar {
            path: Path::Members(self.store.clone()).to_string(),
            search: Some((t.get(Key::MembersSearch).to_owned(), self.query.search.clone())),
            filters: vec![status],
            hidden: Vec::new(),
            actions: vec![Link::new(t.get(Key::MembersAdd), add).look(Look::Primary).icon("plus")],
        }
    }

    fn column(&self, by: SortBy, label: Key) -> Column {
        let here = self.query.sort.by == by;
        let descending = here && self.query.sort.descending;
        let sort = Sort { by, descending: here && !descending };
        let order = here.then_some(if descending { Order::Descending } else { Order::Ascending });
        let href = self.link(|query| query.sort = sort);
        Column { sort: Some((href, order)), ..Column::new(self.t.get(label)) }
    }

    fn row(&self, roles: &Arc<[Choice]>, member: MemberRow) -> Row {
        let t = self.t;
        let remove = Path::RemoveMember(self.store.clone(), member.id.clone());
        let remove = format!("{remove}{}", query::write(&self.query));
        let pending = member.status != MemberStatus::Active;
        let name = name(&member);
        let (verb, label) = if pending {
            let values = [("field", t.get(Key::MembersCancelInvitation)), ("fault", &name)];
            (Key::MembersCancelInvitation, t.fill(Key::FaultItem, &values))
        } else {
            (Key::MembersRemove, t.fill(Key::MembersRemovePerson, &[("person", &name)]))
        };
        let seen = if member.last_seen.is_empty() {
            Inline::Muted(t.get(Key::MembersNever).to_owned())
        } else {
            Inline::text(&member.last_seen)
        };
        Row {
            id: member.id.clone(),
            cells: vec![
                vec![who(t, &member)],
                vec![self.role(roles, &member)],
                vec![seen],
                status(t, &member.status),
            ],
            actions: vec![
                Link::new(t.get(verb), remove).look(Look::QuietDanger).named(label).into(),
            ],
        }
    }

    /// Changes the role in place (C-18). A role that the reader may not give stays as it is.
    fn role(&self, roles: &Arc<[Choice]>, member: &MemberRow) -> Inline {
        if roles.iter().all(|role| role.value != member.role.code) {
            return Inline::text(&member.role.name);
        }
        let label = self.t.fill(Key::MembersRoleOf, &[("person", &name(member))]);
        let field = Field::new("role", Kind::Select(Arc::clone(roles)), label);
        let form = Form {
            action: ChangeRole::PATH.to_owned(),
            fields: vec![field.value(&member.role.code)],
            ..Form::default()
        };
        Inline::Choose(Box::new(form.hidden("store", self.store).hidden("member", &member.id)))
    }

    fn empty(&self) -> Empty {
        let t = self.t;
        let searched = !self.query.search.is_empty() || self.query.status.is_some();
        let (icon, title, text) = if searched {
            ("search-x", Key::MembersNoResults, Key::MembersNoResultsText)
        } else {
            ("users", Key::MembersEmpty, Key::MembersIntro)
        };
        let (href, label) = if searched {
            (Path::Members(self.store.clone()), Key::MembersClear)
        } else {
            (Path::AddMember(self.store.clone()), Key::MembersAdd)
        };
        Empty {
            icon: icon.to_owned(),
            title: t.get(title).to_owned(),
            text: t.get(text).to_owned(),
            actions: vec![Link::button(t.get(label), href)],
        }
    }
}

/// A member's name; of who has none yet, the e-mail address.
fn name(member: &MemberRow) -> String {
    if member.name.is_empty() { member.email.clone() } else { member.name.clone() }
}

fn who(t: Texts, member: &MemberRow) -> Inline {
    Who {
        name: name(member),
        below: if member.name.is_empty() { String::new() } else { member.email.clone() },
        badge: member.you.then(|| t.get(Key::MembersYou).to_owned()),
        icon: (member.status != MemberStatus::Active).then_some("mail"),
        ..Who::default()
    }
    .into()
}

fn status(t: Texts, status: &MemberStatus) -> Vec<Inline> {
    let tone = match status {
        MemberStatus::Active => Tone::Success,
        MemberStatus::Invited => Tone::Info,
        MemberStatus::Expired => Tone::Warning,
        MemberStatus::MailFailed { .. } => Tone::Danger,
    };
    let mut line = vec![Inline::badge(tone, t.get(status.label()))];
    if let MemberStatus::MailFailed { reason } = status {
        line.extend([Inline::Break, Inline::Muted(reason.clone())]);
    }
    line
}

/// The list below a pop-up, as it was filtered and sorted.
fn back(visit: &Visit, access: &StoreAccess<ManageMembers>) -> String {
    format!("{}{}", Path::Members(access.store().clone()), query::write(&asked(visit)))
}

/// The pop-up behind "Add new member" (C-21, C-22).
async fn add(visit: Visit) -> Result<Panel> {
    let t = visit.t;
    let access = manage(&visit).await?;
    let roles = roles::choices(&visit.domain, &access, t).await?;
    // The one that most people get, and that takes no harm from being chosen by mistake.
    let usual = roles.iter().find(|role| role.value == "marketer").or(roles.last());
    let usual = usual.map(|role| role.value.clone()).unwrap_or_default();
    let back = back(&visit, &access);
    let form = Form::new(Invite::PATH, t.get(Key::CommonOk))
        .hidden("store", access.store())
        .field(Field::new("email", Kind::Email, t.get(Key::MembersEmail)).max(254).required())
        .field(
            Field::new("role", Kind::Select(roles.into()), t.get(Key::MembersRole))
                .value(usual)
                .required(),
        )
        .cancel(Link::button(t.get(Key::CommonCancel), &back));
    let dialog = Dialog {
        title: t.get(Key::MembersAddTitle).to_owned(),
        back,
        blocks: vec![
            Block::Text(vec![Inline::Muted(t.get(Key::MembersAddIntro).to_owned())]),
            form.into(),
        ],
        ..Dialog::default()
    };
    Ok(Panel { dialog: Some(Box::new(dialog)), ..panel(&visit, &access).await? })
}

/// The question whether to remove a member or to cancel an invitation.
async fn remove(visit: Visit) -> Result<Panel> {
    let t = visit.t;
    let access = manage(&visit).await?;
    let view = members::removal(&visit.domain, &access, &visit.param::<String>("member")?).await?;
    let member = view.row;
    let pending = member.status != MemberStatus::Active;
    let (title, text, verb, way_out) = if pending {
        let words = (Key::MembersCancelTitle, Key::MembersCancelText);
        (words.0, words.1, Key::MembersCancelInvitation, Key::CommonBack)
    } else {
        let words = (Key::MembersRemoveTitle, Key::MembersRemoveText);
        (words.0, words.1, Key::MembersRemove, Key::CommonCancel)
    };
    let back = back(&visit, &access);
    let form = Form::new(Remove::PATH, t.get(verb))
        .look(Look::Danger)
        .hidden("store", access.store())
        .hidden("member", &member.id)
        .cancel(Link::button(t.get(way_out), &back));
    let dialog = Dialog {
        title: t.fill(title, &[("person", &name(&member)), ("store", &view.store)]),
        back,
        blocks: vec![
            Block::Text(vec![Inline::Strong(member.email)]),
            Block::Text(vec![Inline::text(t.get(text))]),
            form.into(),
        ],
        ..Dialog::default()
    };
    Ok(Panel { dialog: Some(Box::new(dialog)), ..panel(&visit, &access).await? })
}
