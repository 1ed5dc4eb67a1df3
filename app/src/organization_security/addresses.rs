//! From where an organization may be entered (G-14, G-15), and the access simulator (A5).
use super::{
    api,
    pages::{Access, access, at, confirmed, date, up},
};
use crate::panel::Visit;
use domain::{
    Error, Result,
    address_rules::{self, Exemption, How, Line, Overview, Simulation},
    gate::{Barrier, Decision, Reason},
};
use leptos::server_fn::ServerFn as _;
use model::{
    AddressRuleId, PersonId,
    panel::{
        Banner, Block, Card, Choice, Column, Dialog, Empty, Field, Form, Inline, Kind, Link, Look,
        Panel, Row, Select, Table, Tone, Toolbar, Who,
    },
    text::{Key, Texts},
};

/// The rule that made a decision, in words; `line` is the line of the list that it names.
fn rule(t: Texts, decision: &Decision, line: Option<&str>) -> String {
    let key = match decision {
        Decision::Allowed(Reason::Unlimited) => Key::GateUnlimited,
        Decision::Allowed(Reason::Exempt) => Key::GateExempt,
        Decision::Allowed(Reason::Listed(_)) => {
            return t.fill(Key::GateListed, &[("line", line.unwrap_or_default())]);
        }
        Decision::Denied(Barrier::Stranger) => Key::GateStranger,
        Decision::Denied(Barrier::Suspended) => Key::GateSuspended,
        Decision::Denied(Barrier::Ended) => Key::GateEnded,
        Decision::Denied(Barrier::Address) => Key::GateAddress,
        Decision::Denied(Barrier::SingleSignOn | Barrier::OtherDoor) => Key::GateSingleSignOn,
        Decision::Denied(Barrier::TwoFactor) => Key::GateTwoFactor,
        Decision::Denied(Barrier::Age | Barrier::Idle) => Key::GateAge,
    };
    t.get(key).to_owned()
}

/// How a line is named: its network, and its label if it has one.
fn named(network: &str, label: &str) -> String {
    if label.is_empty() { network.to_owned() } else { format!("{network} ({label})") }
}

/// The list, exemptions and the simulator.
pub(super) async fn list(visit: &Visit) -> Result<Panel> {
    let access = access(visit).await?;
    let now = address_rules::overview(&visit.domain, &access).await?;
    let t = visit.t;
    let mut panel = Panel::new(t.get(Key::AddressesTitle), t.get(Key::AddressesIntro))
        .with(Block::Actions(vec![up(visit, &access).into()]))
        .with(own(visit, &now));
    panel.actions = vec![
        Link::button(t.get(Key::AddressesAdd), at(&access, "addresses/new"))
            .look(Look::Primary)
            .icon("plus"),
    ];
    Ok(panel
        .with(switch(visit, &access, &now))
        .with(lines(visit, &access, &now.lines))
        .with(exemptions(visit, &access, &now.exemptions))
        .with(simulator(visit, &access).await?))
}

/// What is decided of the reader, here and now.
fn own(visit: &Visit, now: &Overview) -> Banner {
    let t = visit.t;
    let address = visit.request.origin.address.clone();
    let line = match &now.own {
        Decision::Allowed(Reason::Listed(id)) => now.lines.iter().find(|line| line.id == *id),
        _ => None,
    };
    let line = line.map(|line| named(&line.network, &line.label));
    let rule = rule(t, &now.own, line.as_deref());
    let text = t.fill(Key::AddressesOwn, &[("address", &address), ("rule", &rule)]);
    Banner::new(if now.own.allowed() { Tone::Info } else { Tone::Warning }, text)
}

