//! The page of an organization's security, and where the others are.
use super::{addresses, api, shops, single_sign_on, ways_in};
use crate::{
    panel::{Page, Visit},
    path::Path,
};
use domain::{
    Result,
    access::{ManageSecurity, OrganizationAccess},
    format,
    security::{self, ABSOLUTE_CHOICES, Affected, IDLE_CHOICES, Overview},
};
use leptos::server_fn::ServerFn as _;
use model::{
    OrganizationId,
    panel::{
        Banner, Block, Card, Choice, Column, Dialog, Empty, Field, Form, Inline, Kind, Link, Look,
        Panel, Row, Table, Tone, Who,
    },
    text::{Key, Plural},
};

/// These pages.
pub const PAGES: &[Page] = &[
    Page {
        pattern: "/organizations/{organization}/security",
        panel: |visit| Box::pin(async move { security_panel(&visit).await }),
    },
    Page {
        pattern: "/organizations/{organization}/security/two-factor",
        panel: |visit| Box::pin(async move { two_factor(&visit).await }),
    },
    Page {
        pattern: "/organizations/{organization}/security/addresses",
        panel: |visit| Box::pin(async move { addresses::list(&visit).await }),
    },
    Page {
        pattern: "/organizations/{organization}/security/addresses/new",
        panel: |visit| Box::pin(async move { addresses::add(&visit).await }),
    },
    Page {
        pattern: "/organizations/{organization}/security/addresses/exempt",
        panel: |visit| Box::pin(async move { addresses::exempt(&visit).await }),
    },
    Page {
        pattern: "/organizations/{organization}/security/addresses/{rule}/remove",
        panel: |visit| Box::pin(async move { addresses::remove(&visit).await }),
    },
    Page {
        pattern: "/organizations/{organization}/security/single-sign-on",
        panel: |visit| Box::pin(async move { single_sign_on::settings(&visit).await }),
    },
    Page {
        pattern: "/organizations/{organization}/security/single-sign-on/enforce",
        panel: |visit| Box::pin(async move { single_sign_on::enforce(&visit).await }),
    },
    Page {
        pattern: "/organizations/{organization}/security/single-sign-on/remove",
        panel: |visit| Box::pin(async move { single_sign_on::remove(&visit).await }),
    },
    Page {
        pattern: "/organizations/{organization}/security/shops",
        panel: |visit| Box::pin(async move { shops::list(&visit).await }),
    },
    Page {
        pattern: "/organizations/{organization}/security/shops/off",
        panel: |visit| Box::pin(async move { shops::off(&visit).await }),
    },
    Page {
        pattern: "/organizations/{organization}/security/shops/{store}/secret",
        panel: |visit| Box::pin(async move { shops::secret(&visit).await }),
    },
    Page {
        pattern: "/me/single-sign-on",
        panel: |visit| Box::pin(async move { ways_in::links(&visit).await }),
    },
    Page {
        pattern: "/account/sso",
        panel: |visit| Box::pin(async move { ways_in::sign_on(&visit).await }),
    },
    Page {
        pattern: "/account/sso/{state}",
        panel: |visit| Box::pin(async move { ways_in::go_on(&visit).await }),
    },
    Page {
        pattern: "/account/from-shop",
        panel: |visit| Box::pin(async move { ways_in::from_shop(&visit).await }),
    },
];

pub(super) type Access = OrganizationAccess<ManageSecurity>;

/// Access to the organization that the address names.
pub(super) async fn access(visit: &Visit) -> Result<Access> {
    let organization: OrganizationId = visit.param("organization")?;
    domain::access::organization(&visit.domain, visit.actor()?, &organization).await
}

/// The same for a page with a dangerous form: the person must have proved who they are.
pub(super) async fn confirmed(visit: &Visit) -> Result<Access> {
    let access = access(visit).await?;
    access.signed_in().recently_confirmed(visit.domain.now())?;
    Ok(access)
}

/// A page of this room.
pub(super) fn at(access: &Access, rest: &str) -> String {
    Path::Security(access.organization().clone(), rest.to_owned()).to_string()
}

/// A date in the reader's time zone.
pub(super) fn date(visit: &Visit, time: i64) -> String {
    let zone = visit.actor().map_or("", |signed_in| signed_in.person.time_zone.as_str());
    format::date(visit.t, zone, time)
}

