//! The page that shows whom a save affects.
use super::{api::ConfirmSave, draft::find};
use crate::{
    impact,
    panel::{Page, Visit},
    path::Path,
};
use domain::{
    Result, access,
    settings::{self, FieldChange},
};
use leptos::server_fn::ServerFn as _;
use model::{
    panel::{Block, Card, Column, Form, Inline, Link, Look, Panel, Row, Table},
    settings::{Place, Section},
    text::Key,
};

/// The pages.
pub const PAGES: &[Page] = &[
    Page {
        pattern: "/stores/{store}/settings/{group}/{section}/confirm/{draft}",
        panel: |visit| Box::pin(async move { confirm(&visit).await }),
    },
    Page {
        pattern: "/organizations/{organization}/settings/{group}/{section}/confirm/{draft}",
        panel: |visit| Box::pin(async move { confirm(&visit).await }),
    },
];

async fn confirm(visit: &Visit) -> Result<Panel> {
    let (place, section) = visit.section()?;
    let access =
        access::section_edit(&visit.domain, visit.actor()?, place.clone(), section).await?;
    let token: String = visit.param("draft")?;
    let kept = find(&visit.domain, access.person(), (place.id(), section.key), &token).await?;
    let danger = settings::danger(&visit.domain, &access, &kept.input).await?;
    let t = visit.t;
    let belongs = match place {
        Place::Store(_) => "store",
        Place::Organization(_) => "organization",
    };
    let form_ = format!("{}?typed={token}", Path::section(&place, section));
    let form = Form::new(ConfirmSave::PATH, t.get(Key::CommonSave))
        .look(Look::Danger)
        .hidden(belongs, place.id())
        .hidden("group", section.group.key())
        .hidden("section", section.key)
        .hidden("draft", &token)
        .field(impact::typed(t, &danger.name))
        .cancel(Link::new(t.get(Key::ImpactEdit), form_).external());
    let card = Card::new("affected", t.get(Key::ImpactTitle), "");
    let card = impact::blocks(t, &danger.impact).into_iter().fold(card, Card::with);
    Ok(Panel::new(t.get(Key::ImpactDangerTitle), t.get(Key::ImpactDangerText))
        .with(changes(visit, section, &danger.changes))
        .with(card)
        .with(Block::from(form)))
}

/// The fields on which others rely, now and after the save.
fn changes(visit: &Visit, section: &Section, changes: &[FieldChange]) -> Table {
    let (t, now) = (visit.t, visit.domain.now());
    let row = |change: &FieldChange| {
        let field = section.field(&change.field)?;
        let shown = |value| vec![Inline::text(settings::shown(t, field, value, now))];
        Some(Row {
            id: change.field.clone(),
            cells: vec![
                vec![Inline::text(t.get(field.label))],
                shown(&change.old),
                shown(&change.new),
            ],
            ..Row::default()
        })
    };
    Table {
        caption: t.get(Key::BulkChanges).to_owned(),
        columns: vec![
            Column::new(t.get(Key::PoliciesField)),
            Column::new(t.get(Key::ImpactWas)),
            Column::new(t.get(Key::ImpactBecomes)),
        ],
        rows: changes.iter().filter_map(row).collect(),
        ..Table::default()
    }
}
