//! What a lock would mean, before it is set (A7).
use super::{
    api,
    pages::{Access, access, at, form_of},
};
use crate::{impact, panel::Visit, settings::bulk::pages::pager};
use domain::{
    Result, flash,
    impact::{Group, Impact, members_of_stores},
    settings::{
        self,
        policy::{self, Draft, Preview, Rule},
    },
};
use leptos::server_fn::ServerFn as _;
use model::{
    StoreId,
    panel::{
        Banner, Block, Card, Choice, Column, Field, Form, Inline, Kind, Link, Panel, Row, Table,
        Tone,
    },
    settings as model_settings,
    text::{Key, Plural},
};

/// The stores that contradict, and the question what becomes of them.
pub(super) async fn check(visit: &Visit) -> Result<Panel> {
    let access = access(visit).await?;
    let token: String = visit.param("draft")?;
    let draft: Draft = flash::prepared(&visit.domain, access.person(), api::KIND, &token).await?;
    let (section, field) = draft.place()?;
    let after = visit.query("after").parse().ok();
    let found = policy::preview(&visit.domain, &access, &draft, after.as_ref()).await?;
    let (t, now) = (visit.t, visit.domain.now());
    let label = t.get(field.label);
    let mut panel = Panel::new(
        t.fill(Key::PoliciesCheckTitle, &[("field", label)]),
        t.get(Key::PoliciesCheckIntro),
    )
    .with(Block::Facts(vec![
        (t.get(Key::PoliciesSection).to_owned(), vec![Inline::text(t.get(section.title))]),
        (t.get(Key::PoliciesRule).to_owned(), vec![Inline::text(draft.rule.shown(t, field, now))]),
        (t.get(Key::PoliciesReason).to_owned(), vec![Inline::text(draft.reason.clone())]),
    ]));
    panel.actions =
        vec![Link::button(t.get(Key::CommonBack), form_of(&access, section.key, field.key))];
    let count = i64::try_from(found.contradicting.len()).unwrap_or(i64::MAX);
    if count == 0 {
        let fits = t.count(Plural::PoliciesFits, found.stores);
        panel = panel.with(Banner::new(Tone::Success, fits));
    } else {
        let tells = t.count(Plural::PoliciesContradicts, count);
        let people =
            members_of_stores(&visit.domain, access.organization(), &found.contradicting).await?;
        panel = panel
            .with(Banner::new(Tone::Warning, tells))
            .with(contradicting(visit, &draft, field, &found))
            .with(affected(visit, people));
    }
    Ok(panel.with(form(visit, &access, &token, &draft, field, count)))
}

fn affected(visit: &Visit, people: Group) -> Card {
    let t = visit.t;
    let impact = Impact { people, ..Impact::default() };
    let card = Card::new("affected", t.get(Key::ImpactTitle), "");
    impact::blocks(t, &impact).into_iter().fold(card, Card::with)
}

/// Each of those stores with what it holds and what it would get.
fn contradicting(
    visit: &Visit,
    draft: &Draft,
    field: &model_settings::Field,
    found: &Preview,
) -> Table {
    let (t, now) = (visit.t, visit.domain.now());
    let shown = |value: &model_settings::Value| settings::shown(t, field, value, now);
    let row = |one: &policy::Contradiction| Row {
        id: one.store.to_string(),
        cells: vec![
            vec![Inline::text(one.name.clone())],
            vec![Inline::text(shown(&one.value))],
            vec![Inline::text(shown(&draft.rule.adjusted(&one.value, None)))],
        ],
        ..Row::default()
    };
    let mut columns = vec![
        Column::new(t.get(Key::PoliciesStore)),
        Column::new(t.get(Key::PoliciesHolds)),
        Column::new(t.get(Key::PoliciesBecomes)),
    ];
    let mut rows: Vec<Row> = found.page.iter().map(row).collect();
    // Which one it gets is chosen below.
    if let Rule::OneOf(_) = draft.rule {
        columns.pop();
        for row in &mut rows {
            row.cells.pop();
        }
    }
    let pager = pager(visit, "after", rows.len(), found.next.as_ref().map(StoreId::as_str));
    let caption = t.get(Key::PoliciesExisting).to_owned();
    Table { caption, columns, rows, pager, ..Table::default() }
}

fn form(
    visit: &Visit,
    access: &Access,
    token: &str,
    draft: &Draft,
    field: &model_settings::Field,
    count: i64,
) -> Form {
    let (t, now) = (visit.t, visit.domain.now());
    let form = Form::new(api::SetLock::PATH, t.get(Key::PoliciesLock))
        .hidden("organization", access.organization())
        .hidden("draft", token)
        .cancel(Link::new(t.get(Key::CommonCancel), at(access, "")));
    if count == 0 {
        return form;
    }
    let choices = vec![
        Choice::new("stay", t.get(Key::PoliciesStay)).help(t.get(Key::PoliciesStayHelp)),
        Choice::new("change", t.get(Key::PoliciesChangeNow)).help(t.get(Key::PoliciesChangeHelp)),
    ];
    let radio = Field::new("existing", Kind::Radio(choices), t.get(Key::PoliciesExisting));
    let mut form = form.field(radio.required().value("stay"));
    if let Rule::OneOf(values) = &draft.rule {
        let choice = |value: &model_settings::Value| {
            Choice::new(value.as_input(), settings::shown(t, field, value, now))
        };
        let choices: Vec<Choice> = values.iter().map(choice).collect();
        let first = choices.first().map_or(String::new(), |choice| choice.value.clone());
        let select =
            Field::new("instead", Kind::Select(choices.into()), t.get(Key::PoliciesInstead));
        form = form.field(select.required().value(first));
    }
    let typed = impact::typed(t, access.name()).help(t.get(Key::PoliciesConfirmHelp));
    form.field(Field { required: false, ..typed })
}
