//! The roles of an organization: presets and its own (2.12).
use super::{
    api::{DropRole, SaveRole},
    list::{at, enter},
};
use crate::{impact, panel::Visit};
use domain::{
    Error, Result,
    access::{ManageRoles, OrganizationAccess},
    impact::Impact,
    organization::{Affected, CustomRole, RoleForm, affected, custom},
};
use leptos::server_fn::ServerFn as _;
use model::{
    RoleId,
    access::{Permission, PermissionGroup, PermissionSet, StoreRole},
    panel::{
        Block, Choice, ChoiceGroup, Column, Dialog, Field, Form, Inline, Kind, Link, Look, Panel,
        Row, Table, Tone, Who,
    },
    text::{Key, Plural, Texts},
};

type Manage = OrganizationAccess<ManageRoles>;

/// Presets and custom roles.
pub(super) async fn list(visit: Visit) -> Result<Panel> {
    let access: Manage = enter(&visit).await?;
    panel(&visit, &access).await
}

async fn panel(visit: &Visit, access: &Manage) -> Result<Panel> {
    let t = visit.t;
    let of = access.organization();
    let presets = StoreRole::ALL.map(|preset| {
        let copy = at(of, &format!("roles/new?like={}", preset.code()));
        let named = format!("{} {}", t.get(Key::OrganizationCopy), t.get(preset.label()));
        let who = Who {
            name: t.get(preset.label()).to_owned(),
            below: t.get(preset.description()).to_owned(),
            badge: Some(t.get(Key::OrganizationPreset).to_owned()),
            square: true,
            ..Who::default()
        };
        let link = Link::new(t.get(Key::OrganizationCopy), copy).look(Look::Quiet).named(named);
        Row {
            id: preset.code().to_owned(),
            cells: vec![
                vec![who.into()],
                allowed(t, preset.permissions()),
                vec![Inline::Muted("–".to_owned())],
            ],
            actions: vec![link.into()],
        }
    });
    let custom = custom(&visit.domain, access).await?.into_iter().map(|role| row(t, access, role));
    let table = Table {
        caption: t.get(Key::OrganizationRolesTitle).to_owned(),
        columns: vec![
            Column::new(t.get(Key::OrganizationRole)),
            Column::new(t.get(Key::OrganizationAllows)),
            Column::new(t.get(Key::OrganizationUsed)).nowrap(),
            Column::actions(t.get(Key::OrganizationActions)),
        ],
        rows: custom.chain(presets).collect(),
        ..Table::default()
    };
    let new = Link::new(t.get(Key::OrganizationNewRole), at(of, "roles/new"));
    let mut panel =
        Panel::new(t.get(Key::OrganizationRolesTitle), t.get(Key::OrganizationRolesIntro))
            .with(table);
    panel.actions = vec![new.look(Look::Primary).icon("plus")];
    Ok(panel)
}

fn row(t: Texts, access: &Manage, role: CustomRole) -> Row {
    let place = |what: &str| at(access.organization(), &format!("roles/{}{what}", role.id));
    let link = |label: Key, href: String| {
        let named = format!("{} {}", t.get(label), role.name);
        Link::new(t.get(label), href).look(Look::Quiet).named(named).into()
    };
    let who =
        Who { name: role.name.clone(), square: true, href: Some(place("")), ..Who::default() };
    Row {
        id: role.id.to_string(),
        cells: vec![
            vec![who.into()],
            allowed(t, role.permissions),
            vec![Inline::text(t.count(Plural::OrganizationMembersCount, role.members))],
        ],
        actions: vec![
            link(Key::OrganizationEdit, place("")),
            link(Key::OrganizationDelete, place("/delete")),
        ],
    }
}

/// What a role allows, and that it does not show results where that is so (O-21).
fn allowed(t: Texts, permissions: PermissionSet) -> Vec<Inline> {
    let labels: Vec<&str> = permissions.iter().map(|p| t.get(p.label())).collect();
    let mut cell = vec![Inline::text(labels.join(", "))];
    if !permissions.contains(Permission::ViewSalesResults) {
        cell.push(Inline::Break);
        cell.push(Inline::badge(Tone::Neutral, t.get(Key::OrganizationNoResults)));
    }
    cell
}

/// The page that makes a role, empty or like another one.
pub(super) async fn new(visit: Visit) -> Result<Panel> {
    let access: Manage = enter(&visit).await?;
    let t = visit.t;
    let like = visit.query("like");
    let preset = StoreRole::from_code(like);
    let permissions = preset.map_or(StoreRole::Analyst.permissions(), StoreRole::permissions);
    let name = preset.map_or(String::new(), |preset| {
        t.fill(Key::OrganizationCopyOf, &[("role", t.get(preset.label()))])
    });
    let form = form(t, &access, None, &name, permissions, 0);
    let mut panel =
        Panel::new(t.get(Key::OrganizationNewRole), t.get(Key::OrganizationRoleIntro)).with(form);
    panel.actions = vec![back(t, &access)];
    Ok(panel)
}

fn back(t: Texts, access: &Manage) -> Link {
    Link::button(t.get(Key::OrganizationRolesTitle), at(access.organization(), "roles"))
}

