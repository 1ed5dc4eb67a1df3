use super::{
    api::{BeginTwoFactor, CancelTwoFactor, ConfirmTwoFactor},
    dialogs,
};
use crate::{
    account::text,
    panel::{Page, Visit},
    path::Path,
};
use domain::{
    Error, Result, format, gate,
    passkey::{self, PasskeyView},
    two_factor::{self, Status},
};
use leptos::server_fn::ServerFn;
use model::{
    OrganizationId, Refusal,
    panel::{
        Action, Banner, Block, Card, Column, Empty, Field, Form, Inline, Kind, Link, Look, Panel,
        Row, Table, Tone,
    },
    text::{Key, Plural},
};

/// The pages.
pub const PAGES: &[Page] = &[
    Page { pattern: "/me/security", panel: |visit| Box::pin(security(visit)) },
    Page { pattern: "/me/security/two-factor", panel: |visit| Box::pin(set_up(visit)) },
    Page { pattern: "/me/security/two-factor/off", panel: |visit| Box::pin(dialogs::off(visit)) },
    Page { pattern: "/me/security/codes", panel: |visit| Box::pin(codes(visit)) },
    Page { pattern: "/me/security/codes/new", panel: |visit| Box::pin(dialogs::codes(visit)) },
    Page { pattern: "/me/security/passkeys/new", panel: |visit| Box::pin(dialogs::new(visit)) },
    Page {
        pattern: "/me/security/passkeys/{passkey}/rename",
        panel: |visit| Box::pin(dialogs::rename(visit)),
    },
    Page {
        pattern: "/me/security/passkeys/{passkey}/remove",
        panel: |visit| Box::pin(dialogs::remove(visit)),
    },
];

async fn security(visit: Visit) -> Result<Panel> {
    listed(&visit).await
}

/// Both cards; the pop-ups stand over them.
pub(super) async fn listed(visit: &Visit) -> Result<Panel> {
    let t = visit.t;
    let status = two_factor::status(&visit.domain, visit.actor()?).await?;
    let passkeys = passkey::list(&visit.domain, visit.actor()?).await?;
    let mut panel = Panel::new(t.get(Key::TabSignIn), t.get(Key::AccountSecurityIntro));
    // Where an organization has led somebody here who lacks what it demands.
    if let Ok(organization) = visit.query("demanded").parse::<OrganizationId>()
        && !matches!(status, Status::On { .. })
        && let Some(name) = gate::member_of(&visit.domain, visit.actor()?, &organization).await?
    {
        let text = t.fill(Key::StopTwoFactor, &[("organization", &name)]);
        panel = panel.with(Banner::new(Tone::Warning, text));
    }
    Ok(panel.with(two_factor_card(visit, status)).with(passkey_card(visit, passkeys)))
}

fn two_factor_card(visit: &Visit, status: Status) -> Card {
    let t = visit.t;
    let mut card = Card::new(
        "two-factor",
        t.get(Key::AccountTwoFactorTitle),
        t.get(Key::AccountTwoFactorText),
    );
    let Status::On { since, codes_left, demanded } = status else {
        card.badge = Some((Tone::Neutral, t.get(Key::AccountOff).to_owned()));
        let begin = Form::new(BeginTwoFactor::PATH, t.get(Key::AccountTwoFactorBegin));
        return match status {
            Status::Pending { .. } => {
                let label = t.get(Key::AccountTwoFactorContinue);
                let go_on = Link::button(label, Path::Me("/security/two-factor"));
                card.with(Block::Actions(vec![go_on.into()]))
            }
            _ => card.with(begin),
        };
    };
    card.badge = Some((Tone::Success, t.get(Key::AccountOn).to_owned()));
    let zone = &visit.request.signed_in.as_ref().map(|s| s.person.time_zone.clone());
    let zone = zone.as_deref().filter(|zone| !zone.is_empty()).unwrap_or("UTC");
    let facts = vec![
        (
            t.get(Key::AccountTwoFactorSince).to_owned(),
            vec![Inline::text(format::date(t, zone, since))],
        ),
        (
            t.get(Key::AccountCodesTitle).to_owned(),
            vec![Inline::text(t.count(Plural::AccountCodesLeft, codes_left))],
        ),
    ];
    card = card.with(Block::Facts(facts));
    if codes_left < 3 {
        card = card.with(Banner::new(Tone::Warning, t.get(Key::AccountCodesFew)));
    }
    let renew = Link::button(t.get(Key::AccountCodesNew), Path::Me("/security/codes/new"));
    let mut actions: Vec<Action> = vec![renew.into()];
    if demanded {
        card = card.with(text(t.get(Refusal::TwoFactorDemanded.text())));
    } else {
        let off = Link::new(t.get(Key::AccountTwoFactorOff), Path::Me("/security/two-factor/off"));
        actions.push(off.look(Look::Danger).into());
    }
    card.with(Block::Actions(actions))
}

