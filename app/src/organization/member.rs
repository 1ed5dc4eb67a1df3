//! A member's page: role, stores, end, suspension, removal, transfer of the ownership.
use super::{
    api::{
        LeaveOrganization, RemoveMember, SetMemberEnd, SetMemberStore, SuspendMember,
        TransferOwnership,
    },
    list::{at, enter},
};
use crate::panel::Visit;
use domain::{
    Result,
    access::{ManageOrganizationMembers, OrganizationAccess, ViewOrganization},
    organization::{Person, custom, member},
};
use leptos::server_fn::ServerFn as _;
use model::{
    PersonId,
    access::{OrganizationRole, StoreRole},
    panel::{
        Banner, Block, Card, Choice, Column, Dialog, Field, Form, Inline, Kind, Link, Look, Panel,
        Row, Table, Tone, Who,
    },
    text::Key,
};
use std::sync::Arc;

type Manage = OrganizationAccess<ManageOrganizationMembers>;

/// The page.
pub(super) async fn page(visit: Visit) -> Result<Panel> {
    let access: Manage = enter(&visit).await?;
    let person = find(&visit, &access).await?;
    panel(&visit, &access, &person).await
}

async fn find(visit: &Visit, access: &Manage) -> Result<Person> {
    let id: PersonId = visit.param("person")?;
    member(&visit.domain, access, &id, visit.t).await
}

async fn panel(visit: &Visit, access: &Manage, person: &Person) -> Result<Panel> {
    let t = visit.t;
    let of = access.organization();
    let mut panel = Panel::new(person.name.clone(), person.email.clone());
    panel.meta = t.get(person.role.label()).to_owned();
    panel.actions = vec![Link::button(t.get(Key::OrganizationMembersTitle), at(of, "members"))];
    if person.suspended {
        panel = panel.with(Banner::new(Tone::Warning, t.get(Key::OrganizationSuspendedText)));
    }
    panel = panel.with(stores(visit, access, person).await?);
    // Nobody touches the Owner, and nobody decides these things about themselves.
    let own = person.id == *access.person();
    if person.role != OrganizationRole::Owner && !own {
        panel = panel.with(end(visit, access, person)).with(danger(visit, access, person));
    }
    Ok(panel)
}

async fn stores(visit: &Visit, access: &Manage, person: &Person) -> Result<Card> {
    let t = visit.t;
    let custom = custom(&visit.domain, access).await?.into_iter();
    let custom = custom.map(|role| Choice::new(role.id.to_string(), role.name));
    let presets = StoreRole::ALL.map(|role| Choice::new(role.code(), t.get(role.label())));
    let none = Choice::new("", t.get(Key::OrganizationNoAccess));
    let roles: Arc<[Choice]> = std::iter::once(none).chain(presets).chain(custom).collect();
    let rows = person.stores.iter().map(|store| {
        let label = t.fill(Key::OrganizationRoleIn, &[("store", &store.name)]);
        let role = store.role.as_ref().map_or("", |(code, _)| code.as_str());
        let form = Form {
            action: SetMemberStore::PATH.to_owned(),
            hidden: vec![
                ("organization".to_owned(), access.organization().to_string()),
                ("person".to_owned(), person.id.to_string()),
                ("store".to_owned(), store.id.to_string()),
            ],
            fields: vec![
                Field::new("role", Kind::Select(Arc::clone(&roles)), label).value(role).required(),
            ],
            ..Form::default()
        };
        let archived = store.archived.then(|| t.get(Key::OrganizationArchived).to_owned());
        let name = store.name.clone();
        let who = Who { name, badge: archived, square: true, ..Who::default() };
        Row {
            id: store.id.to_string(),
            cells: vec![vec![who.into()], vec![Inline::Choose(Box::new(form))]],
            actions: Vec::new(),
        }
    });
    let table = Table {
        caption: t.get(Key::OrganizationStoresTitle).to_owned(),
        columns: vec![
            Column::new(t.get(Key::OrganizationStore)),
            Column::new(t.get(Key::OrganizationStoreRole)),
        ],
        rows: rows.collect(),
        ..Table::default()
    };
    let intro = t.get(Key::OrganizationMemberStoresIntro);
    let mut card = Card::new("stores", t.get(Key::OrganizationStoresTitle), intro).with(table);
    card.wide = true;
    Ok(card)
}

fn end(visit: &Visit, access: &Manage, person: &Person) -> Card {
    let t = visit.t;
    let day = person.ends_at.map(super::api::day).unwrap_or_default();
    let form = Form::new(SetMemberEnd::PATH, t.get(Key::CommonSave))
        .hidden("organization", access.organization())
        .hidden("person", &person.id)
        .field(
            Field::new("ends", Kind::Date, t.get(Key::OrganizationEndDate))
                .value(day)
                .help(t.get(Key::OrganizationEndDateHelp)),
        );
    let intro = t.get(Key::OrganizationEndIntro);
    Card::new("end", t.get(Key::OrganizationEndDate), intro).with(form)
}