fn switch(visit: &Visit, access: &Access, now: &Overview) -> Card {
    let t = visit.t;
    let (tone, badge, text, submit, look) = if now.only {
        let (badge, text) = (Key::SecurityOn, Key::AddressesOnlyOn);
        (Tone::Success, badge, text, Key::AddressesSwitchOff, Look::Button)
    } else {
        let (badge, text) = (Key::SecurityOff, Key::AddressesOnlyOff);
        (Tone::Neutral, badge, text, Key::AddressesSwitchOn, Look::Primary)
    };
    let form = Form::new(api::SetAddressesOnly::PATH, t.get(submit))
        .look(look)
        .hidden("organization", access.organization())
        .hidden("on", if now.only { "" } else { "on" });
    Card {
        badge: Some((tone, t.get(badge).to_owned())),
        ..Card::new("only", t.get(Key::AddressesOnly), t.get(text))
    }
    .with(form)
}

fn lines(visit: &Visit, access: &Access, lines: &[Line]) -> Card {
    let t = visit.t;
    let row = |line: &Line| {
        let until = match line.expires_at {
            None => Inline::text(t.get(Key::AddressesForGood)),
            Some(end) if line.expired => Inline::badge(
                Tone::Warning,
                t.fill(Key::AddressesExpired, &[("date", &date(visit, end - 1))]),
            ),
            Some(end) => Inline::text(date(visit, end - 1)),
        };
        let added = [("person", line.created_by.as_str()), ("date", &date(visit, line.created_at))];
        let name = t.fill(Key::AddressesRemoveOf, &[("network", &line.network)]);
        let remove = at(access, &format!("addresses/{}/remove", line.id));
        Row {
            id: line.id.to_string(),
            cells: vec![
                vec![Inline::Code(line.network.clone())],
                vec![Inline::text(line.label.clone())],
                vec![until],
                vec![Inline::text(t.fill(Key::AddressesAdded, &added))],
            ],
            actions: vec![
                Link::new(t.get(Key::AddressesRemove), remove).look(Look::Quiet).named(name).into(),
            ],
        }
    };
    let table = Table {
        caption: t.get(Key::AddressesList).into(),
        columns: vec![
            Column::new(t.get(Key::AddressesNetwork)),
            Column::new(t.get(Key::AddressesLabel)),
            Column::new(t.get(Key::AddressesUntil)).nowrap(),
            Column::new(t.get(Key::AddressesAddedHead)),
            Column::actions(t.get(Key::SecurityActions)),
        ],
        rows: lines.iter().map(row).collect(),
        empty: Some(Box::new(Empty {
            icon: "globe".into(),
            title: t.get(Key::AddressesEmpty).into(),
            text: t.get(Key::AddressesEmptyText).into(),
            actions: vec![Link::button(t.get(Key::AddressesAdd), at(access, "addresses/new"))],
        })),
        ..Table::default()
    };
    Card {
        wide: true,
        ..Card::new("list", t.get(Key::AddressesList), t.get(Key::AddressesListHelp))
    }
    .with(table)
}

fn exemptions(visit: &Visit, access: &Access, exemptions: &[Exemption]) -> Card {
    let t = visit.t;
    let row = |exemption: &Exemption| {
        let who = &exemption.who;
        let form = Form::new(api::NoLongerExempt::PATH, t.get(Key::AddressesExemptEnd))
            .look(Look::Quiet)
            .named(t.fill(Key::AddressesExemptEndOf, &[("person", &who.name)]))
            .hidden("organization", access.organization())
            .hidden("person", &who.id);
        Row {
            id: who.id.to_string(),
            cells: vec![
                vec![
                    Who { name: who.name.clone(), below: who.email.clone(), ..Who::default() }
                        .into(),
                ],
                vec![Inline::text(date(visit, exemption.since))],
            ],
            actions: vec![form.into()],
        }
    };
    let add = Link::button(t.get(Key::AddressesExempt), at(access, "addresses/exempt"));
    let table = Table {
        caption: t.get(Key::AddressesExemptions).into(),
        columns: vec![
            Column::new(t.get(Key::SecurityAffectedPerson)),
            Column::new(t.get(Key::AddressesExemptSince)).nowrap(),
            Column::actions(t.get(Key::SecurityActions)),
        ],
        rows: exemptions.iter().map(row).collect(),
        empty: Some(Box::new(Empty {
            icon: "users".into(),
            title: t.get(Key::AddressesExemptNone).into(),
            ..Empty::default()
        })),
        ..Table::default()
    };
    let (title, help) = (t.get(Key::AddressesExemptions), t.get(Key::AddressesExemptionsHelp));
    Card { wide: true, ..Card::new("exemptions", title, help) }
        .with(table)
        .with(Block::Actions(vec![add.into()]))
}

