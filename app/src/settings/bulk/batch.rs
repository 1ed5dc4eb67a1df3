//! How far a batch is, what became of each store, and taking it back.
use super::{
    api,
    check::{difference, wrong},
    pages::{Access, access, at, back, look, named, pager, tallies, under_way},
};
use crate::{impact, panel::Visit};
use domain::{
    Error, Result, format,
    impact::{Group, Impact, members_of_stores},
    settings::bulk::{self, BatchView, Report, ResultRow, State},
};
use leptos::server_fn::ServerFn as _;
use model::{
    BatchId, StoreId,
    panel::{
        Banner, Block, Choice, Column, Dialog, Form, Inline, Link, Look, Panel, Row, Select, Table,
        Tone, Toolbar,
    },
    settings::{Section, sections},
    text::Key,
};

/// A batch. While it is under way the page asks again by itself.
pub(super) async fn batch(visit: &Visit) -> Result<Panel> {
    let access = access(visit).await?;
    let id: BatchId = visit.param("batch")?;
    panel(visit, &access, &id).await
}

async fn panel(visit: &Visit, access: &Access, id: &BatchId) -> Result<Panel> {
    let batch = bulk::batch(&visit.domain, access, id).await?;
    let state = State::read(visit.query("state"));
    let after = visit.query("after").parse().ok();
    let (rows, next) = bulk::results(&visit.domain, access, id, state, after.as_ref()).await?;
    let t = visit.t;
    let time = format::date_time(t, "UTC", batch.at);
    let started = t.fill(Key::BulkStarted, &[("person", &batch.by), ("time", &time)]);
    let mut panel = Panel::new(named(t, &batch.task), started).with(back(t, access));
    panel.again = batch.running();
    let text =
        if batch.running() { under_way(t, &batch) } else { t.get(Key::BulkFinished).to_owned() };
    panel = panel.with(Block::Progress { done: batch.done(), of: batch.stores, text });
    if let Some(other) = &batch.undone_by {
        let link = Link::new(t.get(Key::BulkOpen), at(access, &format!("/{other}")));
        let banner = Banner::new(Tone::Info, t.get(Key::BulkUndone));
        panel = panel.with(Banner { link: Some(link), ..banner });
    }
    if !batch.running() {
        panel = panel.with(Block::Text(tallies(t, &batch)));
    }
    if batch.can_undo() {
        let undo = at(access, &format!("/{id}/undo"));
        panel.actions = vec![Link::button(t.get(Key::BulkUndo), undo)];
    }
    Ok(panel.with(table(visit, &batch, state, &rows, next)))
}

fn table(
    visit: &Visit,
    batch: &BatchView,
    state: Option<State>,
    rows: &[ResultRow],
    next: Option<StoreId>,
) -> Table {
    let t = visit.t;
    let mut choices = vec![Choice::new("", t.get(Key::BulkAllStates))];
    choices.extend(batch.counts.keys().map(|s| Choice::new(s.code(), t.get(look(*s).1))));
    let select = Select {
        name: "state".to_owned(),
        label: t.get(Key::BulkState).to_owned(),
        value: state.map_or("", State::code).to_owned(),
        choices,
    };
    let row = |row: &ResultRow| {
        let (tone, label) = look(row.state);
        Row {
            id: row.store.to_string(),
            cells: vec![
                vec![Inline::text(row.name.clone())],
                vec![Inline::badge(tone, t.get(label))],
                told(visit, &row.report),
            ],
            ..Row::default()
        }
    };
    Table {
        caption: t.get(Key::BulkState).to_owned(),
        toolbar: Some(Toolbar {
            path: visit.here().to_owned(),
            filters: vec![select],
            ..Toolbar::default()
        }),
        columns: vec![
            Column::new(t.get(Key::BulkStore)),
            Column::new(t.get(Key::BulkState)).nowrap(),
            Column::new(t.get(Key::BulkChanges)),
        ],
        rows: rows.iter().map(row).collect(),
        pager: pager(visit, "after", rows.len(), next.as_ref().map(StoreId::as_str)),
        ..Table::default()
    }
}

/// What was changed in a store, what was left, what was wrong.
fn told(visit: &Visit, report: &Report) -> Vec<Inline> {
    let t = visit.t;
    let section = |key: &str| -> Option<&'static Section> { sections().find(|s| s.key == key) };
    let mut cell = Vec::new();
    for (key, changes) in &report.changes {
        for change in changes {
            if let Some(section) = section(key) {
                difference(visit, section, change, &mut cell);
            }
        }
    }
    for (key, fault) in &report.faults {
        if let Some(section) = section(key) {
            cell.push(wrong(t, section, fault));
            cell.push(Inline::Break);
        }
    }
    let left = report.left.iter().filter_map(|(key, field)| section(key)?.field(field));
    let left: Vec<&str> = left.map(|field| t.get(field.label)).collect();
    if !left.is_empty() {
        let text = t.fill(Key::BulkLeft, &[("fields", &left.join(", "))]);
        cell.push(Inline::badge(Tone::Info, text));
    }
    if cell.is_empty() {
        cell.push(Inline::Muted("–".to_owned()));
    }
    cell
}

/// The question whether to take a batch back, with whom and what that concerns (A7).
pub(super) async fn undo(visit: &Visit) -> Result<Panel> {
    let access = access(visit).await?;
    let id: BatchId = visit.param("batch")?;
    let place = at(&access, &format!("/{id}"));
    let stores = match bulk::taken_back(&visit.domain, &access, &id).await {
        // The batch's own page says why.
        Err(Error::Refused(_)) => return Ok(Panel::redirect(place)),
        stores => stores?,
    };
    let ids: Vec<StoreId> = stores.iter().map(|(store, _)| store.clone()).collect();
    let impact = Impact {
        people: members_of_stores(&visit.domain, access.organization(), &ids).await?,
        stores: Group::names(stores.into_iter().map(|(_, name)| name)),
        ..Impact::default()
    };
    let t = visit.t;
    let form = Form::new(api::UndoBatch::PATH, t.get(Key::BulkUndo))
        .look(Look::Danger)
        .hidden("organization", access.organization())
        .hidden("batch", &id)
        .field(impact::typed(t, access.name()))
        .cancel(Link::new(t.get(Key::CommonCancel), &place));
    let mut blocks = vec![Block::Text(vec![Inline::text(t.get(Key::BulkUndoText))])];
    blocks.extend(impact::blocks(t, &impact));
    blocks.push(form.into());
    let title = t.get(Key::BulkUndoTitle).to_owned();
    let dialog = Dialog { title, back: place, blocks, wide: true };
    let panel = panel(visit, &access, &id).await?;
    Ok(Panel { dialog: Some(Box::new(dialog)), again: false, ..panel })
}
