//! What would change in each store, before it is done (A3, A7).
use super::{
    api,
    pages::{Access, access, at, named, pager},
};
use crate::{impact, panel::Visit};
use domain::{
    Result, flash,
    impact::{Group, Impact, members_of_stores},
    settings::{
        self, FieldChange,
        bulk::{self, Counts, Draft, Look, PreviewRow},
    },
};
use leptos::server_fn::ServerFn as _;
use model::{
    FieldError, StoreId,
    panel::{
        Block, Card, Choice, Column, Empty, Form, Inline, Link, Look as Style, Panel, Row, Select,
        Table, Tone, Toolbar,
    },
    settings::Section,
    text::{Key, Plural, Texts},
};

/// The differences of each store, and the button that starts it.
pub(super) async fn check(visit: &Visit) -> Result<Panel> {
    let access = access(visit).await?;
    let token: String = visit.param("draft")?;
    let draft: Draft = flash::prepared(&visit.domain, access.person(), api::KIND, &token).await?;
    let look = match visit.query("show") {
        "refused" => Look::Refused,
        "same" => Look::Same,
        _ => Look::Concerned,
    };
    let after = visit.query("after").parse().ok();
    let (counts, rows, next) =
        bulk::preview(&visit.domain, &access, &draft, look, after.as_ref()).await?;
    let t = visit.t;
    let mut panel = Panel::new(t.get(Key::BulkCheckTitle), t.get(Key::BulkCheckIntro));
    panel.meta = named(t, &draft.task);
    panel =
        panel.with(Block::Text(tally(t, counts))).with(table(visit, look, &rows, next.as_ref()));
    if counts.changed == 0 {
        let away = Link::button(t.get(Key::BulkBack), at(&access, ""));
        return Ok(panel.with(Block::Actions(vec![away.into()])));
    }
    let impact = affected(visit, &access, &draft, counts).await?;
    let card = Card::new("affected", t.get(Key::ImpactTitle), "");
    let card = impact::blocks(t, &impact).into_iter().fold(card, Card::with);
    let form = Form::new(api::StartBatch::PATH, t.get(Key::BulkStart))
        .look(Style::Danger)
        .hidden("organization", access.organization())
        .hidden("draft", &token)
        .field(impact::typed(t, access.name()))
        .cancel(Link::new(t.get(Key::CommonCancel), at(&access, "")));
    Ok(panel.with(card).with(form))
}

fn tally(t: Texts, counts: Counts) -> Vec<Inline> {
    let mut line = vec![Inline::badge(Tone::Info, t.count(Plural::BulkChanged, counts.changed))];
    for (tone, label, count) in [
        (Tone::Neutral, Plural::BulkSame, counts.same),
        (Tone::Warning, Plural::BulkRefused, counts.refused),
    ] {
        if count > 0 {
            line.push(Inline::text(" "));
            line.push(Inline::badge(tone, t.count(label, count)));
        }
    }
    line
}

async fn affected(visit: &Visit, access: &Access, draft: &Draft, counts: Counts) -> Result<Impact> {
    let t = visit.t;
    let fields = draft.task.fields();
    let fields = fields
        .iter()
        .map(|(section, field)| format!("{}: {}", t.get(section.title), t.get(field.label)));
    let people = members_of_stores(&visit.domain, access.organization(), &draft.stores).await?;
    // Which stores, the table says.
    let stores = Group { count: counts.changed, ..Group::default() };
    Ok(Impact { people, stores, sections: Group::names(fields) })
}

fn table(visit: &Visit, look: Look, rows: &[PreviewRow], next: Option<&StoreId>) -> Table {
    let t = visit.t;
    let choice = |value: &str, label: Key| Choice::new(value, t.get(label));
    let select = Select {
        name: "show".to_owned(),
        label: t.get(Key::BulkLook).to_owned(),
        value: match look {
            Look::Concerned => "",
            Look::Refused => "refused",
            Look::Same => "same",
        }
        .to_owned(),
        choices: vec![
            choice("", Key::BulkLookConcerned),
            choice("refused", Key::BulkLookRefused),
            choice("same", Key::BulkLookSame),
        ],
    };
    let row = |row: &PreviewRow| {
        let mut cell = Vec::new();
        for (section, change) in &row.changes {
            difference(visit, section, change, &mut cell);
        }
        for (section, fault) in &row.faults {
            cell.push(wrong(t, section, fault));
            cell.push(Inline::Break);
        }
        Row {
            id: row.store.to_string(),
            cells: vec![vec![Inline::text(row.name.clone())], cell],
            ..Row::default()
        }
    };
    Table {
        caption: t.get(Key::BulkChanges).to_owned(),
        toolbar: Some(Toolbar {
            path: visit.here().to_owned(),
            filters: vec![select],
            ..Toolbar::default()
        }),
        columns: vec![Column::new(t.get(Key::BulkStore)), Column::new(t.get(Key::BulkChanges))],
        rows: rows.iter().map(row).collect(),
        empty: Some(Box::new(Empty {
            icon: "circle-check".to_owned(),
            title: t.get(Key::BulkNobody).to_owned(),
            ..Empty::default()
        })),
        pager: pager(visit, "after", rows.len(), next.map(StoreId::as_str)),
    }
}

/// A field with what it holds and what it gets.
pub(super) fn difference(
    visit: &Visit,
    section: &Section,
    change: &FieldChange,
    cell: &mut Vec<Inline>,
) {
    let Some(field) = section.field(&change.field) else { return };
    let (t, now) = (visit.t, visit.domain.now());
    let shown = |value| settings::shown(t, field, value, now);
    cell.push(Inline::Muted(format!("{}: ", t.get(field.label))));
    cell.push(Inline::text(format!("{} → {}", shown(&change.old), shown(&change.new))));
    cell.push(Inline::Break);
}

/// A field and what is wrong with it.
pub(super) fn wrong(t: Texts, section: &Section, fault: &FieldError) -> Inline {
    let key = fault.field.split('.').next().unwrap_or_default();
    let label = section.field(key).map_or(key, |field| t.get(field.label));
    Inline::badge(Tone::Warning, format!("{label}: {}", fault.fault.text(t)))
}