/// A link back to the organization's security.
pub(super) fn up(visit: &Visit, access: &Access) -> Link {
    Link::new(visit.t.get(Key::SecurityTitle), at(access, "")).icon("arrow-left")
}

/// The members whom a demand concerns.
pub(super) fn affected(visit: &Visit, people: Vec<Affected>) -> Table {
    let t = visit.t;
    let row = |person: Affected| Row {
        id: person.person.to_string(),
        cells: vec![
            vec![Who { name: person.name, below: person.email, ..Who::default() }.into()],
            vec![Inline::text(t.get(person.role.label()))],
        ],
        ..Row::default()
    };
    Table {
        caption: t.get(Key::SecurityAffected).into(),
        columns: vec![
            Column::new(t.get(Key::SecurityAffectedPerson)),
            Column::new(t.get(Key::SecurityAffectedRole)),
        ],
        rows: people.into_iter().map(row).collect(),
        empty: Some(Box::new(Empty {
            icon: "circle-check".into(),
            title: t.get(Key::SecurityAffectedNone).into(),
            ..Empty::default()
        })),
        ..Table::default()
    }
}

fn badge(visit: &Visit, on: bool) -> Option<(Tone, String)> {
    let (tone, key) =
        if on { (Tone::Success, Key::SecurityOn) } else { (Tone::Neutral, Key::SecurityOff) };
    Some((tone, visit.t.get(key).to_owned()))
}

async fn security_panel(visit: &Visit) -> Result<Panel> {
    let access = access(visit).await?;
    let now = security::overview(&visit.domain, &access).await?;
    let lacking = match now.two_factor_from {
        Some(_) => security::without_second_factor(&visit.domain, &access).await?,
        None => Vec::new(),
    };
    let t = visit.t;
    Ok(Panel::new(t.get(Key::SecurityTitle), t.get(Key::SecurityIntro))
        .with(two_factor_card(visit, &access, &now, lacking))
        .with(sessions_card(visit, &access, &now))
        .with(domains_card(visit, &access, &now))
        .with(room(visit, &access, &now, Room::Addresses))
        .with(room(visit, &access, &now, Room::SingleSignOn))
        .with(room(visit, &access, &now, Room::Shops)))
}

fn two_factor_card(visit: &Visit, access: &Access, now: &Overview, lacking: Vec<Affected>) -> Card {
    let t = visit.t;
    let card = Card {
        badge: badge(visit, now.two_factor_from.is_some()),
        ..Card::new("two-factor", t.get(Key::SecurityTwoFactor), t.get(Key::SecurityTwoFactorHelp))
    };
    let Some(from) = now.two_factor_from else {
        let link = Link::button(t.get(Key::SecurityTwoFactorDemand), at(access, "two-factor"));
        return card.with(Block::Actions(vec![link.into()]));
    };
    let text = if from <= visit.domain.now() {
        t.get(Key::SecurityTwoFactorNow).to_owned()
    } else {
        t.fill(Key::SecurityTwoFactorFrom, &[("date", &date(visit, from))])
    };
    let count = i64::try_from(lacking.len()).unwrap_or_default();
    let tone = if lacking.is_empty() { Tone::Success } else { Tone::Warning };
    let form = Form::new(api::SetTwoFactor::PATH, t.get(Key::SecurityTwoFactorStop))
        .look(Look::Button)
        .hidden("organization", access.organization());
    let change = Link::button(t.get(Key::SecurityTwoFactorChange), at(access, "two-factor"));
    let card = card
        .with(Block::Text(vec![Inline::text(text)]))
        .with(Banner::new(tone, t.count(Plural::SecurityTwoFactorLacking, count)));
    let card = if lacking.is_empty() { card } else { card.with(affected(visit, lacking)) };
    card.with(Block::Actions(vec![change.into(), form.into()]))
}