/// What would be decided of a person who comes from an address.
async fn simulator(visit: &Visit, access: &Access) -> Result<Card> {
    let t = visit.t;
    let members = address_rules::members(&visit.domain, access).await?;
    let how = How::from_code(visit.query("how")).unwrap_or_default();
    let chosen = members.iter().find(|member| member.id.as_str() == visit.query("person"));
    let typed = visit.query("q");
    let mut people = vec![Choice::new("", t.get(Key::SimulatorPerson))];
    people.extend(
        members.iter().map(|m| Choice::new(m.id.as_str(), m.name.as_str()).help(m.email.as_str())),
    );
    let ways = How::ALL.map(|how| {
        let key = match how {
            How::Password => Key::SimulatorPassword,
            How::Passkey => Key::SimulatorPasskey,
            How::SingleSignOn => Key::SimulatorSingleSignOn,
        };
        Choice::new(how.code(), t.get(key))
    });
    let filter = |name: &str, label: Key, value: &str, choices: Vec<Choice>| Select {
        name: name.to_owned(),
        label: t.get(label).to_owned(),
        value: value.to_owned(),
        choices,
    };
    let toolbar = Toolbar {
        path: visit.here().to_owned(),
        search: Some((t.get(Key::SimulatorAddress).to_owned(), typed.to_owned())),
        filters: vec![
            filter("person", Key::SimulatorPerson, visit.query("person"), people),
            filter("how", Key::SimulatorHow, how.code(), ways.to_vec()),
        ],
        ..Toolbar::default()
    };
    let mut table = Table {
        caption: t.get(Key::SimulatorTitle).into(),
        toolbar: Some(toolbar),
        columns: vec![
            Column::new(t.get(Key::SecurityAffectedPerson)),
            Column::new(t.get(Key::SimulatorAddress)).nowrap(),
            Column::new(t.get(Key::SimulatorDecision)).nowrap(),
            Column::new(t.get(Key::SimulatorRule)),
        ],
        ..Table::default()
    };
    let mut fault = None;
    if let Some(person) = chosen.filter(|_| !typed.is_empty()) {
        match address_rules::simulate(&visit.domain, access, &person.id, typed, how).await {
            Ok(found) => table.rows = vec![simulated(t, &person.id, &person.name, &found)],
            Err(Error::Invalid(_)) => {
                fault = Some(Banner::new(Tone::Warning, t.get(Key::SimulatorNoAddress)));
            }
            Err(error) => return Err(error),
        }
    }
    if table.rows.is_empty() {
        table.empty = Some(Box::new(Empty {
            icon: "search".into(),
            title: t.get(Key::SimulatorEmpty).into(),
            ..Empty::default()
        }));
    }
    let (title, help) = (t.get(Key::SimulatorTitle), t.get(Key::SimulatorHelp));
    let card = Card { wide: true, ..Card::new("simulator", title, help) };
    Ok(match fault {
        Some(banner) => card.with(table).with(banner),
        None => card.with(table),
    })
}

