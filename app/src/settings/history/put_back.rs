//! The pop-up that shows what an undo or a return would do, before it is done.
use super::{
    api::PutBack,
    list::{self, numbered},
    room::Room,
    version,
};
use crate::panel::Visit;
use domain::{
    Result,
    access::section_edit,
    settings::history::{self, Preview, PreviewRow, What},
};
use leptos::server_fn::ServerFn as _;
use model::{
    panel::{Banner, Block, Column, Dialog, Form, Inline, Link, Panel, Row, Table, Tone},
    text::{Key, Texts},
};

/// What putting a version back would do, field by field.
pub(super) async fn page(visit: Visit, what: fn(i64) -> What) -> Result<Panel> {
    let room = Room::of(&visit).await?;
    let (place, section) = (room.place.clone(), room.section);
    let edit = section_edit(&visit.domain, visit.actor()?, place, section).await?;
    let what = what(version::number(&visit)?);
    let preview = history::preview(&visit.domain, &edit, &room.reader, what).await?;
    let mut panel = list::panel(&visit, &room).await?;
    panel.dialog = Some(Box::new(dialog(&visit, &room, what, &preview)));
    Ok(panel)
}

fn dialog(visit: &Visit, room: &Room, what: What, preview: &Preview) -> Dialog {
    let t = visit.t;
    let (title, intro) = match what {
        What::Undo(_) => (Key::HistoryUndoTitle, Key::HistoryUndoIntro),
        What::Return(_) => (Key::HistoryReturnTitle, Key::HistoryReturnIntro),
    };
    let version = what.version().to_string();
    let back = visit.carried_to(room.path(&version));
    let text = |key: Key| Block::Text(vec![Inline::text(t.get(key))]);
    let mut blocks = vec![text(intro)];
    if preview.rows.is_empty() {
        blocks.push(Banner::new(Tone::Info, t.get(Key::HistoryNothing)).into());
    } else {
        blocks.push(table(t, preview));
    }
    if preview.possible {
        blocks.push(Block::Text(vec![Inline::Muted(t.get(Key::HistoryNewVersion).to_owned())]));
        blocks.push(form(t, room, what, preview, &back).into());
    } else {
        if !preview.rows.is_empty() {
            blocks.push(Banner::new(Tone::Warning, t.get(Key::HistoryNoneCan)).into());
        }
        let link = Link::button(t.get(Key::CommonBack), &back);
        blocks.push(Block::Actions(vec![link.into()]));
    }
    Dialog { title: numbered(t, title, what.version()), back, blocks, wide: true }
}

fn form(t: Texts, room: &Room, what: What, preview: &Preview, back: &str) -> Form {
    let (kind, label) = match what {
        What::Undo(_) => ("undo", Key::HistoryUndo),
        What::Return(_) => ("return", Key::HistoryReturn),
    };
    let label = if preview.leave.is_empty() { label } else { Key::HistoryRest };
    Form::new(PutBack::PATH, t.get(label))
        .hidden("place", room.place.id())
        .hidden("section", room.section.key)
        .hidden("what", kind)
        .hidden("version", what.version())
        .hidden("seen", preview.version)
        .hidden("leave", preview.leave.join(","))
        .cancel(Link::new(t.get(Key::CommonCancel), back))
}

fn table(t: Texts, preview: &Preview) -> Block {
    let noted = preview.rows.iter().any(|row| row.again.is_some() || row.fault.is_some());
    let mut columns = vec![
        Column::new(t.get(Key::AuditField)),
        Column::new(t.get(Key::HistoryNow)),
        Column::new(t.get(Key::HistoryWillBe)),
    ];
    if noted {
        columns.push(Column::new(t.get(Key::HistoryNote)));
    }
    let row = |(index, row): (usize, &PreviewRow)| {
        // What cannot go back stays as it is.
        let will_be = match row.fault {
            Some(_) => Inline::Muted(row.now.clone()),
            None => Inline::Strong(row.will_be.clone()),
        };
        let now = vec![Inline::text(&row.now)];
        let mut cells = vec![vec![Inline::text(&row.label)], now, vec![will_be]];
        if noted {
            cells.push(note(t, row));
        }
        Row { id: format!("field-{index}"), cells, actions: Vec::new() }
    };
    Block::Table(Table {
        caption: t.get(Key::HistoryChanges).to_owned(),
        columns,
        rows: preview.rows.iter().enumerate().map(row).collect(),
        ..Table::default()
    })
}

fn note(t: Texts, row: &PreviewRow) -> Vec<Inline> {
    let mut note = Vec::new();
    if let Some(fault) = &row.fault {
        let fault = fault.text(t);
        note.push(Inline::text(t.fill(Key::HistoryStays, &[("fault", &fault)])));
    }
    if let Some(again) = &row.again {
        if !note.is_empty() {
            note.push(Inline::Break);
        }
        let version = again.version.to_string();
        let values = [("version", version.as_str()), ("person", &again.by), ("time", &again.at)];
        note.push(Inline::Muted(t.fill(Key::HistoryAgain, &values)));
    }
    note
}
