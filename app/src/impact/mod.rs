//! What an operation affects, as every page shows it before it is done (A7).
use domain::impact::{Group, Impact};
use model::{
    panel::{Block, Field, Inline, Kind},
    text::{Key, Plural, Texts},
};

/// How many people, stores and settings, and the first of each by name.
pub fn blocks(t: Texts, impact: &Impact) -> Vec<Block> {
    if impact.is_empty() {
        return vec![Block::Text(vec![Inline::Muted(t.get(Key::ImpactNone).to_owned())])];
    }
    let groups = [
        (Plural::ImpactSections, &impact.sections),
        (Plural::ImpactStores, &impact.stores),
        (Plural::ImpactPeople, &impact.people),
    ];
    let shown = groups.into_iter().filter(|(_, group)| group.count > 0);
    shown.flat_map(|(label, group)| named(t, t.count(label, group.count), group)).collect()
}

/// A heading and the first of a kind by name.
pub fn named(t: Texts, heading: String, group: &Group) -> Vec<Block> {
    let mut items: Vec<Vec<Inline>> = Vec::new();
    for one in &group.first {
        let mut item = vec![Inline::text(one.name.clone())];
        if !one.note.is_empty() {
            item.push(Inline::Muted(format!(" · {}", one.note)));
        }
        items.push(item);
    }
    let heading = Block::Text(vec![Inline::Strong(heading)]);
    if items.is_empty() {
        return vec![heading];
    }
    let rest = group.count - i64::try_from(group.first.len()).unwrap_or_default();
    if rest > 0 {
        items.push(vec![Inline::Muted(t.count(Plural::ImpactMore, rest))]);
    }
    vec![heading, Block::List(items)]
}

/// The field in which the name of what is at stake must be typed; the server checks it.
pub fn typed(t: Texts, name: &str) -> Field {
    let label = t.fill(Key::ImpactTypeName, &[("name", name)]);
    Field::new("name", Kind::Text, label).required()
}