fn danger(visit: &Visit, access: &Manage, person: &Person) -> Card {
    let t = visit.t;
    let of = access.organization();
    let (label, value) = if person.suspended {
        (Key::OrganizationResume, "")
    } else {
        (Key::OrganizationSuspend, "on")
    };
    let suspend = Form::new(SuspendMember::PATH, t.get(label))
        .hidden("organization", of)
        .hidden("person", &person.id)
        .hidden("suspended", value)
        .look(Look::Button);
    let place = |what: &str| at(of, &format!("members/{}/{what}", person.id));
    let remove = Link::new(t.get(Key::OrganizationRemove), place("remove")).look(Look::Danger);
    let mut actions = vec![suspend.into(), remove.into()];
    if access.role() == OrganizationRole::Owner {
        let transfer = Link::new(t.get(Key::OrganizationTransfer), place("transfer"));
        actions.push(transfer.look(Look::Button).into());
    }
    let intro = t.get(Key::OrganizationDangerIntro);
    let mut card =
        Card::new("danger", t.get(Key::OrganizationDanger), intro).with(Block::Actions(actions));
    card.danger = true;
    card
}

/// The pop-up that removes a member: which stores they lose.
pub(super) async fn remove(visit: Visit) -> Result<Panel> {
    let access: Manage = enter(&visit).await?;
    let person = find(&visit, &access).await?;
    let mut panel = panel(&visit, &access, &person).await?;
    let t = visit.t;
    let back = at(access.organization(), &format!("members/{}", person.id));
    let form = Form::new(RemoveMember::PATH, t.get(Key::OrganizationRemove))
        .hidden("organization", access.organization())
        .hidden("person", &person.id)
        .look(Look::Danger)
        .cancel(Link::new(t.get(Key::CommonCancel), &back));
    panel.dialog = Some(Box::new(Dialog {
        title: t.fill(Key::OrganizationRemoveTitle, &[("person", &person.name)]),
        back,
        blocks: vec![
            Block::Text(vec![Inline::text(t.get(Key::OrganizationRemoveText))]),
            lost(&person),
            form.into(),
        ],
        wide: false,
    }));
    Ok(panel)
}

/// The stores that somebody loses.
fn lost(person: &Person) -> Block {
    let held = person.stores.iter().filter_map(|store| {
        let (_, role) = store.role.as_ref()?;
        Some(vec![Inline::text(store.name.clone()), Inline::Muted(format!(" · {role}"))])
    });
    Block::List(held.collect())
}

/// The pop-up that passes the ownership on.
pub(super) async fn transfer(visit: Visit) -> Result<Panel> {
    let access: Manage = enter(&visit).await?;
    if access.role() != OrganizationRole::Owner {
        return Err(domain::Error::NotFound);
    }
    access.signed_in().recently_confirmed(visit.domain.now())?;
    let person = find(&visit, &access).await?;
    let mut panel = panel(&visit, &access, &person).await?;
    let t = visit.t;
    let back = at(access.organization(), &format!("members/{}", person.id));
    let label = t.fill(Key::OrganizationTypeName, &[("name", access.name())]);
    let form = Form::new(TransferOwnership::PATH, t.get(Key::OrganizationTransfer))
        .hidden("organization", access.organization())
        .hidden("person", &person.id)
        .field(Field::new("name", Kind::Text, label).required().max(200))
        .look(Look::Danger)
        .cancel(Link::new(t.get(Key::CommonCancel), &back));
    panel.dialog = Some(Box::new(Dialog {
        title: t.fill(Key::OrganizationTransferTitle, &[("person", &person.name)]),
        back,
        blocks: vec![
            Block::Text(vec![Inline::text(t.get(Key::OrganizationTransferText))]),
            form.into(),
        ],
        wide: false,
    }));
    Ok(panel)
}

/// The question whether to leave the organization.
pub(super) async fn leave(visit: Visit) -> Result<Panel> {
    let access: OrganizationAccess<ViewOrganization> = enter(&visit).await?;
    let t = visit.t;
    let title = t.fill(Key::OrganizationLeaveTitle, &[("organization", access.name())]);
    let form = Form::new(LeaveOrganization::PATH, t.get(Key::OrganizationLeave))
        .hidden("organization", access.organization())
        .look(Look::Danger)
        .cancel(Link::new(t.get(Key::CommonCancel), "/organizations"));
    let mut card = Card::new("leave", t.get(Key::OrganizationLeave), "").with(form);
    card.danger = true;
    Ok(Panel::new(title, t.get(Key::OrganizationLeaveText)).with(card))
}
