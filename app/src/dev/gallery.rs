use super::demo;
use crate::panel::Visit;
use domain::Result;
use model::{
    panel::{
        Banner, Block, Button, Card, Choice, ChoiceGroup, Column, Empty, Field, Form, Inline, Kind,
        Link, Look, Pager, Panel, Row, Table, Tone, Who,
    },
    text::{Key, Lang, Texts},
};

const TONES: [Tone; 5] = [Tone::Neutral, Tone::Info, Tone::Success, Tone::Warning, Tone::Danger];
const LOOKS: [Look; 6] =
    [Look::Plain, Look::Button, Look::Primary, Look::Quiet, Look::Danger, Look::QuietDanger];

/// Every widget.
pub fn all(visit: &Visit) -> Result<Panel> {
    demo(visit)?;
    let t = visit.t;
    let banners = TONES.map(|tone| Banner::new(tone, t.get(Key::ConflictTitle)).into());
    let messages = Card { blocks: banners.to_vec(), ..Card::new("messages", "Banners", "") };
    let nothing = Empty {
        icon: "search-x".to_owned(),
        title: t.get(Key::MembersNoResults).to_owned(),
        text: t.get(Key::MembersNoResultsText).to_owned(),
        actions: vec![Link::button(t.get(Key::MembersClear), "/dev/gallery")],
    };
    Ok(Panel::new(t.get(Key::GalleryTitle), t.get(Key::GalleryIntro))
        .with(words(t))
        .with(messages)
        .with(Card::new("fields", "Fields", "").with(form(t)))
        .with(table(t))
        .with(nothing))
}

fn words(t: Texts) -> Card {
    let badges = TONES.map(|tone| Inline::badge(tone, t.get(Key::MembersStatusActive)));
    let long = "Oluwaseun Thorvaldsen-Wiśniewska";
    let who = Who {
        name: long.to_owned(),
        below: "oluwaseun.thorvaldsen-wisniewska@international.example".to_owned(),
        badge: Some(t.get(Key::MembersYou).to_owned()),
        ..Who::default()
    };
    let links = LOOKS.map(|look| Link::new(t.get(Key::CommonSave), "/dev/gallery").look(look));
    Card::new("words", "Words", "")
        .with(Block::Text(badges.to_vec()))
        .with(Block::Rows(vec![vec![who.into()]]))
        .with(Block::Actions(links.map(Into::into).to_vec()))
        .with(Block::Codes(vec!["A1B2-C3D4".to_owned(), "E5F6-G7H8".to_owned()]))
}

fn form(t: Texts) -> Form {
    let choices = Lang::ALL.map(|l| Choice::new(l.code(), l.endonym())).to_vec();
    let help = t.get(Key::StoreDetailsStoreUrlHelp);
    let explained: Vec<Choice> = choices.iter().cloned().map(|c| c.help(help)).take(2).collect();
    let group = ChoiceGroup { label: t.get(Key::NavLanguage).into(), choices: explained.clone() };
    let field = |name: &str, kind, label: Key| Field::new(name, kind, t.get(label));
    let fields = vec![
        field("plain", Kind::Text, Key::StoreDetailsName).value("Atelier Fleur").required().half(),
        field("helped", Kind::Text, Key::StoreDetailsStoreUrl).help(help).half(),
        field("secret", Kind::Password { new: false }, Key::SignInPassword).half(),
        field("day", Kind::Date, Key::MembersLastSeen).half(),
        field("choice", Kind::Select(choices.into()), Key::StoreDetailsLanguage)
            .value("pl")
            .required(),
        field("lines", Kind::Lines(2), Key::StoreDetailsStreet)
            .value("12 rue des Martyrs\nBâtiment C"),
        field("radio", Kind::Radio(explained), Key::NavLanguage).value("en"),
        field("boxes", Kind::Checks(vec![group]), Key::NavLanguage).value("en"),
        field("image", Kind::Image(String::new()), Key::StoreDetailsLogo).help(help),
        field("box", Kind::Check, Key::SignUpConsentMarketing).on(true),
        field("switch", Kind::Toggle, Key::SignUpConsentMarketing).on(true),
    ];
    let other = Button { label: t.get(Key::CommonChange).into(), ..Button::default() };
    let mut form = Form::new("/dev/gallery", t.get(Key::CommonSave));
    form.buttons.push(Button { look: Look::Button, ..other });
    Form { fields, ..form }.cancel(Link::new(t.get(Key::CommonCancel), "/dev/gallery"))
}

fn table(t: Texts) -> Table {
    let row = |index: u32| Row {
        id: format!("row-{index}"),
        cells: vec![
            vec![Who { name: format!("Ana Nowak {index}"), ..Who::default() }.into()],
            vec![Inline::badge(Tone::Success, t.get(Key::MembersStatusActive))],
        ],
        actions: vec![
            Link::new(t.get(Key::MembersRemove), "/dev/gallery").look(Look::QuietDanger).into(),
        ],
    };
    Table {
        caption: "Table".to_owned(),
        columns: vec![
            Column::new(t.get(Key::MembersName)),
            Column::new(t.get(Key::MembersStatus)),
            Column::actions(t.get(Key::MembersActions)),
        ],
        rows: (1..4).map(row).collect(),
        pager: Some(Pager {
            text: "3".to_owned(),
            previous: None,
            next: Some("/dev/gallery".into()),
        }),
        ..Table::default()
    }
}
