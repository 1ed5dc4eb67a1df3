//! Choosing a field, and what it may hold.
use super::{
    api,
    pages::{Access, access, at, form_of},
};
use crate::{panel::Visit, settings::form::described};
use domain::{
    Error, Result,
    settings::{
        self,
        policy::{self, Lock, REASON, Rule, RuleKind},
    },
};
use leptos::server_fn::ServerFn as _;
use model::{
    panel::{Block, Card, Choice, ChoiceGroup, Field, Form, Inline, Kind, Link, Panel, Tone},
    settings::{self as model_settings, Section},
    text::{Key, Texts},
    view::SectionView,
};

/// Every field that can be locked, by section.
pub(super) async fn choose(visit: &Visit) -> Result<Panel> {
    let access = access(visit).await?;
    let locks = policy::list(&visit.domain, &access).await?;
    let t = visit.t;
    let mut cards: Vec<(&'static Section, Vec<Vec<Inline>>)> = Vec::new();
    for (section, field) in policy::lockable() {
        let href = form_of(&access, section.key, field.key);
        let mut item = vec![Inline::Link(Link::new(t.get(field.label), href))];
        if locks.iter().any(|lock| lock.section.key == section.key && lock.field.key == field.key) {
            item.push(Inline::text(" "));
            item.push(Inline::badge(Tone::Info, t.get(Key::PoliciesLocked)));
        }
        match cards.last_mut().filter(|(last, _)| last.key == section.key) {
            Some((_, items)) => items.push(item),
            None => cards.push((section, vec![item])),
        }
    }
    let mut panel = Panel::new(t.get(Key::PoliciesChoose), t.get(Key::PoliciesChooseText));
    panel.actions = vec![back(t, &access)];
    for (section, items) in cards {
        let card = Card::new(format!("of-{}", section.key), t.get(section.title), "");
        panel = panel.with(card.with(Block::List(items)));
    }
    Ok(panel)
}

fn back(t: Texts, access: &Access) -> Link {
    Link::button(t.get(Key::PoliciesTitle), at(access, ""))
}

/// The rule of one field.
pub(super) async fn lock(visit: &Visit) -> Result<Panel> {
    let access = access(visit).await?;
    let (key, of) = (visit.param::<String>("section")?, visit.param::<String>("field")?);
    let found = policy::lockable().find(|(s, f)| s.key == key && f.key == of);
    let (section, field) = found.ok_or(Error::NotFound)?;
    let locks = policy::list(&visit.domain, &access).await?;
    let lock = locks.iter().find(|lock| lock.section.key == key && lock.field.key == of);
    let t = visit.t;
    let mut view = settings::blank(t, section, visit.domain.now());
    if let Some(only) = lock.and_then(|lock| lock.rule.only()) {
        view.values.insert(of.clone(), only.clone());
    }
    let label = t.get(field.label);
    let title = t.fill(Key::PoliciesLockNamed, &[("field", label)]);
    let intro = t.fill(Key::PoliciesFormIntro, &[("section", t.get(section.title))]);
    let mut panel = Panel::new(title, intro).with(form(t, &access, (section, field), &view, lock));
    panel.actions = vec![back(t, &access)];
    Ok(panel)
}

fn form(
    t: Texts,
    access: &Access,
    (section, field): (&'static Section, &'static model_settings::Field),
    view: &SectionView,
    lock: Option<&Lock>,
) -> Form {
    let kinds = RuleKind::of(field);
    let chosen = lock.map_or(RuleKind::Value, |lock| lock.rule.kind());
    let mut form = Form::new(api::CheckLock::PATH, t.get(Key::PoliciesGoOn))
        .hidden("_organization", access.organization())
        .hidden("_section", section.key)
        .hidden("_field", field.key)
        .hidden("_version", lock.map_or(0, |lock| lock.version))
        .cancel(Link::new(t.get(Key::CommonCancel), at(access, "")));
    form.multipart = true;
    if let [only] = kinds {
        form = form.hidden("lock.rule", only.code());
    } else {
        let choices = kinds
            .iter()
            .map(|kind| Choice::new(kind.code(), t.get(kind.label())).help(t.get(help(*kind))));
        let radio = Kind::Radio(choices.collect());
        form = form.field(
            Field::new("lock.rule", radio, t.get(Key::PoliciesRuleLabel)).value(chosen.code()),
        );
    }
    // Which of them counts only the server knows: nothing here may be demanded by a browser.
    for control in described(t, field, view) {
        form = form.field(Field { required: false, ..control });
    }
    let rule = lock.map(|lock| &lock.rule);
    if kinds.contains(&RuleKind::OneOf) {
        form = form.field(allowed(t, field.key, view, rule));
    }
    if kinds.contains(&RuleKind::Range) {
        let (min, max) = match rule {
            Some(Rule::Range { min, max }) => (min.to_string(), max.to_string()),
            _ => Default::default(),
        };
        form = form
            .field(Field::new("lock.min", Kind::Number, t.get(Key::PoliciesMin)).value(min).half())
            .field(Field::new("lock.max", Kind::Number, t.get(Key::PoliciesMax)).value(max).half());
    }
    form.field(
        Field::new("lock.reason", Kind::Text, t.get(Key::PoliciesReason))
            .required()
            .max(REASON)
            .value(lock.map_or(String::new(), |lock| lock.reason.clone()))
            .help(t.get(Key::PoliciesReasonHelp)),
    )
}

/// Choices that are shown as boxes at most; longer lists are typed by their codes.
const BOXES: usize = 30;

/// The values among which stores may choose: boxes where they are few and known, else lines.
fn allowed(t: Texts, key: &str, view: &SectionView, rule: Option<&Rule>) -> Field {
    let values: Vec<String> = match rule {
        Some(Rule::OneOf(values)) => values.iter().map(|v| v.as_input().into_owned()).collect(),
        _ => Vec::new(),
    };
    let label = t.get(Key::PoliciesAllowed);
    match view.choices.get(key) {
        Some(choices) if choices.len() <= BOXES => {
            let group = ChoiceGroup { label: String::new(), choices: choices.clone() };
            Field::new("lock.one_of", Kind::Checks(vec![group]), label)
                .value(values.join(","))
                .help(t.get(Key::PoliciesAllowedTicks))
        }
        _ => Field::new("lock.one_of", Kind::Lines(4), label)
            .max(10_000)
            .value(values.join("\n"))
            .help(t.get(Key::PoliciesAllowedHelp)),
    }
}

const fn help(kind: RuleKind) -> Key {
    match kind {
        RuleKind::Value => Key::PoliciesRuleValueHelp,
        RuleKind::OneOf => Key::PoliciesRuleOneOfHelp,
        RuleKind::Range => Key::PoliciesRuleRangeHelp,
    }
}
