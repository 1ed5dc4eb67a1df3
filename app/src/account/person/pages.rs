use super::api::{ChangeEmail, ChangePassword, EndOtherSessions, EndSession, SaveProfile};
use crate::{
    panel::{Page, Visit},
    path::Path,
};
use domain::{
    Result, account, format,
    session::{self, Device},
};
use leptos::server_fn::ServerFn;
use model::{
    check,
    panel::{
        Action, Block, Card, Choice, Column, Dialog, Field, Form, Inline, Kind, Link, Look, Panel,
        Row, Table, Tone,
    },
    settings::Source,
    text::{Key, Texts},
    view::Theme,
};

/// The pages.
pub const PAGES: &[Page] = &[
    Page { pattern: "/me", panel: |visit| Box::pin(profile(visit)) },
    Page { pattern: "/me/email", panel: |visit| Box::pin(email(visit)) },
    Page { pattern: "/me/password", panel: |visit| Box::pin(password(visit)) },
    Page { pattern: "/me/sessions", panel: |visit| Box::pin(sessions(visit)) },
    Page { pattern: "/me/sessions/end-others", panel: |visit| Box::pin(end_others(visit)) },
];

async fn profile(visit: Visit) -> Result<Panel> {
    let (t, domain) = (visit.t, &visit.domain);
    let profile = account::profile(domain, visit.actor()?).await?;
    let languages = domain::reference::languages();
    let mut zones = vec![Choice::new("", t.get(Key::AccountTimeZoneNone))];
    zones.extend(domain::reference::choices(Source::TimeZones, visit.lang, domain.now()));
    let themes = Theme::ALL.map(|theme| Choice::new(theme.code(), t.get(theme_name(theme))));
    let name = |name: &str, label, value: String, fill: &str| {
        Field::new(name, Kind::Text, t.get(label)).value(value).required().max(80).autofill(fill)
    };
    let form = Form::new(SaveProfile::PATH, t.get(Key::CommonSave))
        .field(name("first_name", Key::SignUpFirstName, profile.first_name, "given-name").half())
        .field(name("last_name", Key::SignUpLastName, profile.last_name, "family-name").half())
        .field(
            Field::new("phone", Kind::Phone, t.get(Key::SignUpPhone))
                .value(profile.phone)
                .max(32)
                .help(t.get(Key::SignUpPhoneHelp))
                .autofill("tel"),
        )
        .field(
            Field::new("language", Kind::Select(languages.into()), t.get(Key::SignUpLanguage))
                .value(profile.language.code())
                .required()
                .half(),
        )
        .field(
            Field::new("time_zone", Kind::Select(zones.into()), t.get(Key::StoreDetailsTimeZone))
                .value(profile.time_zone)
                .half(),
        )
        .field(
            Field::new("theme", Kind::Select(themes.into()), t.get(Key::NavTheme))
                .value(profile.theme.code())
                .required()
                .half(),
        )
        .cancel(Link::new(t.get(Key::CommonDiscard), Path::Me("")));
    let card = Card::new("profile", t.get(Key::AccountProfileCard), t.get(Key::AccountProfileText));
    let form = Form { guarded: true, ..form };
    Ok(Panel::new(t.get(Key::TabProfile), t.get(Key::AccountProfileIntro)).with(card.with(form)))
}

const fn theme_name(theme: Theme) -> Key {
    match theme {
        Theme::System => Key::NavThemeSystem,
        Theme::Light => Key::NavThemeLight,
        Theme::Dark => Key::NavThemeDark,
    }
}

async fn email(visit: Visit) -> Result<Panel> {
    let t = visit.t;
    let actor = visit.actor()?;
    let has_password = account::profile(&visit.domain, actor).await?.has_password;
    if !has_password {
        actor.recently_confirmed(visit.domain.now())?;
    }
    let mut form = Form::new(ChangeEmail::PATH, t.get(Key::AccountEmailSubmit)).field(
        Field::new("email", Kind::Email, t.get(Key::AccountEmailNew))
            .required()
            .max(254)
            .autofill("email"),
    );
    if has_password {
        form = form.field(current(t, "password"));
    }
    let now = Block::Facts(vec![(
        t.get(Key::AccountEmailNow).to_owned(),
        vec![Inline::Strong(actor.person.email.clone())],
    )]);
    let card = Card::new("email-card", t.get(Key::AccountEmailCard), t.get(Key::AccountEmailText));
    Ok(Panel::new(t.get(Key::TabEmail), t.get(Key::AccountEmailIntro))
        .with(card.with(now).with(form)))
}

