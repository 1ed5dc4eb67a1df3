//! Inviting many at once, and what came of each address.
use super::{
    api::{InviteMembers, Report},
    list::{at, enter},
    members,
};
use crate::panel::Visit;
use domain::{
    Error, Result,
    access::{ManageOrganizationMembers, OrganizationAccess},
    organization::{Invited, custom, stores},
};
use leptos::server_fn::ServerFn as _;
use model::{
    access::{OrganizationRole, StoreRole},
    panel::{
        Choice, ChoiceGroup, Column, Dialog, Field, Form, Inline, Kind, Link, Panel, Row, Table,
        Tone,
    },
    text::Key,
};

type Manage = OrganizationAccess<ManageOrganizationMembers>;

/// The pop-up.
pub(super) async fn dialog(visit: Visit) -> Result<Panel> {
    let access: Manage = enter(&visit).await?;
    let mut panel = members::panel(&visit, &access).await?;
    let t = visit.t;
    panel.dialog = Some(Box::new(Dialog {
        title: t.get(Key::OrganizationInviteTitle).to_owned(),
        back: at(access.organization(), "members"),
        blocks: vec![form(&visit, &access, "").await?.into()],
        wide: true,
    }));
    Ok(panel)
}

/// The form with some addresses in it already.
async fn form(visit: &Visit, access: &Manage, addresses: &str) -> Result<Form> {
    let t = visit.t;
    let roles = [OrganizationRole::Member, OrganizationRole::Administrator]
        .map(|role| Choice::new(role.code(), t.get(role.label())).help(t.get(role.description())));
    let open = stores(&visit.domain, access, t).await?.into_iter().filter(|store| !store.archived);
    let choices = open.map(|store| Choice::new(store.id.to_string(), store.name)).collect();
    let group = ChoiceGroup { label: String::new(), choices };
    let presets = StoreRole::ALL.map(|role| Choice::new(role.code(), t.get(role.label())));
    let own = custom(&visit.domain, access).await?.into_iter();
    let own = own.map(|role| Choice::new(role.id.to_string(), role.name));
    let in_stores: Vec<Choice> = presets.into_iter().chain(own).collect();
    let emails = Field::new("emails", Kind::Lines(5), t.get(Key::OrganizationInviteEmails));
    let field = |name: &str, kind: Kind, label: Key| Field::new(name, kind, t.get(label));
    let form = Form::new(InviteMembers::PATH, t.get(Key::OrganizationInviteSend))
        .hidden("organization", access.organization())
        .field(emails.value(addresses).help(t.get(Key::OrganizationInviteEmailsHelp)).max(20_000))
        .field(
            field(
                "list",
                Kind::File(".csv,text/csv,text/plain".into()),
                Key::OrganizationInviteFile,
            )
            .help(t.get(Key::OrganizationInviteFileHelp)),
        )
        .field(
            field("role", Kind::Radio(roles.to_vec()), Key::OrganizationRoleHead)
                .value(OrganizationRole::Member.code())
                .required(),
        )
        .field(field("all_stores", Kind::Check, Key::OrganizationInviteAllStores))
        .field(field("stores", Kind::Checks(vec![group]), Key::OrganizationStoresTitle))
        .field(
            field("store_role", Kind::Select(in_stores.into()), Key::OrganizationInviteStoreRole)
                .value(StoreRole::Marketer.code())
                .required()
                .half(),
        )
        .field(
            field("ends", Kind::Date, Key::OrganizationEndDate)
                .help(t.get(Key::OrganizationEndDateHelp))
                .half(),
        )
        .cancel(Link::new(t.get(Key::CommonCancel), at(access.organization(), "members")));
    Ok(Form { multipart: true, ..form })
}

/// What came of each address; those that are none stand in the form again.
pub(super) async fn report(visit: Visit) -> Result<Panel> {
    let access: Manage = enter(&visit).await?;
    let token: String = visit.param("report")?;
    let report = domain::flash::get(&visit.domain, &token).await?.ok_or(Error::NotFound)?;
    let report: Report = serde_json::from_str(&report).map_err(|_| Error::NotFound)?;
    if report.organization != *access.organization() {
        return Err(Error::NotFound);
    }
    let t = visit.t;
    let rows = report.lines.iter().enumerate().map(|(index, line)| {
        let (tone, label) = match line.result {
            Invited::Sent => (Tone::Success, Key::OrganizationLineSent),
            Invited::Member => (Tone::Neutral, Key::OrganizationLineMember),
            Invited::Pending => (Tone::Info, Key::OrganizationLinePending),
            Invited::Invalid => (Tone::Danger, Key::OrganizationLineInvalid),
            Invited::Domain => (Tone::Danger, Key::OrganizationLineDomain),
        };
        let cells =
            vec![vec![Inline::text(line.typed.clone())], vec![Inline::badge(tone, t.get(label))]];
        Row { id: format!("line-{index}"), cells, actions: Vec::new() }
    });
    let table = Table {
        caption: t.get(Key::OrganizationInvitedTitle).to_owned(),
        columns: vec![
            Column::new(t.get(Key::OrganizationAddress)),
            Column::new(t.get(Key::OrganizationResult)),
        ],
        rows: rows.collect(),
        ..Table::default()
    };
    let title = t.get(Key::OrganizationInvitedTitle);
    let mut panel = Panel::new(title, t.get(Key::OrganizationInvitedIntro)).with(table);
    panel.actions = vec![Link::button(
        t.get(Key::OrganizationMembersTitle),
        at(access.organization(), "members"),
    )];
    let wrong: Vec<&str> = report
        .lines
        .iter()
        .filter(|line| line.result == Invited::Invalid)
        .map(|line| line.typed.as_str())
        .collect();
    if !wrong.is_empty() {
        panel = panel.with(form(&visit, &access, &wrong.join("\n")).await?);
    }
    Ok(panel)
}