/// The form of a role. A box for what everybody has, or what the editor may not give, is fixed.
fn form(
    t: Texts,
    access: &Manage,
    id: Option<&RoleId>,
    name: &str,
    permissions: PermissionSet,
    version: i64,
) -> Form {
    let grantable = if access.role().manages() { PermissionSet::ALL } else { PermissionSet::EMPTY };
    let groups = PermissionGroup::ALL.map(|group| {
        let choices = group.permissions().map(|permission| {
            let mut choice = Choice::new(permission.code(), t.get(permission.label()))
                .help(t.get(permission.description()));
            if permission == Permission::ViewStore {
                choice.disabled = true;
            } else if !grantable.contains(permission) {
                choice.disabled = true;
                choice.help = t.get(Key::OrganizationNotYours).to_owned();
            }
            choice
        });
        ChoiceGroup { label: t.get(group.label()).to_owned(), choices: choices.collect() }
    });
    let codes: Vec<&str> = permissions.iter().map(Permission::code).collect();
    let boxes = Kind::Checks(groups.to_vec());
    Form::new(SaveRole::PATH, t.get(Key::CommonSave))
        .hidden("organization", access.organization())
        .hidden("role", id.map(RoleId::as_str).unwrap_or_default())
        .hidden("version", version)
        .field(
            Field::new("name", Kind::Text, t.get(Key::OrganizationRoleName))
                .required()
                .max(60)
                .value(name),
        )
        .field(
            Field::new("permissions", boxes, t.get(Key::OrganizationAllows)).value(codes.join(",")),
        )
        .cancel(Link::new(t.get(Key::CommonCancel), at(access.organization(), "roles")))
}

async fn find(visit: &Visit, access: &Manage) -> Result<CustomRole> {
    let id: RoleId = visit.param("role")?;
    let all = custom(&visit.domain, access).await?;
    all.into_iter().find(|role| role.id == id).ok_or(Error::NotFound)
}

/// The page that changes a role.
pub(super) async fn edit(visit: Visit) -> Result<Panel> {
    let access: Manage = enter(&visit).await?;
    let t = visit.t;
    let role = find(&visit, &access).await?;
    let form = form(t, &access, Some(&role.id), &role.name, role.permissions, role.version);
    let mut panel = Panel::new(role.name.clone(), t.get(Key::OrganizationRoleIntro)).with(form);
    panel.actions = vec![back(t, &access)];
    panel.meta = t.count(Plural::OrganizationMembersCount, role.members);
    Ok(panel)
}

/// What a change means for those who have the role, before it is saved.
pub(super) async fn check(visit: Visit) -> Result<Panel> {
    let access: Manage = enter(&visit).await?;
    let t = visit.t;
    let role = find(&visit, &access).await?;
    let codes = visit.query("permissions").split(',').map(str::to_owned).collect();
    let version = visit.query("version").parse().unwrap_or(role.version);
    let wanted = RoleForm { name: visit.query("name").to_owned(), permissions: codes, version };
    let change = affected(&visit.domain, &access, &role.id, wanted.wanted()).await?;
    let confirm = Form::new(SaveRole::PATH, t.get(Key::OrganizationRoleConfirm))
        .hidden("organization", access.organization())
        .hidden("role", &role.id)
        .hidden("version", version)
        .hidden("name", &wanted.name)
        .hidden("permissions[]", wanted.permissions.join(","))
        .hidden("confirmed", "on")
        .cancel(Link::new(
            t.get(Key::CommonCancel),
            at(access.organization(), &format!("roles/{}", role.id)),
        ));
    let mut panel = Panel::new(
        t.fill(Key::OrganizationCheckTitle, &[("role", &role.name)]),
        t.get(Key::OrganizationCheckIntro),
    );
    for block in consequences(t, &change) {
        panel = panel.with(block);
    }
    Ok(panel.with(confirm))
}

fn consequences(t: Texts, change: &Affected) -> Vec<Block> {
    let words = |set: PermissionSet| {
        let labels: Vec<&str> = set.iter().map(|p| t.get(p.label())).collect();
        let text = if labels.is_empty() { "–".to_owned() } else { labels.join(", ") };
        vec![Inline::text(text)]
    };
    let mut blocks = vec![Block::Facts(vec![
        (t.get(Key::OrganizationGained).to_owned(), words(change.gained)),
        (t.get(Key::OrganizationLost).to_owned(), words(change.lost)),
    ])];
    blocks.extend(impact::blocks(t, &people(change)));
    blocks
}

fn people(change: &Affected) -> Impact {
    Impact { people: change.people.clone(), ..Impact::default() }
}

/// The pop-up that deletes a role: who has it, and what they get instead.
pub(super) async fn delete(visit: Visit) -> Result<Panel> {
    let access: Manage = enter(&visit).await?;
    let t = visit.t;
    let role = find(&visit, &access).await?;
    let mut panel = panel(&visit, &access).await?;
    let change = affected(&visit.domain, &access, &role.id, PermissionSet::EMPTY).await?;
    let presets = StoreRole::ALL.map(|preset| Choice::new(preset.code(), t.get(preset.label())));
    let others = custom(&visit.domain, &access).await?.into_iter().filter(|r| r.id != role.id);
    let others = others.map(|role| Choice::new(role.id.to_string(), role.name));
    let none = Choice::new("", t.get(Key::OrganizationNoReplacement));
    let choices: Vec<Choice> = std::iter::once(none).chain(presets).chain(others).collect();
    let back = at(access.organization(), "roles");
    let field = Field::new(
        "replacement",
        Kind::Select(choices.into()),
        t.get(Key::OrganizationReplacement),
    );
    let form = Form::new(DropRole::PATH, t.get(Key::OrganizationDelete))
        .hidden("organization", access.organization())
        .hidden("role", &role.id)
        .field(field.help(t.get(Key::OrganizationReplacementHelp)))
        .look(Look::Danger)
        .cancel(Link::new(t.get(Key::CommonCancel), &back));
    let mut blocks = impact::blocks(t, &people(&change));
    blocks.push(form.into());
    panel.dialog = Some(Box::new(Dialog {
        title: t.fill(Key::OrganizationDeleteTitle, &[("role", &role.name)]),
        back,
        blocks,
        wide: false,
    }));
    Ok(panel)
}