fn simulated(t: Texts, id: &PersonId, name: &str, found: &Simulation) -> Row {
    let (tone, key) = if found.decision.allowed() {
        (Tone::Success, Key::SimulatorAllowed)
    } else {
        (Tone::Danger, Key::SimulatorDenied)
    };
    let line =
        found.line.as_ref().map(|line| named(&address_rules::show(line.network), &line.label));
    Row {
        id: id.to_string(),
        cells: vec![
            vec![Inline::text(name)],
            vec![Inline::Code(found.address.clone())],
            vec![Inline::badge(tone, t.get(key))],
            vec![Inline::text(rule(t, &found.decision, line.as_deref()))],
        ],
        ..Row::default()
    }
}

async fn over_list(
    visit: &Visit,
    access: &Access,
    title: String,
    blocks: Vec<Block>,
) -> Result<Panel> {
    let dialog = Dialog { title, back: at(access, "addresses"), blocks, wide: false };
    Ok(Panel { dialog: Some(Box::new(dialog)), ..list(visit).await? })
}

fn back(visit: &Visit, access: &Access) -> Link {
    Link::button(visit.t.get(Key::CommonCancel), at(access, "addresses"))
}

/// The pop-up that adds a line.
pub(super) async fn add(visit: &Visit) -> Result<Panel> {
    let access = confirmed(visit).await?;
    let t = visit.t;
    let form = Form::new(api::AddAddress::PATH, t.get(Key::AddressesAdd))
        .hidden("organization", access.organization())
        .field(
            Field::new("network", Kind::Text, t.get(Key::AddressesNetwork))
                .required()
                .max(80)
                .value(visit.request.origin.address.clone())
                .help(t.get(Key::AddressesNetworkHelp)),
        )
        .field(
            Field::new("label", Kind::Text, t.get(Key::AddressesLabel))
                .max(80)
                .help(t.get(Key::AddressesLabelHelp)),
        )
        .field(
            Field::new("until", Kind::Date, t.get(Key::AddressesUntil))
                .help(t.get(Key::AddressesUntilHelp)),
        )
        .cancel(back(visit, &access));
    over_list(visit, &access, t.get(Key::AddressesAdd).into(), vec![form.into()]).await
}

/// The question whether to take a line off.
pub(super) async fn remove(visit: &Visit) -> Result<Panel> {
    let access = confirmed(visit).await?;
    let rule: AddressRuleId = visit.param("rule")?;
    let now = address_rules::overview(&visit.domain, &access).await?;
    let line = now.lines.iter().find(|line| line.id == rule).ok_or(Error::NotFound)?;
    let t = visit.t;
    let form = Form::new(api::RemoveAddress::PATH, t.get(Key::AddressesRemove))
        .look(Look::Danger)
        .hidden("organization", access.organization())
        .hidden("rule", &rule)
        .cancel(back(visit, &access));
    let title =
        t.fill(Key::AddressesRemoveTitle, &[("network", &named(&line.network, &line.label))]);
    let text = if now.only { Key::AddressesRemoveText } else { Key::AddressesRemoveTextOff };
    let text = Block::Text(vec![Inline::text(t.get(text))]);
    over_list(visit, &access, title, vec![text, form.into()]).await
}

/// The pop-up that exempts a member.
pub(super) async fn exempt(visit: &Visit) -> Result<Panel> {
    let access = confirmed(visit).await?;
    let t = visit.t;
    let members = address_rules::members(&visit.domain, &access).await?;
    let mut people = vec![Choice::new("", t.get(Key::CommonChoose))];
    people.extend(members.into_iter().map(|member| {
        let label = if member.name.is_empty() { member.email.clone() } else { member.name };
        Choice::new(member.id.as_str(), format!("{label} ({})", member.email))
    }));
    let form = Form::new(api::Exempt::PATH, t.get(Key::AddressesExempt))
        .hidden("organization", access.organization())
        .field(
            Field::new("person", Kind::Select(people.into()), t.get(Key::SecurityAffectedPerson))
                .required()
                .help(t.get(Key::AddressesExemptHelp)),
        )
        .cancel(back(visit, &access));
    over_list(visit, &access, t.get(Key::AddressesExempt).into(), vec![form.into()]).await
}
