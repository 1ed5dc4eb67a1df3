//! Sign-in straight from connected shops (O-37 to O-39).
use super::{
    api,
    pages::{Access, access, affected, at, confirmed, date, up},
};
use crate::panel::Visit;
use domain::{
    Error, Result,
    shop_sign_in::{self, Shop},
};
use leptos::server_fn::ServerFn as _;
use model::{
    StoreId,
    panel::{
        Banner, Block, Card, Column, Dialog, Empty, Form, Inline, Link, Look, Panel, Row, Table,
        Tone,
    },
    text::{Key, Plural},
};

/// The switch, the stores' secrets, and how a shop signs.
pub(super) async fn list(visit: &Visit) -> Result<Panel> {
    let access = access(visit).await?;
    let now = shop_sign_in::overview(&visit.domain, &access).await?;
    let t = visit.t;
    let (tone, badge) =
        if now.on { (Tone::Success, Key::SecurityOn) } else { (Tone::Neutral, Key::SecurityOff) };
    let action = if now.on {
        Link::button(t.get(Key::ShopsSwitchOff), at(&access, "shops/off")).into()
    } else {
        Form::new(api::SetShopSignIn::PATH, t.get(Key::ShopsSwitchOn))
            .look(Look::Primary)
            .hidden("organization", access.organization())
            .hidden("on", "on")
            .into()
    };
    let text = if now.on { Key::ShopsOn } else { Key::ShopsOff };
    let switch = Card {
        badge: Some((tone, t.get(badge).to_owned())),
        ..Card::new("switch", t.get(Key::ShopsSwitch), t.get(text))
    };
    Ok(Panel::new(t.get(Key::ShopsTitle), t.get(Key::ShopsIntro))
        .with(Block::Actions(vec![up(visit, &access).into()]))
        .with(switch.with(Block::Actions(vec![action])))
        .with(secrets(visit, &access, &now.shops))
        .with(how_to(visit)))
}

fn secrets(visit: &Visit, access: &Access, shops: &[Shop]) -> Card {
    let t = visit.t;
    let row = |shop: &Shop| {
        let (since, label) = match shop.since {
            Some(since) => (Inline::text(date(visit, since)), Key::ShopsSecretNew),
            None => (Inline::Muted(t.get(Key::ShopsSecretNone).into()), Key::ShopsSecretMake),
        };
        let href = at(access, &format!("shops/{}/secret", shop.store));
        let name = t.fill(Key::ShopsSecretOf, &[("store", &shop.name)]);
        Row {
            id: shop.store.to_string(),
            cells: vec![vec![Inline::text(shop.name.clone())], vec![since]],
            actions: vec![Link::new(t.get(label), href).look(Look::Quiet).named(name).into()],
        }
    };
    let table = Table {
        caption: t.get(Key::ShopsSecrets).into(),
        columns: vec![
            Column::new(t.get(Key::ShopsStore)),
            Column::new(t.get(Key::ShopsSecretSince)).nowrap(),
            Column::actions(t.get(Key::SecurityActions)),
        ],
        rows: shops.iter().map(row).collect(),
        empty: Some(Box::new(Empty {
            icon: "store".into(),
            title: t.get(Key::ShopsNone).into(),
            ..Empty::default()
        })),
        ..Table::default()
    };
    let (title, help) = (t.get(Key::ShopsSecrets), t.get(Key::ShopsSecretsHelp));
    Card { wide: true, ..Card::new("secrets", title, help) }.with(table)
}

fn how_to(visit: &Visit) -> Card {
    let t = visit.t;
    let link = format!(
        "{}/account/from-shop?store=STORE&email=EMAIL&at=TIME&nonce=NONCE&signature=SIGNATURE",
        visit.domain.options.public_url
    );
    let fact = |name: &str, key: Key| (name.to_owned(), vec![Inline::text(t.get(key))]);
    Card::new("how-to", t.get(Key::ShopsHow), t.get(Key::ShopsHowText))
        .with(Block::Text(vec![Inline::Code(link)]))
        .with(Block::Facts(vec![
            fact("STORE", Key::ShopsHowStore),
            fact("EMAIL", Key::ShopsHowEmail),
            fact("TIME", Key::ShopsHowTime),
            fact("NONCE", Key::ShopsHowNonce),
            fact("SIGNATURE", Key::ShopsHowSignature),
        ]))
}

/// The question whether to switch it off, with whom that concerns (A7).
pub(super) async fn off(visit: &Visit) -> Result<Panel> {
    let access = confirmed(visit).await?;
    let people = shop_sign_in::used_by(&visit.domain, &access).await?;
    let t = visit.t;
    let count = i64::try_from(people.len()).unwrap_or_default();
    let form = Form::new(api::SetShopSignIn::PATH, t.get(Key::ShopsSwitchOff))
        .look(Look::Danger)
        .hidden("organization", access.organization())
        .cancel(Link::button(t.get(Key::CommonCancel), at(&access, "shops")));
    let mut blocks = vec![
        Block::Text(vec![Inline::text(t.get(Key::ShopsOffText))]),
        Block::Text(vec![Inline::text(t.count(Plural::ShopsOffUsers, count))]),
    ];
    if !people.is_empty() {
        blocks.push(affected(visit, people).into());
    }
    blocks.push(form.into());
    let dialog = Dialog {
        title: t.get(Key::ShopsSwitchOff).into(),
        back: at(&access, "shops"),
        blocks,
        wide: true,
    };
    Ok(Panel { dialog: Some(Box::new(dialog)), ..list(visit).await? })
}

/// The question whether to make a secret, and then the secret itself, once.
pub(super) async fn secret(visit: &Visit) -> Result<Panel> {
    let access = confirmed(visit).await?;
    let store: StoreId = visit.param("store")?;
    let now = shop_sign_in::overview(&visit.domain, &access).await?;
    let shop = now.shops.iter().find(|shop| shop.store == store).ok_or(Error::NotFound)?;
    let t = visit.t;
    let shown = match visit.query("shown") {
        "" => None,
        sealed => shop_sign_in::reveal(&visit.domain, &access, &store, sealed),
    };
    let blocks = match shown {
        Some(secret) => vec![
            Banner::new(Tone::Warning, t.get(Key::ShopsSecretOnce)).into(),
            Block::Codes(vec![secret]),
            Block::Actions(vec![
                Link::button(t.get(Key::ShopsSecretDone), at(&access, "shops"))
                    .look(Look::Primary)
                    .into(),
            ]),
        ],
        None => {
            let text = match shop.since {
                Some(_) => Key::ShopsSecretReplaces,
                None => Key::ShopsSecretFirst,
            };
            let form = Form::new(api::MakeShopSecret::PATH, t.get(Key::ShopsSecretMake))
                .hidden("organization", access.organization())
                .hidden("store", &store)
                .cancel(Link::button(t.get(Key::CommonCancel), at(&access, "shops")));
            vec![Block::Text(vec![Inline::text(t.get(text))]), form.into()]
        }
    };
    let title = t.fill(Key::ShopsSecretOf, &[("store", &shop.name)]);
    let dialog = Dialog { title, back: at(&access, "shops"), blocks, wide: false };
    Ok(Panel { dialog: Some(Box::new(dialog)), ..list(visit).await? })
}
