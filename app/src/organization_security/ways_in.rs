//! The ways in that belong to an organization, as those see them who come by them.
use super::api;
use crate::{panel::Visit, path::local};
use domain::{
    Error, Result, format,
    shop_sign_in::{self, Link as ShopLink},
    single_sign_on::{self, Linked, Problem},
};
use leptos::server_fn::ServerFn as _;
use model::{
    OrganizationId,
    panel::{
        Banner, Block, Card, Column, Empty, Field, Form, Inline, Kind, Link, Look, Panel, Row,
        Table, Tone,
    },
    text::Key,
};

/// Asks for the address at work, or leads members of one organization to its provider.
pub(super) async fn sign_on(visit: &Visit) -> Result<Panel> {
    let t = visit.t;
    let mut panel = Panel::new(t.get(Key::SignOnTitle), t.get(Key::SignOnIntro));
    if let Some(problem) = Problem::from_code(visit.query("problem")) {
        panel = panel.with(Banner::new(Tone::Warning, t.get(problem.text())));
    }
    let next = match visit.query("next") {
        "" => "/",
        next => local(next),
    };
    let organization: Option<OrganizationId> = visit.query("organization").parse().ok();
    let form = match organization {
        Some(organization) => Form::new(api::StartSignOn::PATH, t.get(Key::SignOnGo))
            .hidden("organization", organization)
            .hidden("next", next),
        None => Form::new(api::StartSignOn::PATH, t.get(Key::SignOnGo)).hidden("next", next).field(
            Field::new("email", Kind::Email, t.get(Key::SignOnEmail))
                .required()
                .autofill("email")
                .help(t.get(Key::SignOnEmailHelp)),
        ),
    };
    let password = Link::new(t.get(Key::SignOnPassword), "/sign-in");
    Ok(panel.with(form).with(Block::Actions(vec![password.into()])))
}

/// Says whose provider it is that people are about to go to.
pub(super) async fn go_on(visit: &Visit) -> Result<Panel> {
    let t = visit.t;
    let state: String = visit.param("state")?;
    let waiting = single_sign_on::waiting(&visit.domain, &state).await?;
    let host = host(&waiting.url).to_owned();
    let text = [("organization", waiting.organization.as_str()), ("host", &host)];
    let go = Link::button(t.fill(Key::SignOnGoTo, &[("host", &host)]), &waiting.url)
        .look(Look::Primary)
        .external();
    Ok(Panel::new(t.get(Key::SignOnTitle), t.fill(Key::SignOnGoText, &text))
        .with(Block::Actions(vec![go.into()])))
}

/// The host and port of an address.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

/// The organizations of a person that have a provider, to be linked or not.
pub(super) async fn links(visit: &Visit) -> Result<Panel> {
    let signed_in = visit.actor()?;
    let linked = single_sign_on::linked(&visit.domain, signed_in).await?;
    let (t, now) = (visit.t, visit.domain.now());
    let row = |link: &Linked| {
        let state = match link.used_at {
            Some(used) => Inline::text(format::relative_time(t, now, used)),
            None => Inline::Muted(t.get(Key::SignOnNotLinked).into()),
        };
        let (path, label, name) = match link.used_at {
            Some(_) => (api::Unlink::PATH, Key::SignOnUnlink, Key::SignOnUnlinkOf),
            None => (api::LinkSignOn::PATH, Key::SignOnLink, Key::SignOnLinkOf),
        };
        let form = Form::new(path, t.get(label))
            .look(Look::Quiet)
            .named(t.fill(name, &[("organization", &link.name)]))
            .hidden("organization", &link.organization);
        Row {
            id: link.organization.to_string(),
            cells: vec![
                vec![Inline::text(link.name.clone())],
                vec![Inline::Code(host(&link.issuer).to_owned())],
                vec![state],
            ],
            actions: vec![form.into()],
        }
    };
    let table = Table {
        caption: t.get(Key::SignOnLinks).into(),
        columns: vec![
            Column::new(t.get(Key::SignOnOrganization)),
            Column::new(t.get(Key::SignOnProvider)),
            Column::new(t.get(Key::SignOnUsed)).nowrap(),
            Column::actions(t.get(Key::SecurityActions)),
        ],
        rows: linked.iter().map(row).collect(),
        empty: Some(Box::new(Empty {
            icon: "lock".into(),
            title: t.get(Key::SignOnLinksNone).into(),
            text: t.get(Key::SignOnLinksNoneText).into(),
            ..Empty::default()
        })),
        ..Table::default()
    };
    let mut panel = Panel::new(t.get(Key::SignOnLinks), t.get(Key::SignOnLinksIntro));
    if let Some(problem) = Problem::from_code(visit.query("problem")) {
        panel = panel.with(Banner::new(Tone::Warning, t.get(problem.text())));
    }
    Ok(panel
        .with(Card { wide: true, ..Card::new("links", t.get(Key::SignOnLinks), "") }.with(table)))
}

/// What a shop's link leads to: a button, because opening a page must change nothing.
pub(super) async fn from_shop(visit: &Visit) -> Result<Panel> {
    let t = visit.t;
    let query = |name: &str| visit.query(name).to_owned();
    let link = ShopLink {
        store: query("store"),
        email: query("email"),
        at: query("at"),
        nonce: query("nonce"),
        signature: query("signature"),
    };
    let title = t.get(Key::FromShopTitle);
    let store = match shop_sign_in::greet(&visit.domain, &link).await {
        Ok(store) => store,
        Err(Error::Refused(refusal)) => {
            let sign_in = Link::button(t.get(Key::SignOnPassword), "/sign-in");
            return Ok(Panel::new(title, "")
                .with(Banner::new(Tone::Warning, t.get(refusal.text())))
                .with(Block::Actions(vec![sign_in.into()])));
        }
        Err(error) => return Err(error),
    };
    let text = t.fill(Key::FromShopIntro, &[("store", &store), ("email", &link.email)]);
    let form = Form::new(api::EnterFromShop::PATH, t.get(Key::FromShopGo))
        .hidden("store", &link.store)
        .hidden("email", &link.email)
        .hidden("at", &link.at)
        .hidden("nonce", &link.nonce)
        .hidden("signature", &link.signature);
    Ok(Panel::new(title, text).with(form))
}
