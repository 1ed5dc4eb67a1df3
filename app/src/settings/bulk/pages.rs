//! What was applied to many stores so far, and where the other pages of the room are.
use super::{api, batch, check, choose};
use crate::panel::{Page, Visit};
use domain::{
    Result,
    access::{ManageStoreSettings, OrganizationAccess},
    format,
    settings::bulk::{self, BatchView, State, Task},
};
use model::{
    BatchId, OrganizationId,
    panel::{Block, Column, Empty, Inline, Link, Look, Pager, Panel, Row, Table, Tone},
    text::{Key, Texts},
};

/// The pages.
pub const PAGES: &[Page] = &[
    Page {
        pattern: "/organizations/{organization}/settings/bulk",
        panel: |visit| Box::pin(async move { list(&visit).await }),
    },
    Page {
        pattern: "/organizations/{organization}/settings/bulk/new",
        panel: |visit| Box::pin(async move { choose::fields(&visit).await }),
    },
    Page {
        pattern: "/organizations/{organization}/settings/bulk/stores/{draft}",
        panel: |visit| Box::pin(async move { choose::stores(&visit).await }),
    },
    Page {
        pattern: "/organizations/{organization}/settings/bulk/check/{draft}",
        panel: |visit| Box::pin(async move { check::check(&visit).await }),
    },
    Page {
        pattern: "/organizations/{organization}/settings/bulk/{batch}",
        panel: |visit| Box::pin(async move { batch::batch(&visit).await }),
    },
    Page {
        pattern: "/organizations/{organization}/settings/bulk/{batch}/undo",
        panel: |visit| Box::pin(async move { batch::undo(&visit).await }),
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

async fn list(visit: &Visit) -> Result<Panel> {
    let access = access(visit).await?;
    let before = visit.query("before").parse().ok();
    let (found, next) = bulk::batches(&visit.domain, &access, before.as_ref()).await?;
    let t = visit.t;
    let empty = Empty {
        icon: "layers".to_owned(),
        title: t.get(Key::BulkNone).to_owned(),
        text: t.get(Key::BulkNoneText).to_owned(),
        ..Empty::default()
    };
    let next = next.as_ref().map(BatchId::as_str);
    let table = Table {
        caption: t.get(Key::BulkTitle).to_owned(),
        columns: vec![
            Column::new(t.get(Key::BulkWhat)),
            Column::new(t.get(Key::BulkProgress)),
            Column::new(t.get(Key::BulkBy)),
            Column::new(t.get(Key::BulkWhen)),
            Column::actions(t.get(Key::PoliciesActions)),
        ],
        pager: pager(visit, "before", found.len(), next),
        rows: found.iter().map(|batch| row(visit, &access, batch)).collect(),
        empty: Some(Box::new(empty)),
        ..Table::default()
    };
    let new = Link::new(t.get(Key::BulkNew), at(&access, "/new"));
    let mut panel = Panel::new(t.get(Key::BulkTitle), t.get(Key::BulkIntro)).with(table);
    panel.actions = vec![new.look(Look::Primary).icon("plus")];
    Ok(panel)
}

fn row(visit: &Visit, access: &Access, batch: &BatchView) -> Row {
    let t = visit.t;
    let what = named(t, &batch.task);
    let href = at(access, &format!("/{}", batch.id));
    let open = Link::new(t.get(Key::BulkOpen), &href).look(Look::Quiet);
    let progress =
        if batch.running() { vec![Inline::text(under_way(t, batch))] } else { tallies(t, batch) };
    Row {
        id: batch.id.to_string(),
        cells: vec![
            vec![Inline::Link(Link::new(what.clone(), href))],
            progress,
            vec![Inline::text(batch.by.clone())],
            vec![Inline::text(format::relative_time(t, visit.domain.now(), batch.at))],
        ],
        actions: vec![open.named(format!("{} {what}", t.get(Key::BulkOpen))).into()],
    }
}

/// Links to the first page and the next one, where there is more than one; `name` is what the
/// address calls the place where a page begins.
pub(in crate::settings) fn pager(
    visit: &Visit,
    name: &str,
    shown: usize,
    next: Option<&str>,
) -> Option<Pager> {
    let first = !visit.query(name).is_empty();
    (first || next.is_some()).then(|| Pager {
        text: visit.t.fill(Key::PoliciesMore, &[("count", &shown.to_string())]),
        previous: first.then(|| visit.with_query(&[(name, "")])),
        next: next.map(|next| visit.with_query(&[(name, next)])),
    })
}

/// How far a batch is.
pub(super) fn under_way(t: Texts, batch: &BatchView) -> String {
    let (done, total) = (batch.done().to_string(), batch.stores.to_string());
    t.fill(Key::BulkUnderWay, &[("done", &done), ("total", &total)])
}

/// How many stores of a batch are in which state.
pub(super) fn tallies(t: Texts, batch: &BatchView) -> Vec<Inline> {
    let mut line = Vec::new();
    for (state, count) in &batch.counts {
        let (tone, label) = look(*state);
        line.push(Inline::badge(tone, format!("{}: {count}", t.get(label))));
        line.push(Inline::text(" "));
    }
    line
}

/// The colour and the name of a state.
pub(super) const fn look(state: State) -> (Tone, Key) {
    match state {
        State::Waiting => (Tone::Info, Key::BulkStateWaiting),
        State::Applied => (Tone::Success, Key::BulkStateApplied),
        State::Nothing => (Tone::Neutral, Key::BulkStateNothing),
        State::Refused => (Tone::Warning, Key::BulkStateRefused),
        State::Forbidden => (Tone::Warning, Key::BulkStateForbidden),
        State::Gone => (Tone::Neutral, Key::BulkStateGone),
        State::Failed => (Tone::Danger, Key::BulkStateFailed),
    }
}

/// What a task does, in a few words.
pub(super) fn named(t: Texts, task: &Task) -> String {
    let fields: Vec<&str> = task.fields().iter().map(|(_, field)| t.get(field.label)).collect();
    let first = fields[..fields.len().min(3)].join(", ");
    let fields = match fields.len().saturating_sub(3) {
        0 => first,
        rest => t.fill(Key::BulkAndMore, &[("first", &first), ("count", &rest.to_string())]),
    };
    match task {
        Task::Apply { name, .. } => {
            t.fill(Key::BulkTaskApply, &[("fields", &fields), ("store", name)])
        }
        Task::Lock { .. } => t.fill(Key::BulkTaskLock, &[("field", &fields)]),
        Task::Undo { .. } => t.get(Key::BulkTaskUndo).to_owned(),
    }
}

/// A way back to the list.
pub(super) fn back(t: Texts, access: &Access) -> Block {
    let link = Link::new(t.get(Key::BulkBack), at(access, "")).icon("arrow-left");
    Block::Actions(vec![link.into()])
}
