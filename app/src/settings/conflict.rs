use super::fields::shown;
use crate::ui::{FormState, Icon, use_texts};
use leptos::prelude::*;
use model::{Conflict, ConflictField, settings::Section, text::Key, view::SectionView};

/// Both sides of a stale save: who changed what, and for each field whose value is to be kept. It
/// stands inside the form, so that one save sends the choices together with everything typed.
pub fn conflict(section: &'static Section, view: SectionView, state: FormState) -> impl IntoView {
    let t = use_texts();
    let panel = move |conflict: Conflict| {
        let fields = conflict.fields.into_iter().filter_map(|field| {
            let spec = section.field(&field.field)?;
            let mine = shown(spec, &field.mine, &view);
            let theirs = shown(spec, &field.theirs, &view);
            Some(choice(t.get(spec.label), field, mine, theirs))
        });
        view! {
            <div class="banner warning" role="alert" tabindex="-1">
                <Icon name="git-compare-arrows"/>
                <div><h2>{t.get(Key::ConflictTitle)}</h2><p>{t.get(Key::ConflictText)}</p></div>
            </div>
            <div class="card conflict">{fields.collect_view()}</div>
        }
    };
    move || state.conflict().get().map(panel.clone())
}

fn choice(
    label: &'static str,
    field: ConflictField,
    mine: String,
    theirs: String,
) -> impl IntoView {
    let t = use_texts();
    let name = format!("take.{}", field.field);
    // Where only the other side changed something, theirs is what one expects.
    let untouched = field.mine == field.base;
    let changed = t.fill(Key::ConflictChangedBy, &[("person", &field.by), ("time", &field.at)]);
    view! {
        <fieldset>
            <legend>{label}</legend>
            <p class="muted">{changed}</p>
            <div>
                <label class="option">
                    <input type="radio" name=name.clone() value="mine" checked=!untouched/>
                    <span><b>{t.get(Key::ConflictMine)}</b>{mine}</span>
                </label>
                <label class="option">
                    <input type="radio" name=name value="theirs" checked=untouched/>
                    <span><b>{t.get(Key::ConflictTheirs)}</b>{theirs}</span>
                </label>
            </div>
        </fieldset>
    }
}
