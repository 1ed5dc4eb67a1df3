//! What two versions differ in.
use super::{
    list::numbered,
    room::{self, Room},
};
use crate::panel::Visit;
use domain::{
    Result,
    settings::history::{self, Comparison},
};
use model::{
    panel::{Banner, Block, Inline, Link, Numbers, Panel, Tone},
    text::Key,
};

/// Two versions side by side; unless the address names others, the newest two.
pub(super) async fn page(visit: Visit) -> Result<Panel> {
    let room = Room::of(&visit).await?;
    let t = visit.t;
    let asked = |name: &str| visit.query(name).parse::<i64>().ok();
    let unasked = visit.query("version").is_empty() && visit.query("with").is_empty();
    // What is no number is no version.
    let mut pair = (asked("version").unwrap_or(-1), asked("with").unwrap_or(-1));
    let mut found = history::compare(&visit.domain, &room.access, &room.reader, pair).await?;
    if unasked {
        pair = ((found.current - 1).max(found.first), found.current);
        found = history::compare(&visit.domain, &room.access, &room.reader, pair).await?;
    }
    let intro = numbered(t, Key::HistoryCompareIntro, found.current);
    let mut panel = Panel::new(room.titled(Key::HistoryCompareTitle), intro);
    panel.actions = vec![Link::button(t.get(Key::HistoryLink), room.path("")).icon("history")];
    let panel = panel.with(Block::Numbers(numbers(&visit, &room, pair, &found)));
    Ok(panel.with(match &found.changes {
        None => {
            let (first, last) = (found.first.to_string(), found.current.to_string());
            let values = [("first", first.as_str()), ("version", &last)];
            Banner::new(Tone::Warning, t.fill(Key::HistoryUnknown, &values)).into()
        }
        Some(changes) if changes.is_empty() => {
            Block::Text(vec![Inline::Muted(t.get(Key::HistorySame).to_owned())])
        }
        Some(changes) => room::changes(
            t,
            changes,
            numbered(t, Key::HistoryVersion, pair.0),
            numbered(t, Key::HistoryVersion, pair.1),
        ),
    }))
}

fn numbers(visit: &Visit, room: &Room, pair: (i64, i64), found: &Comparison) -> Numbers {
    let t = visit.t;
    let number = |name: &'static str, label: Key, value: i64| {
        let value = if value < 0 { String::new() } else { value.to_string() };
        (name, t.get(label).to_owned(), value)
    };
    Numbers {
        path: room.path("compare"),
        numbers: vec![
            number("version", Key::HistoryCompareOne, pair.0),
            number("with", Key::HistoryCompareOther, pair.1),
        ],
        least: found.first,
        most: found.current,
        submit: t.get(Key::HistoryCompare).to_owned(),
    }
}
