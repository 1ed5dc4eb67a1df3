//! The organizations of a person, and what all pages of one share.
use crate::{panel::Visit, path::Path};
use domain::{
    Result,
    access::{OrganizationAccess, OrganizationNeed},
};
use model::{
    OrganizationId,
    panel::{Column, Empty, Inline, Link, Look, Panel, Row, Table, Who},
    text::{Key, Plural},
};

/// Access to the organization that the address names.
pub(super) async fn enter<P: OrganizationNeed>(visit: &Visit) -> Result<OrganizationAccess<P>> {
    let id: OrganizationId = visit.param("organization")?;
    domain::access::organization(&visit.domain, visit.actor()?, &id).await
}

/// An address of the organization.
pub(super) fn at(organization: &OrganizationId, rest: &str) -> String {
    Path::WithinOrganization(organization.clone(), rest.to_owned()).to_string()
}

/// Every organization of the person.
pub(super) async fn organizations(visit: Visit) -> Result<Panel> {
    let viewer = visit.viewer().await?;
    visit.steady();
    let t = visit.t;
    let rows = viewer.organizations.into_iter().map(|organization| {
        let who = Who {
            name: organization.name.clone(),
            square: true,
            href: Some(at(&organization.id, "stores")),
            ..Who::default()
        };
        let stores = i64::try_from(organization.stores.len()).unwrap_or_default();
        let leave = Link::new(t.get(Key::OrganizationLeave), at(&organization.id, "members/leave"))
            .look(Look::Quiet);
        let owner = organization.role == model::access::OrganizationRole::Owner;
        Row {
            id: organization.id.to_string(),
            cells: vec![
                vec![who.into()],
                vec![Inline::text(t.get(organization.role.label()))],
                vec![Inline::text(t.count(Plural::OrganizationStoresCount, stores))],
            ],
            actions: if owner { Vec::new() } else { vec![leave.into()] },
        }
    });
    let table = Table {
        caption: t.get(Key::OrganizationListTitle).to_owned(),
        columns: vec![
            Column::new(t.get(Key::OrganizationName)),
            Column::new(t.get(Key::OrganizationYourRole)),
            Column::new(t.get(Key::OrganizationStoresTitle)),
            Column::actions(t.get(Key::OrganizationActions)),
        ],
        rows: rows.collect(),
        empty: Some(Box::new(Empty {
            icon: "store".to_owned(),
            title: t.get(Key::OrganizationListEmpty).to_owned(),
            ..Empty::default()
        })),
        ..Table::default()
    };
    let title = t.get(Key::OrganizationListTitle);
    Ok(Panel::new(title, t.get(Key::OrganizationListIntro)).with(table))
}
