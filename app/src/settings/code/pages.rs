//! The page of settings as a file, and the preview of one that was uploaded.
use super::{
    api::{ApplyFile, CheckFile},
    report::{Report, who},
};
use crate::{
    panel::{Page, Visit},
    path::Path,
};
use domain::{
    Result,
    settings::code::{self, Difference, Fault},
};
use leptos::server_fn::ServerFn as _;
use model::{
    panel::{
        Banner, Block, Card, Column, Empty, Field, Form, Inline, Kind, Link, Panel, Row, Table,
        Tone,
    },
    settings::Place,
    text::{Key, Plural, Texts},
};

/// Values are shown up to here, in characters.
const LONG: usize = 300;

/// The pages of this room.
pub const PAGES: &[Page] = &[
    Page { pattern: "/stores/{store}/settings/code", panel: |visit| Box::pin(home(visit)) },
    Page {
        pattern: "/organizations/{organization}/settings/code",
        panel: |visit| Box::pin(home(visit)),
    },
    Page {
        pattern: "/stores/{store}/settings/code/{preview}",
        panel: |visit| Box::pin(preview(visit)),
    },
    Page {
        pattern: "/organizations/{organization}/settings/code/{preview}",
        panel: |visit| Box::pin(preview(visit)),
    },
];

fn here(place: &Place) -> Path {
    Path::InSettings(place.clone(), "code".to_owned())
}

/// Download, upload, and how to do the same on the command line.
async fn home(visit: Visit) -> Result<Panel> {
    let (place, t) = (visit.place()?, visit.t);
    let editable = code::editable(&visit.domain, &who(visit.actor()?), &place).await?;
    let card = |id: &str, title: Key, intro: Key| Card::new(id, t.get(title), t.get(intro));
    let download = Link::button(t.get(Key::CodeDownload), Path::SettingsFile(place.clone()))
        .icon("download")
        .external();
    let upload = card("code-upload", Key::CodeUploadTitle, Key::CodeUploadText);
    let upload = if editable {
        upload.with(form(&place, t))
    } else {
        upload.with(Block::Text(vec![Inline::Muted(t.get(Key::CodeViewOnly).to_owned())]))
    };
    Ok(Panel::new(t.get(Key::CodeTitle), t.get(Key::CodeIntro))
        .with(
            card("code-download", Key::CodeDownloadTitle, Key::CodeDownloadText)
                .with(Block::Actions(vec![download.into()])),
        )
        .with(upload)
        .with(
            card("code-command", Key::CodeCommandTitle, Key::CodeCommandText)
                .with(Block::Codes(commands(&place))),
        ))
}

fn form(place: &Place, t: Texts) -> Form {
    let file = Field::new("file", Kind::File(".toml,text/plain".to_owned()), t.get(Key::CodeFile));
    let form = Form::new(CheckFile::PATH, t.get(Key::CodeCheck))
        .hidden("place", place.id())
        .field(file.help(t.get(Key::CodeFileHelp)).required());
    Form { multipart: true, ..form }
}

fn commands(place: &Place) -> Vec<String> {
    let of = match place {
        Place::Store(id) => format!("--store {id}"),
        Place::Organization(id) => format!("--organization {id}"),
    };
    vec![
        format!("store-manager settings export {of} > settings.toml"),
        format!("store-manager settings diff {of} settings.toml"),
        format!("store-manager settings apply {of} settings.toml"),
    ]
}

/// What came of an uploaded file.
async fn preview(visit: Visit) -> Result<Panel> {
    let (place, t) = (visit.place()?, visit.t);
    let person = visit.actor()?;
    code::editable(&visit.domain, &who(person), &place).await?;
    let token: String = visit.param("preview")?;
    let report = Report::find(&visit.domain, &place, person, &token).await?;
    let again = Link::button(t.get(Key::CodeAgain), here(&place));
    Ok(match report {
        Report::Wrong(faults) => {
            let mut panel = Panel::new(t.get(Key::CodeFaultsTitle), t.get(Key::CodeFaultsIntro));
            panel.actions = vec![again];
            panel.with(problems(&faults, t))
        }
        Report::Fine { difference, stale, .. } => {
            let form = Form::new(ApplyFile::PATH, t.get(Key::CodeApply))
                .hidden("place", place.id())
                .hidden("preview", token)
                .cancel(Link::button(t.get(Key::CommonCancel), here(&place)));
            changes(&difference, stale, form, again, t)
        }
    })
}

fn changes(difference: &Difference, stale: bool, form: Form, again: Link, t: Texts) -> Panel {
    let mut panel = Panel::new(t.get(Key::CodePreviewTitle), t.get(Key::CodePreviewIntro));
    if stale {
        panel = panel.with(Banner::new(Tone::Warning, t.get(Key::CodeStale)));
    }
    for note in &difference.notes {
        panel = panel.with(Banner::new(Tone::Info, note.clone()));
    }
    let count = difference.changes.len();
    if count == 0 {
        panel.intro = String::new();
        return panel.with(Empty {
            icon: "circle-check".to_owned(),
            title: t.get(Key::CodeNothing).to_owned(),
            actions: vec![again],
            ..Empty::default()
        });
    }
    panel.meta = t.count(Plural::CodeChanges, i64::try_from(count).unwrap_or(i64::MAX));
    panel.with(differences(difference, t)).with(form)
}

fn differences(difference: &Difference, t: Texts) -> Table {
    let rows = difference.changes.iter().map(|change| Row {
        id: format!("{}-{}-{}", change.scope, change.section, change.field),
        cells: vec![
            vec![Inline::text(change.field_name.clone())],
            vec![Inline::text(change.section_name.clone())],
            vec![Inline::text(change.place.clone())],
            vec![Inline::Muted(short(&change.old))],
            vec![Inline::Strong(short(&change.new))],
        ],
        actions: Vec::new(),
    });
    let heads = [Key::CodeField, Key::CodeSection, Key::CodePlace, Key::CodeNow, Key::CodeThen];
    Table {
        caption: t.get(Key::CodePreviewTitle).to_owned(),
        columns: heads.map(|head| Column::new(t.get(head))).to_vec(),
        rows: rows.collect(),
        ..Table::default()
    }
}

/// The beginning of a long text.
fn short(text: &str) -> String {
    match text.char_indices().nth(LONG) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn problems(faults: &[Fault], t: Texts) -> Table {
    let rows = faults.iter().enumerate().map(|(index, fault)| Row {
        id: format!("fault-{index}"),
        cells: vec![
            vec![Inline::text(fault.line.to_string())],
            vec![Inline::text(fault.column.to_string())],
            vec![Inline::text(fault.text.clone())],
        ],
        actions: Vec::new(),
    });
    let heads = [Key::CodeLine, Key::CodeColumn, Key::CodeProblem];
    Table {
        caption: t.get(Key::CodeFaultsTitle).to_owned(),
        columns: heads.map(|head| Column::new(t.get(head))).to_vec(),
        rows: rows.collect(),
        ..Table::default()
    }
}
