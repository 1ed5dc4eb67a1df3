//! The page of every section that the settings engine serves.
use super::api::Save;
use crate::{
    layout::first_tab,
    panel::{Page, Visit},
    path::Path,
};
use domain::{Error, Result, access, settings};
use leptos::server_fn::ServerFn;
use model::{
    OrganizationId, StoreId,
    panel::{self, Block, Form, Inline, Link, Panel},
    settings::{Field, Information, Kind, Place, Section, Settings as _},
    text::{Key, Texts},
    view::SectionView,
};

/// The pages.
pub const PAGES: &[Page] = &[
    Page {
        pattern: "/stores/{store}/settings",
        panel: |visit| Box::pin(async move { home(&visit) }),
    },
    Page {
        pattern: "/stores/{store}/settings/{group}/{section}",
        panel: |visit| Box::pin(section(visit)),
    },
    Page {
        pattern: "/organizations/{organization}/information",
        panel: |visit| Box::pin(information(visit)),
    },
];

/// The address of the settings as a whole leads to the first tab.
fn home(visit: &Visit) -> Result<Panel> {
    visit.actor()?;
    Ok(Panel::redirect(first_tab(visit.param::<StoreId>("store")?)))
}

/// A section of a store's settings.
async fn section(visit: Visit) -> Result<Panel> {
    let store = visit.param::<StoreId>("store")?;
    let (group, key) = (visit.param::<String>("group")?, visit.param::<String>("section")?);
    let section = Section::find(&group, &key).ok_or(Error::NotFound)?;
    of(visit, Place::Store(store), section).await
}

/// What an organization says of itself (O-02).
async fn information(visit: Visit) -> Result<Panel> {
    let organization = visit.param::<OrganizationId>("organization")?;
    of(visit, Place::Organization(organization), Information::SECTION).await
}

async fn of(visit: Visit, place: Place, section: &'static Section) -> Result<Panel> {
    let t = visit.t;
    let access =
        access::section_view(&visit.domain, visit.actor()?, place.clone(), section).await?;
    let view = settings::view(&visit.domain, &access).await?;
    let mut panel = Panel::new(t.get(section.title), t.get(section.intro));
    panel.meta = match &view.last_change {
        Some(change) => {
            t.fill(Key::SettingsLastChange, &[("person", &change.by), ("time", &change.at)])
        }
        None => t.get(Key::SettingsNeverChanged).to_owned(),
    };
    if !view.editable {
        let why = Inline::Muted(t.get(Key::SettingsReadOnly).to_owned());
        panel = panel.with(Block::Text(vec![why]));
    }
    Ok(panel.with(form(t, &place, section, &view)))
}

/// The form of a section, a card for each of its groups.
fn form(t: Texts, place: &Place, section: &Section, view: &SectionView) -> Form {
    let mut fields = Vec::new();
    for group in section.groups {
        for (index, field) in group.fields.iter().enumerate() {
            let mut field = described(t, field, view);
            field.group = (index == 0).then(|| t.get(group.title).to_owned());
            fields.push(field);
        }
    }
    let here = Path::section(place, section);
    let belongs = match place {
        Place::Store(_) => "_store",
        Place::Organization(_) => "_organization",
    };
    let form = Form::new(Save::PATH, t.get(Key::CommonSave))
        .hidden(belongs, place.id())
        .hidden("_group", section.group.key())
        .hidden("_section", section.key)
        .hidden("_version", view.version)
        .cancel(Link::button(t.get(Key::CommonDiscard), here).external());
    let form = Form { fields, cards: true, multipart: true, guarded: view.editable, ..form };
    if view.editable { form } else { Form { buttons: Vec::new(), cancel: None, ..form } }
}

/// The field as the form's controls know it.
fn described(t: Texts, field: &Field, view: &SectionView) -> panel::Field {
    let stored = view.values.get(field.key).cloned().unwrap_or_else(|| field.default_value());
    let kind = match field.kind {
        Kind::Text => panel::Kind::Text,
        Kind::Email => panel::Kind::Email,
        Kind::Url { hosts } => {
            panel::Kind::Url(hosts.iter().map(|host| (*host).to_owned()).collect())
        }
        Kind::Phone => panel::Kind::Phone,
        Kind::Lines => panel::Kind::Lines(2),
        Kind::Select(_) => {
            panel::Kind::Select(view.choices.get(field.key).cloned().unwrap_or_default())
        }
        Kind::Toggle => panel::Kind::Toggle,
        Kind::Image => panel::Kind::Image(match stored.as_input() {
            "" => String::new(),
            id => Path::Image(id.to_owned()).to_string(),
        }),
    };
    panel::Field {
        name: field.key.to_owned(),
        kind,
        label: t.get(field.label).to_owned(),
        help: field.help.map(|key| t.get(key).to_owned()).unwrap_or_default(),
        value: stored.as_input().to_owned(),
        required: field.required,
        fixed: !view.editable,
        max: field.max,
        autofill: field.autofill.to_owned(),
        half: field.half,
        group: None,
    }
}
