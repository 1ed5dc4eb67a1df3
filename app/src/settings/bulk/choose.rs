//! Choosing settings of a store, and the stores that get them.
use super::{
    api,
    pages::{access, at, back, named},
};
use crate::panel::Visit;
use domain::{
    Result, flash,
    settings::bulk::{self, Draft, Target},
};
use leptos::server_fn::ServerFn as _;
use model::{
    StoreId,
    panel::{Block, Choice, ChoiceGroup, Field, Form, Inline, Kind, Link, Panel, Select, Toolbar},
    text::{Key, Plural},
};

/// Stores that are shown to be ticked; further ones are found by their names.
const SHOWN: usize = 200;

/// Which store, and which of its settings.
pub(super) async fn fields(visit: &Visit) -> Result<Panel> {
    let access = access(visit).await?;
    let stores = bulk::targets(&visit.domain, &access, "").await?;
    let asked = visit.query("source").parse::<StoreId>().ok();
    let source = stores.iter().find(|store| asked.as_ref() == Some(&store.id)).or(stores.first());
    let t = visit.t;
    let mut panel =
        Panel::new(t.get(Key::BulkChooseTitle), t.get(Key::BulkChooseIntro)).with(back(t, &access));
    let Some(source) = source else { return Ok(panel) };
    let choices = stores.iter().map(|s| Choice::new(s.id.as_str(), s.name.as_str())).collect();
    let select = Select {
        name: "source".to_owned(),
        label: t.get(Key::BulkSource).to_owned(),
        value: source.id.to_string(),
        choices,
    };
    panel = panel
        .with(Block::Text(vec![
            Inline::text(t.get(Key::BulkSource)),
            Inline::text(": "),
            Inline::Strong(source.name.clone()),
        ]))
        .with(Block::Toolbar(Toolbar {
            path: visit.here().to_owned(),
            filters: vec![select],
            ..Toolbar::default()
        }));
    let group = |section: &model::settings::Section, fields: Vec<&model::settings::Field>| {
        let title = t.get(section.title);
        let all = t.fill(Key::BulkAllOf, &[("section", title)]);
        let mut choices = vec![Choice::new(section.key, all)];
        choices.extend(fields.into_iter().map(|field| {
            Choice::new(format!("{}.{}", section.key, field.key), t.get(field.label))
        }));
        ChoiceGroup { label: title.to_owned(), choices }
    };
    let groups = bulk::sources().map(|(section, fields)| group(section, fields)).collect();
    let form = Form::new(api::ChooseSettings::PATH, t.get(Key::BulkGoOn))
        .hidden("organization", access.organization())
        .hidden("source", &source.id)
        .field(Field::new("fields", Kind::Checks(groups), t.get(Key::BulkFields)))
        .cancel(Link::new(t.get(Key::CommonCancel), at(&access, "")));
    Ok(panel.with(form))
}

/// Which stores get them.
pub(super) async fn stores(visit: &Visit) -> Result<Panel> {
    let access = access(visit).await?;
    let token: String = visit.param("draft")?;
    let draft: Draft = flash::prepared(&visit.domain, access.person(), api::KIND, &token).await?;
    let search = visit.query("q");
    let other = |stores: Vec<Target>| -> Vec<Target> {
        stores.into_iter().filter(|store| !draft.task.comes_from(&store.id)).collect()
    };
    let all = other(bulk::targets(&visit.domain, &access, "").await?);
    let found = other(bulk::targets(&visit.domain, &access, search).await?);
    let t = visit.t;
    let toolbar = Toolbar {
        path: visit.here().to_owned(),
        search: Some((t.get(Key::BulkFind).to_owned(), search.to_owned())),
        ..Toolbar::default()
    };
    let count = |stores: &[Target]| i64::try_from(stores.len()).unwrap_or(i64::MAX);
    let mut which = vec![Choice::new("all", t.count(Plural::BulkWhichAll, count(&all)))];
    if !search.is_empty() {
        which.push(Choice::new("found", t.count(Plural::BulkWhichFound, count(&found))));
    }
    which.push(Choice::new("ticked", t.get(Key::BulkWhichTicked)));
    let rest = found.get(SHOWN..).map_or(0, count);
    let boxes = found.iter().take(SHOWN);
    let boxes = boxes.map(|s| Choice::new(s.id.as_str(), s.name.as_str())).collect();
    let boxes = vec![ChoiceGroup { label: String::new(), choices: boxes }];
    let ticks = Field::new("stores", Kind::Checks(boxes), t.get(Key::BulkTicked));
    let ticks = if rest > 0 { ticks.help(t.count(Plural::BulkTickedHelp, rest)) } else { ticks };
    let chosen = if search.is_empty() { "all" } else { "found" };
    let form = Form::new(api::ChooseStores::PATH, t.get(Key::BulkGoOn))
        .hidden("organization", access.organization())
        .hidden("draft", &token)
        .hidden("found", search)
        .field(
            Field::new("which", Kind::Radio(which), t.get(Key::BulkWhich)).required().value(chosen),
        )
        .field(ticks)
        .cancel(Link::new(t.get(Key::CommonCancel), at(&access, "")));
    Ok(Panel::new(t.get(Key::BulkStoresTitle), named(t, &draft.task))
        .with(Block::Toolbar(toolbar))
        .with(form))
}
