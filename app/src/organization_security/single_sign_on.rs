//! The settings of single sign-on.
use super::{
    api,
    pages::{Access, access, affected, at, confirmed, up},
};
use crate::panel::Visit;
use domain::{
    Result,
    single_sign_on::{self, Overview, Problem},
};
use leptos::server_fn::ServerFn as _;
use model::{
    access::StoreRole,
    panel::{
        Banner, Block, Card, Choice, ChoiceGroup, Dialog, Field, Form, Inline, Kind, Link, Look,
        Panel, Tone,
    },
    text::{Key, Plural},
};

/// Settings, test, enforcement.
pub(super) async fn settings(visit: &Visit) -> Result<Panel> {
    let access = access(visit).await?;
    let now = single_sign_on::overview(&visit.domain, &access).await?;
    let t = visit.t;
    let mut panel = Panel::new(t.get(Key::SsoTitle), t.get(Key::SsoIntro))
        .with(Block::Actions(vec![up(visit, &access).into()]));
    if let Some(banner) = tested(visit) {
        panel = panel.with(banner);
    }
    panel = panel.with(provider(visit, &access, &now));
    if !now.set_up() {
        return Ok(panel);
    }
    Ok(panel.with(try_it(visit, &access)).with(enforcement(visit, &access, &now)))
}

/// What came of a test.
fn tested(visit: &Visit) -> Option<Banner> {
    let t = visit.t;
    match visit.query("tested") {
        "" => None,
        "ok" => Some(Banner::new(Tone::Success, t.get(Key::SsoTested))),
        code => Some(Banner::new(Tone::Warning, t.get(Problem::from_code(code)?.text()))),
    }
}

fn provider(visit: &Visit, access: &Access, now: &Overview) -> Card {
    let t = visit.t;
    let chosen: Vec<&str> = now.chosen.iter().map(|choice| choice.store.as_str()).collect();
    let stores = now.stores.iter().map(|(id, name)| Choice::new(id.as_str(), name.as_str()));
    let roles = StoreRole::ALL.into_iter().filter(|role| *role != StoreRole::Administrator);
    let roles: Vec<Choice> =
        roles.map(|role| Choice::new(role.code(), t.get(role.label()))).collect();
    let role = now.chosen.first().map_or(StoreRole::Marketer.code(), |choice| &choice.role);
    let secret = if now.secret { Key::SsoSecretKept } else { Key::SsoSecretHelp };
    let form = Form::new(api::SaveSingleSignOn::PATH, t.get(Key::CommonSave))
        .hidden("organization", access.organization())
        .field(
            Field::new("issuer", Kind::Text, t.get(Key::SsoIssuer))
                .required()
                .max(300)
                .value(now.issuer.clone())
                .help(t.get(Key::SsoIssuerHelp)),
        )
        .field(
            Field::new("client", Kind::Text, t.get(Key::SsoClient))
                .required()
                .max(300)
                .value(now.client.clone())
                .half(),
        )
        .field(
            Field::new("secret", Kind::Password { new: false }, t.get(Key::SsoSecret))
                .help(t.get(secret))
                .autofill("off")
                .half(),
        )
        .field(
            Field::new("domains", Kind::Text, t.get(Key::SsoDomains))
                .max(1000)
                .value(now.domains.replace(',', ", "))
                .help(t.get(Key::SsoDomainsHelp)),
        )
        .field(
            Field::new("join", Kind::Toggle, t.get(Key::SsoJoin))
                .on(now.join)
                .help(t.get(Key::SsoJoinHelp))
                .group(t.get(Key::SsoJoinGroup)),
        )
        .field(
            Field::new(
                "stores",
                Kind::Checks(vec![ChoiceGroup { label: String::new(), choices: stores.collect() }]),
                t.get(Key::SsoStores),
            )
            .value(chosen.join(",")),
        )
        .field(
            Field::new("role", Kind::Select(roles.into()), t.get(Key::SsoRole))
                .required()
                .value(role)
                .help(t.get(Key::SsoRoleHelp)),
        );
    let mut card = Card::new("provider", t.get(Key::SsoProvider), t.get(Key::SsoProviderHelp))
        .with(Block::Facts(vec![(
            t.get(Key::SsoRedirect).to_owned(),
            vec![Inline::Code(now.redirect.clone())],
        )]));
    card = card.with(form);
    if now.set_up() {
        let remove = Link::button(t.get(Key::SsoRemove), at(access, "single-sign-on/remove"));
        card = card.with(Block::Actions(vec![remove.into()]));
    }
    card
}

