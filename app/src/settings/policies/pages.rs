//! The list of an organization's locks, and where the other pages of the room are.
use super::{api, check, form};
use crate::panel::{Page, Visit};
use domain::{
    Result,
    access::{ManageStoreSettings, OrganizationAccess},
    format,
    settings::policy::{self, Lock},
};
use leptos::server_fn::ServerFn as _;
use model::{
    OrganizationId, PolicyId,
    panel::{Block, Column, Dialog, Empty, Form, Inline, Link, Look, Panel, Row, Table, Who},
    text::{Key, Texts},
};

/// The pages.
pub const PAGES: &[Page] = &[
    Page {
        pattern: "/organizations/{organization}/settings/policies",
        panel: |visit| Box::pin(async move { list(&visit).await }),
    },
    Page {
        pattern: "/organizations/{organization}/settings/policies/new",
        panel: |visit| Box::pin(async move { form::choose(&visit).await }),
    },
    Page {
        pattern: "/organizations/{organization}/settings/policies/new/{section}/{field}",
        panel: |visit| Box::pin(async move { form::lock(&visit).await }),
    },
    Page {
        pattern: "/organizations/{organization}/settings/policies/check/{draft}",
        panel: |visit| Box::pin(async move { check::check(&visit).await }),
    },
    Page {
        pattern: "/organizations/{organization}/settings/policies/{policy}/remove",
        panel: |visit| Box::pin(async move { remove(&visit).await }),
    },
];

pub(super) type Access = OrganizationAccess<ManageStoreSettings>;

/// Access to the organization that the address names.
pub(super) async fn access(visit: &Visit) -> Result<Access> {
    let organization: OrganizationId = visit.param("organization")?;
    domain::access::organization(&visit.domain, visit.actor()?, &organization).await
}

/// A page of this room.
pub(super) fn at(access: &Access, rest: &str) -> String {
    api::at(access.organization(), rest).to_string()
}

/// Where the lock of a field is changed.
pub(super) fn form_of(access: &Access, section: &str, field: &str) -> String {
    at(access, &format!("/new/{section}/{field}"))
}

async fn list(visit: &Visit) -> Result<Panel> {
    let access = access(visit).await?;
    let locks = policy::list(&visit.domain, &access).await?;
    let (t, now) = (visit.t, visit.domain.now());
    let new = Link::new(t.get(Key::PoliciesNew), at(&access, "/new"));
    let new = new.look(Look::Primary).icon("plus");
    let empty = Empty {
        icon: "lock".to_owned(),
        title: t.get(Key::PoliciesNone).to_owned(),
        text: t.get(Key::PoliciesNoneText).to_owned(),
        ..Empty::default()
    };
    let table = Table {
        caption: t.get(Key::PoliciesTitle).to_owned(),
        columns: vec![
            Column::new(t.get(Key::PoliciesField)),
            Column::new(t.get(Key::PoliciesRule)),
            Column::new(t.get(Key::PoliciesReason)),
            Column::new(t.get(Key::PoliciesSet)),
            Column::actions(t.get(Key::PoliciesActions)),
        ],
        rows: locks.iter().map(|lock| row(t, &access, lock, now)).collect(),
        empty: Some(Box::new(empty)),
        ..Table::default()
    };
    let intro = t.fill(Key::PoliciesIntro, &[("organization", access.name())]);
    let mut panel = Panel::new(t.get(Key::PoliciesTitle), intro).with(table);
    panel.actions = vec![new];
    Ok(panel)
}

fn row(t: Texts, access: &Access, lock: &Lock, now: i64) -> Row {
    let field = t.get(lock.field.label);
    let link = |label: Key, href: String| {
        let named = format!("{} {field}", t.get(label));
        Link::new(t.get(label), href).look(Look::Quiet).named(named).into()
    };
    let who = Who {
        name: field.to_owned(),
        below: t.get(lock.section.title).to_owned(),
        icon: Some("lock"),
        ..Who::default()
    };
    Row {
        id: lock.id.to_string(),
        cells: vec![
            vec![who.into()],
            vec![Inline::text(lock.rule.shown(t, lock.field, now))],
            vec![Inline::text(lock.reason.clone())],
            vec![
                Inline::text(lock.by.clone()),
                Inline::Break,
                Inline::Muted(format::date(t, "UTC", lock.at)),
            ],
        ],
        actions: vec![
            link(Key::PoliciesChange, form_of(access, lock.section.key, lock.field.key)),
            link(Key::PoliciesRemove, at(access, &format!("/{}/remove", lock.id))),
        ],
    }
}

/// The question whether to take a lock away.
async fn remove(visit: &Visit) -> Result<Panel> {
    let access = access(visit).await?;
    let id: PolicyId = visit.param("policy")?;
    let lock = policy::find(&visit.domain, &access, &id).await?;
    let t = visit.t;
    let back = at(&access, "");
    let form = Form::new(api::RemoveLock::PATH, t.get(Key::PoliciesRemove))
        .look(Look::Danger)
        .hidden("organization", access.organization())
        .hidden("policy", &id)
        .cancel(Link::new(t.get(Key::CommonCancel), &back));
    let dialog = Dialog {
        title: t.fill(Key::PoliciesRemoveTitle, &[("field", t.get(lock.field.label))]),
        back,
        blocks: vec![Block::Text(vec![Inline::text(t.get(Key::PoliciesRemoveText))]), form.into()],
        wide: false,
    };
    Ok(Panel { dialog: Some(Box::new(dialog)), ..list(visit).await? })
}