fn passkey_card(visit: &Visit, passkeys: Vec<PasskeyView>) -> Card {
    let t = visit.t;
    let mut card =
        Card::new("passkeys", t.get(Key::AccountPasskeysTitle), t.get(Key::AccountPasskeysText));
    card.wide = true;
    let available = passkey::available(&visit.domain);
    if !available {
        card = card.with(Banner::new(Tone::Info, t.get(Key::AccountPasskeyImpossibleText)));
    }
    let empty = Empty {
        icon: "key-round".to_owned(),
        title: t.get(Key::AccountPasskeysNone).to_owned(),
        ..Empty::default()
    };
    let rows = passkeys.into_iter().map(|passkey| passkey_row(visit, passkey)).collect();
    let table = Table {
        caption: t.get(Key::AccountPasskeysTitle).to_owned(),
        columns: vec![
            Column::new(t.get(Key::AccountPasskeyName)),
            Column::new(t.get(Key::AccountPasskeyMade)).nowrap(),
            Column::new(t.get(Key::AccountSessionUsed)).nowrap(),
            Column::actions(t.get(Key::MembersActions)),
        ],
        rows,
        empty: Some(Box::new(empty)),
        ..Table::default()
    };
    card = card.with(table);
    if available {
        let new = Link::button(t.get(Key::AccountPasskeyAdd), Path::Me("/security/passkeys/new"));
        card = card.with(Block::Actions(vec![new.into()]));
    }
    card
}

fn passkey_row(visit: &Visit, passkey: PasskeyView) -> Row {
    let (t, now) = (visit.t, visit.domain.now());
    let ago = |then| format::relative_time(t, now, then);
    let used = passkey.last_used_at.map_or_else(|| t.get(Key::MembersNever).to_owned(), ago);
    let id = passkey.id.to_string();
    let link = |label: Key, what| {
        let label = t.get(label);
        let name = format!("{label}: {}", passkey.name);
        Action::from(
            Link::new(label, Path::Passkey(id.clone(), what)).look(Look::Quiet).named(name),
        )
    };
    let actions =
        vec![link(Key::AccountPasskeyRename, "rename"), link(Key::AccountPasskeyRemove, "remove")];
    Row {
        actions,
        cells: vec![
            vec![Inline::Strong(passkey.name)],
            vec![Inline::text(ago(passkey.created_at))],
            vec![Inline::text(used)],
        ],
        id,
    }
}

/// Scan the picture or type the secret, then prove with a code that the app has it.
async fn set_up(visit: Visit) -> Result<Panel> {
    let t = visit.t;
    let actor = visit.actor()?;
    actor.recently_confirmed(visit.domain.now())?;
    let panel = Panel::new(t.get(Key::AccountSetUpTitle), t.get(Key::AccountSetUpIntro));
    let Status::Pending { secret, picture } = two_factor::status(&visit.domain, actor).await?
    else {
        let empty = Empty {
            icon: "lock".to_owned(),
            title: t.get(Key::AccountSetUpNothing).to_owned(),
            actions: vec![Link::button(t.get(Key::CommonBack), Path::Me("/security"))],
            ..Empty::default()
        };
        return Ok(panel.with(empty));
    };
    let code = Field::new("code", Kind::Code, t.get(Key::AccountCode))
        .required()
        .help(t.get(Key::AccountSetUpCodeHelp))
        .autofill("one-time-code");
    let scan = Card::new("scan", t.get(Key::AccountSetUpScan), t.get(Key::AccountSetUpScanText))
        .with(Block::Picture {
            src: picture.to_string(),
            alt: t.get(Key::AccountSetUpPicture).to_owned(),
            size: 200,
        })
        .with(text(t.get(Key::AccountSetUpType)))
        .with(Block::Text(vec![Inline::Code(secret.to_string())]));
    let form = Form::new(ConfirmTwoFactor::PATH, t.get(Key::AccountSetUpSubmit)).field(code);
    let check =
        Card::new("check", t.get(Key::AccountSetUpCheck), t.get(Key::AccountSetUpCheckText))
            .with(form)
            .with(Block::Actions(vec![
                Form::new(CancelTwoFactor::PATH, t.get(Key::CommonCancel)).look(Look::Quiet).into(),
            ]));
    Ok(panel.with(scan).with(check))
}

/// The recovery codes: this page shows them once.
async fn codes(visit: Visit) -> Result<Panel> {
    let t = visit.t;
    let panel = Panel::new(t.get(Key::AccountCodesTitle), "");
    let back = Link::button(t.get(Key::AccountCodesDone), Path::Me("/security"));
    match two_factor::shown(&visit.domain, visit.actor()?, visit.query("codes")).await {
        Ok(codes) => {
            let card =
                Card::new("codes", t.get(Key::AccountCodesKeep), t.get(Key::AccountCodesText));
            Ok(panel
                .with(Banner::new(Tone::Warning, t.get(Key::AccountCodesOnce)))
                .with(card.with(Block::Codes(codes)).with(Block::Actions(vec![back.into()]))))
        }
        Err(Error::Refused(Refusal::LinkUsed)) => Ok(panel.with(Empty {
            icon: "key-round".to_owned(),
            title: t.get(Key::AccountCodesGone).to_owned(),
            text: t.get(Key::AccountCodesGoneText).to_owned(),
            actions: vec![back],
        })),
        Err(error) => Err(error),
    }
}
