//! The organization's stores (O-04).
use super::{
    api::{ArchiveStore, RegisterStore},
    list::{at, enter},
};
use crate::{impact, panel::Visit, path::Path};
use domain::{
    Result,
    access::{ManageStores, OrganizationAccess, OrganizationMembership, ViewOrganization},
    format,
    organization::{self, OwnStore, stores},
};
use leptos::server_fn::ServerFn as _;
use model::{
    StoreId,
    panel::{
        Block, Column, Dialog, Empty, Field, Form, Inline, Kind, Link, Look, Panel, Row, Table, Who,
    },
    text::Key,
};

/// The table.
pub(super) async fn list(visit: Visit) -> Result<Panel> {
    let access: OrganizationAccess<ViewOrganization> = enter(&visit).await?;
    panel(&visit, &access).await
}

async fn panel(visit: &Visit, access: &OrganizationMembership) -> Result<Panel> {
    let t = visit.t;
    let manages = access.role().manages();
    let own = stores(&visit.domain, access, t).await?;
    let rows = own.into_iter().map(|store| row(visit, access, store));
    let table = Table {
        caption: t.get(Key::OrganizationStoresTitle).to_owned(),
        columns: vec![
            Column::new(t.get(Key::OrganizationStore)),
            Column::new(t.get(Key::OrganizationWebPage)),
            Column::new(t.get(Key::OrganizationSince)).nowrap(),
            Column::new(t.get(Key::OrganizationMembersTitle)),
            Column::new(t.get(Key::OrganizationYourRole)),
            Column::actions(t.get(Key::OrganizationActions)),
        ],
        rows: rows.collect(),
        empty: Some(Box::new(Empty {
            icon: "store".to_owned(),
            title: t.get(Key::OrganizationNoStores).to_owned(),
            ..Empty::default()
        })),
        ..Table::default()
    };
    let mut panel = Panel::new(
        t.get(Key::OrganizationStoresTitle),
        t.fill(Key::OrganizationStoresIntro, &[("organization", access.name())]),
    )
    .with(table);
    if manages {
        let new = at(access.organization(), "stores/new");
        let new = Link::new(t.get(Key::OrganizationRegister), new);
        panel.actions = vec![new.look(Look::Primary).icon("plus")];
    }
    Ok(panel)
}

fn row(visit: &Visit, access: &OrganizationMembership, store: OwnStore) -> Row {
    let t = visit.t;
    let who = Who {
        name: store.name.clone(),
        badge: store.archived.then(|| t.get(Key::OrganizationArchived).to_owned()),
        picture: store.logo,
        square: true,
        href: (store.role.is_some() && !store.archived)
            .then(|| Path::Store(store.id.clone()).to_string()),
        ..Who::default()
    };
    let page = match store.url.as_str() {
        "" => Inline::Muted("–".to_owned()),
        url => Inline::Link(Link::new(url, url).external()),
    };
    let role = match store.role {
        Some(role) => Inline::text(role),
        None => Inline::Muted(t.get(Key::OrganizationNoAccess).to_owned()),
    };
    let actions = match (access.role().manages(), store.archived) {
        (false, _) => Vec::new(),
        (true, true) => vec![
            Form::new(ArchiveStore::PATH, t.get(Key::OrganizationRestore))
                .hidden("organization", access.organization())
                .hidden("store", &store.id)
                .hidden("archived", "")
                .look(Look::Quiet)
                .named(format!("{} {}", t.get(Key::OrganizationRestore), store.name))
                .into(),
        ],
        (true, false) => {
            let place = at(access.organization(), &format!("stores/{}/archive", store.id));
            let named = format!("{} {}", t.get(Key::OrganizationArchive), store.name);
            let link = Link::new(t.get(Key::OrganizationArchive), place);
            vec![link.look(Look::Quiet).named(named).into()]
        }
    };
    let members = if store.members >= 1000 { "1000+".into() } else { store.members.to_string() };
    Row {
        id: store.id.to_string(),
        cells: vec![
            vec![who.into()],
            vec![page],
            vec![Inline::text(format::date(t, "UTC", store.created_at))],
            vec![Inline::text(members)],
            vec![role],
        ],
        actions,
    }
}

/// The pop-up that registers a store.
pub(super) async fn new(visit: Visit) -> Result<Panel> {
    let access: OrganizationAccess<ManageStores> = enter(&visit).await?;
    let mut panel = panel(&visit, &access).await?;
    let t = visit.t;
    let back = at(access.organization(), "stores");
    let form = Form::new(RegisterStore::PATH, t.get(Key::OrganizationRegister))
        .hidden("organization", access.organization())
        .field(Field::new("name", Kind::Text, t.get(Key::OrganizationStoreName)).required().max(80))
        .field(Field::new("url", Kind::Url(Vec::new()), t.get(Key::OrganizationWebPage)))
        .cancel(Link::new(t.get(Key::CommonCancel), &back));
    panel.dialog = Some(Box::new(Dialog {
        title: t.get(Key::OrganizationRegister).to_owned(),
        back,
        blocks: vec![
            Block::Text(vec![Inline::text(t.get(Key::OrganizationRegisterText))]),
            form.into(),
        ],
        wide: false,
    }));
    Ok(panel)
}

/// The pop-up that archives a store: who loses access.
pub(super) async fn archive(visit: Visit) -> Result<Panel> {
    let access: OrganizationAccess<ManageStores> = enter(&visit).await?;
    let id: StoreId = visit.param("store")?;
    let (name, affected) = organization::impact(&visit.domain, &access, &id).await?;
    let mut panel = panel(&visit, &access).await?;
    let t = visit.t;
    let back = at(access.organization(), "stores");
    let form = Form::new(ArchiveStore::PATH, t.get(Key::OrganizationArchive))
        .hidden("organization", access.organization())
        .hidden("store", &id)
        .hidden("archived", "on")
        .look(Look::Danger)
        .cancel(Link::new(t.get(Key::CommonCancel), &back));
    let mut blocks = vec![Block::Text(vec![Inline::text(t.get(Key::OrganizationArchiveText))])];
    blocks.extend(impact::blocks(t, &affected));
    blocks.push(form.into());
    panel.dialog = Some(Box::new(Dialog {
        title: t.fill(Key::OrganizationArchiveTitle, &[("store", &name)]),
        back,
        blocks,
        wide: false,
    }));
    Ok(panel)
}