/// The question from when on to demand two-factor, with whom it concerns (A7).
async fn two_factor(visit: &Visit) -> Result<Panel> {
    let access = confirmed(visit).await?;
    let lacking = security::without_second_factor(&visit.domain, &access).await?;
    let t = visit.t;
    let count = i64::try_from(lacking.len()).unwrap_or_default();
    let form = Form::new(api::SetTwoFactor::PATH, t.get(Key::SecurityTwoFactorDemand))
        .hidden("organization", access.organization())
        .hidden("on", "on")
        .field(
            Field::new("from", Kind::Date, t.get(Key::SecurityTwoFactorFromLabel))
                .help(t.get(Key::SecurityTwoFactorFromHelp)),
        )
        .cancel(Link::button(t.get(Key::CommonCancel), at(&access, "")));
    let mut blocks = vec![
        Block::Text(vec![Inline::text(t.count(Plural::SecurityTwoFactorLacking, count))]),
        Block::Text(vec![Inline::text(t.get(Key::SecurityTwoFactorMail))]),
    ];
    if !lacking.is_empty() {
        blocks.push(affected(visit, lacking).into());
    }
    blocks.push(form.into());
    let dialog = Dialog {
        title: t.get(Key::SecurityTwoFactorDemand).into(),
        back: at(&access, ""),
        blocks,
        wide: true,
    };
    let panel = security_panel(visit).await?;
    Ok(Panel { dialog: Some(Box::new(dialog)), ..panel })
}

/// A length of time in words.
fn length(visit: &Visit, milliseconds: i64) -> String {
    let minutes = milliseconds / 60_000;
    match minutes {
        _ if minutes % 1440 == 0 => visit.t.count(Plural::SecurityDays, minutes / 1440),
        _ if minutes % 60 == 0 => visit.t.count(Plural::SecurityHours, minutes / 60),
        _ => visit.t.count(Plural::SecurityMinutes, minutes),
    }
}

fn sessions_card(visit: &Visit, access: &Access, now: &Overview) -> Card {
    let t = visit.t;
    let choices = |lengths: &[i64]| {
        let own = |length_: &i64| Choice::new(length_.to_string(), length(visit, *length_));
        let mut choices = vec![Choice::new("", t.get(Key::SecurityNoLimit))];
        choices.extend(lengths.iter().map(own));
        Kind::Select(choices.into())
    };
    let value = |limit: Option<i64>| limit.map_or_else(String::new, |limit| limit.to_string());
    let form = Form::new(api::SetSessionLimits::PATH, t.get(Key::CommonSave))
        .hidden("organization", access.organization())
        .field(
            Field::new("idle", choices(&IDLE_CHOICES), t.get(Key::SecurityIdle))
                .help(t.get(Key::SecurityIdleHelp))
                .value(value(now.idle))
                .half(),
        )
        .field(
            Field::new("absolute", choices(&ABSOLUTE_CHOICES), t.get(Key::SecurityAbsolute))
                .help(t.get(Key::SecurityAbsoluteHelp))
                .value(value(now.absolute))
                .half(),
        );
    Card {
        badge: badge(visit, now.idle.is_some() || now.absolute.is_some()),
        ..Card::new("sessions", t.get(Key::SecuritySessions), t.get(Key::SecuritySessionsHelp))
    }
    .with(form)
}

fn domains_card(visit: &Visit, access: &Access, now: &Overview) -> Card {
    let t = visit.t;
    let form = Form::new(api::SetInvitationDomains::PATH, t.get(Key::CommonSave))
        .hidden("organization", access.organization())
        .field(
            Field::new("domains", Kind::Text, t.get(Key::SecurityDomains))
                .help(t.get(Key::SecurityDomainsHelp))
                .max(1000)
                .value(now.invitation_domains.join(", ")),
        );
    Card {
        badge: badge(visit, !now.invitation_domains.is_empty()),
        ..Card::new(
            "invitations",
            t.get(Key::SecurityInvitations),
            t.get(Key::SecurityInvitationsHelp),
        )
    }
    .with(form)
}

/// What has a page of its own.
enum Room {
    Addresses,
    SingleSignOn,
    Shops,
}

fn room(visit: &Visit, access: &Access, now: &Overview, room: Room) -> Card {
    let t = visit.t;
    let (key, on, title, help, open) = match room {
        Room::Addresses => (
            "addresses",
            now.addresses_only,
            Key::AddressesTitle,
            Key::AddressesIntro,
            Key::AddressesOpen,
        ),
        Room::SingleSignOn => {
            ("single-sign-on", now.single_sign_on, Key::SsoTitle, Key::SsoIntro, Key::SsoOpen)
        }
        Room::Shops => {
            ("shops", now.shop_sign_in, Key::ShopsTitle, Key::ShopsIntro, Key::ShopsOpen)
        }
    };
    let link = Link::button(t.get(open), at(access, key));
    Card { badge: badge(visit, on), ..Card::new(key, t.get(title), t.get(help)) }
        .with(Block::Actions(vec![link.into()]))
}
