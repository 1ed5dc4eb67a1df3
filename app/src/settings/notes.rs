//! What stands small at a field of settings: that it is modified, its default, who changed it last.
use super::history;
use model::{
    panel::{Link, Note, Reset},
    settings::{Field, Kind, Place, Section},
    text::{Key, Texts},
    view::SectionView,
};

/// The note at a field. Nothing stands at fields that nobody has touched; a field that must be
/// filled in and begins empty has no default to go back to.
pub(super) fn note(
    t: Texts,
    place: &Place,
    section: &Section,
    field: &Field,
    view: &SectionView,
) -> Option<Note> {
    let note = view.notes.get(field.key)?;
    let default = field.default_value();
    let begins_empty = default.is_empty() && !matches!(field.kind, Kind::Toggle);
    let told = note.modified && (note.changed.is_some() || !begins_empty);
    let modified = told && !(begins_empty && field.required);
    let reset = modified && view.editable && note.locked.is_none() && !field.is_secret();
    let changed = note.changed.as_ref().map(|change| {
        let label = t.get(field.label);
        let values = [("person", change.by.as_str()), ("time", &change.at), ("field", label)];
        let rest = change.version.to_string();
        Link::new(t.fill(Key::NoteChanged, &values[..2]), history::path(place, section, &rest))
            .named(t.fill(Key::NoteChangedOf, &values))
    });
    let shown = Note {
        modified,
        // That it would be empty goes without saying.
        default: (modified && !begins_empty).then(|| note.default.clone()),
        changed,
        locked: note.locked.clone(),
        reset: reset.then(|| Reset {
            // Lists of objects and images are set back by the server.
            default: (!matches!(field.kind, Kind::Rows(_) | Kind::Image))
                .then(|| default.as_input().into_owned()),
        }),
    };
    (shown != Note::default()).then_some(shown)
}
