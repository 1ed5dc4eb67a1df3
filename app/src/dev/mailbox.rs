//! The mails that would have been sent.
use super::demo;
use crate::{panel::Visit, path::Path};
use domain::{Error, Result};
use model::{
    OutboxId,
    panel::{Block, Brand, Card, Column, Empty, Inline, Link, Look, Panel, Row, Table},
    text::Key,
    view::{MailBrand, MailSummary},
};

/// The newest first.
pub async fn list(visit: Visit) -> Result<Panel> {
    demo(&visit)?;
    let t = visit.t;
    let row = |mail: MailSummary| Row {
        id: mail.id.to_string(),
        cells: vec![
            vec![Inline::Link(Link::new(mail.subject, Path::Mail(mail.id)))],
            vec![Inline::text(mail.to)],
            vec![Inline::Muted(mail.at)],
        ],
        actions: Vec::new(),
    };
    let mails = domain::mailbox::list(&visit.domain, t).await?;
    let table = Table {
        caption: t.get(Key::MailboxTitle).to_owned(),
        columns: vec![
            Column::new(t.get(Key::MailboxSubject)),
            Column::new(t.get(Key::MailboxTo)),
            Column::new(t.get(Key::MailboxSent)).nowrap(),
        ],
        rows: mails.into_iter().map(row).collect(),
        empty: Some(Box::new(Empty {
            icon: "inbox".to_owned(),
            title: t.get(Key::MailboxEmpty).to_owned(),
            text: t.get(Key::MailboxEmptyText).to_owned(),
            actions: Vec::new(),
        })),
        ..Table::default()
    };
    Ok(Panel::new(t.get(Key::MailboxTitle), t.get(Key::MailboxIntro)).with(table))
}

/// One mail, with the button that its HTML part has.
pub async fn letter(visit: Visit) -> Result<Panel> {
    demo(&visit)?;
    let (t, id) = (visit.t, visit.param::<OutboxId>("mail")?);
    let mail = domain::mailbox::get(&visit.domain, t, &id).await?.ok_or(Error::NotFound)?;
    let MailSummary { to, subject, at, .. } = mail.summary;
    let facts = Block::Facts(vec![
        (t.get(Key::MailboxTo).to_owned(), vec![Inline::text(to)]),
        (t.get(Key::MailboxSent).to_owned(), vec![Inline::text(at)]),
    ]);
    let mut words = Vec::new();
    for line in mail.text.lines() {
        words.extend([Inline::text(line), Inline::Break]);
    }
    let mut card = Card { wide: true, ..Card::new("mail", &subject, "") };
    if let Some(MailBrand { styles, logo, name }) = mail.brand {
        card = card.with(Brand { styles: vec![styles], logo, name, sample: None });
    }
    card = card.with(facts).with(Block::Text(words));
    if let Some(link) = mail.link {
        let button = Link::new(mail.button, link).look(Look::Primary).external();
        card = card.with(Block::Actions(vec![button.into()]));
    }
    let back = Link::new(t.get(Key::MailboxTitle), Path::Mailbox).icon("chevron-left");
    let back = Block::Text(vec![Inline::Link(back)]);
    Ok(Panel::new(subject, "").with(back).with(card))
}