/// Asks the provider, and shows where members go to.
fn try_it(visit: &Visit, access: &Access) -> Card {
    let t = visit.t;
    let test = Form::new(api::TestSingleSignOn::PATH, t.get(Key::SsoTest))
        .look(Look::Button)
        .hidden("organization", access.organization());
    let link = format!(
        "{}/account/sso?organization={}",
        visit.domain.options.public_url,
        access.organization()
    );
    Card::new("test", t.get(Key::SsoTry), t.get(Key::SsoTryHelp))
        .with(Block::Facts(vec![(t.get(Key::SsoLink).to_owned(), vec![Inline::Code(link)])]))
        .with(Block::Actions(vec![test.into()]))
}

fn enforcement(visit: &Visit, access: &Access, now: &Overview) -> Card {
    let t = visit.t;
    let (tone, badge) = if now.enforced {
        (Tone::Success, Key::SecurityOn)
    } else {
        (Tone::Neutral, Key::SecurityOff)
    };
    let action = if now.enforced {
        Form::new(api::EnforceSingleSignOn::PATH, t.get(Key::SsoEnforceStop))
            .look(Look::Button)
            .hidden("organization", access.organization())
            .into()
    } else {
        let href = at(access, "single-sign-on/enforce");
        Link::button(t.get(Key::SsoEnforceStart), href).into()
    };
    Card {
        badge: Some((tone, t.get(badge).to_owned())),
        ..Card::new("enforce", t.get(Key::SsoEnforce), t.get(Key::SsoEnforceHelp))
    }
    .with(Block::Actions(vec![action]))
}

async fn over(visit: &Visit, access: &Access, title: Key, blocks: Vec<Block>) -> Result<Panel> {
    let back = at(access, "single-sign-on");
    let dialog = Dialog { title: visit.t.get(title).into(), back, blocks, wide: true };
    Ok(Panel { dialog: Some(Box::new(dialog)), ..settings(visit).await? })
}

fn back(visit: &Visit, access: &Access) -> Link {
    Link::button(visit.t.get(Key::CommonCancel), at(access, "single-sign-on"))
}

/// The question whether to enforce it, with whom that concerns (A7).
pub(super) async fn enforce(visit: &Visit) -> Result<Panel> {
    let access = confirmed(visit).await?;
    let people = single_sign_on::without_identity(&visit.domain, &access).await?;
    let t = visit.t;
    let count = i64::try_from(people.len()).unwrap_or_default();
    let form = Form::new(api::EnforceSingleSignOn::PATH, t.get(Key::SsoEnforce))
        .hidden("organization", access.organization())
        .hidden("on", "on")
        .cancel(back(visit, &access));
    let mut blocks = vec![
        Block::Text(vec![Inline::text(t.get(Key::SsoEnforceText))]),
        Block::Text(vec![Inline::text(t.count(Plural::SsoEnforceLacking, count))]),
    ];
    if !people.is_empty() {
        blocks.push(affected(visit, people).into());
    }
    blocks.push(form.into());
    over(visit, &access, Key::SsoEnforceStart, blocks).await
}

/// The question whether to take the provider away.
pub(super) async fn remove(visit: &Visit) -> Result<Panel> {
    let access = confirmed(visit).await?;
    let t = visit.t;
    let form = Form::new(api::RemoveSingleSignOn::PATH, t.get(Key::SsoRemove))
        .look(Look::Danger)
        .hidden("organization", access.organization())
        .cancel(back(visit, &access));
    let text = Block::Text(vec![Inline::text(t.get(Key::SsoRemoveText))]);
    over(visit, &access, Key::SsoRemove, vec![text, form.into()]).await
}