fn current(t: Texts, name: &str) -> Field {
    Field::new(name, Kind::Password { new: false }, t.get(Key::AccountPasswordCurrent))
        .required()
        .autofill("current-password")
}

async fn password(visit: Visit) -> Result<Panel> {
    let t = visit.t;
    let actor = visit.actor()?;
    let has_password = account::profile(&visit.domain, actor).await?.has_password;
    let mut form = Form::new(ChangePassword::PATH, t.get(Key::AccountPasswordSubmit));
    if has_password {
        form = form.field(current(t, "current"));
    } else {
        actor.recently_confirmed(visit.domain.now())?;
    }
    let help = t.fill(Key::SignUpPasswordHelp, &[("min", &check::PASSWORD_MIN.to_string())]);
    let form = form.field(
        Field::new("password", Kind::Password { new: true }, t.get(Key::AccountPasswordNew))
            .required()
            .help(help)
            .autofill("new-password"),
    );
    let card = Card::new(
        "password-card",
        t.get(Key::AccountPasswordCard),
        t.get(Key::AccountPasswordText),
    );
    Ok(Panel::new(t.get(Key::TabPassword), t.get(Key::AccountPasswordIntro)).with(card.with(form)))
}

async fn sessions(visit: Visit) -> Result<Panel> {
    listed(&visit).await
}

async fn listed(visit: &Visit) -> Result<Panel> {
    let (t, now) = (visit.t, visit.domain.now());
    let devices = session::devices(&visit.domain, visit.actor()?).await?;
    let others = devices.len() > 1;
    let rows = devices.into_iter().map(|device| row(t, now, device)).collect();
    let columns = vec![
        Column::new(t.get(Key::AccountSessionDevice)),
        Column::new(t.get(Key::AccountSessionAddress)).nowrap(),
        Column::new(t.get(Key::AccountSessionBegun)).nowrap(),
        Column::new(t.get(Key::AccountSessionUsed)).nowrap(),
        Column::actions(t.get(Key::MembersActions)),
    ];
    let table =
        Table { caption: t.get(Key::TabSessions).to_owned(), columns, rows, ..Table::default() };
    let mut panel = Panel::new(t.get(Key::TabSessions), t.get(Key::AccountSessionsIntro));
    if others {
        let label = t.get(Key::AccountSessionsEndOthers);
        panel.actions.push(Link::button(label, Path::Me("/sessions/end-others")));
    }
    Ok(panel.with(table))
}

fn row(t: Texts, now: i64, device: Device) -> Row {
    let name = device_name(t, &device);
    let mut first = vec![Inline::Strong(name.clone())];
    let mut actions = Vec::new();
    if device.here {
        first.push(Inline::text(" "));
        first.push(Inline::badge(Tone::Success, t.get(Key::AccountSessionHere)));
    } else {
        let label = t.get(Key::AccountSessionEnd);
        let form = Form::new(EndSession::PATH, label)
            .hidden("session", &device.id)
            .look(Look::Quiet)
            .named(format!("{label}: {name}"));
        actions.push(Action::from(form));
    }
    let ago = |then| vec![Inline::text(format::relative_time(t, now, then))];
    Row {
        id: device.id.to_string(),
        cells: vec![
            first,
            vec![Inline::Code(device.address)],
            ago(device.created_at),
            ago(device.last_used_at),
        ],
        actions,
    }
}

fn device_name(t: Texts, device: &Device) -> String {
    match (device.browser, device.system) {
        (Some(browser), Some(system)) => {
            t.fill(Key::AccountSessionOn, &[("browser", browser), ("system", system)])
        }
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => t.get(Key::AccountSessionUnknown).to_owned(),
    }
}

/// The question whether to end all other sessions.
async fn end_others(visit: Visit) -> Result<Panel> {
    let t = visit.t;
    let mut panel = listed(&visit).await?;
    let form = Form::new(EndOtherSessions::PATH, t.get(Key::AccountSessionsEndOthers))
        .look(Look::Danger)
        .cancel(Link::button(t.get(Key::CommonCancel), Path::Me("/sessions")));
    panel.dialog = Some(Box::new(Dialog {
        title: t.get(Key::AccountSessionsEndTitle).to_owned(),
        back: Path::Me("/sessions").to_string(),
        blocks: vec![crate::account::text(t.get(Key::AccountSessionsEndText)), form.into()],
        wide: false,
    }));
    Ok(panel)
}
