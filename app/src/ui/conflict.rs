use super::{FormState, Icon, use_texts};
use leptos::prelude::*;
use model::{Conflict, ConflictField, text::Key};

/// Both sides of a stale save: who changed what, and for each field whose value is to be kept. It
/// stands inside the form, so that one save sends the choices together with everything typed.
pub fn conflict(state: FormState) -> impl IntoView {
    let t = use_texts();
    let panel = move |conflict: Conflict| {
        let fields = conflict.fields.into_iter().map(choice).collect_view();
        view! {
            <div class="banner warning" role="alert" tabindex="-1">
                <Icon name="git-compare-arrows"/>
                <div><h2>{t.get(Key::ConflictTitle)}</h2><p>{t.get(Key::ConflictText)}</p></div>
            </div>
            <input type="hidden" name="_version" value=conflict.version.to_string()/>
            <div class="card conflict">{fields}</div>
        }
    };
    move || state.conflict().get().map(panel)
}

fn choice(field: ConflictField) -> impl IntoView {
    let t = use_texts();
    let name = format!("take.{}", field.field);
    // Where only the other side changed something, theirs is what one expects.
    let untouched = field.untouched;
    let changed = t.fill(Key::ConflictChangedBy, &[("person", &field.by), ("time", &field.at)]);
    let side = |value: &'static str, label: Key, text: String, chosen: bool| {
        view! {
            <label class="option">
                <input type="radio" name=name.clone() value=value checked=chosen/>
                <span><b>{t.get(label)}</b>{text}</span>
            </label>
        }
    };
    view! {
        <fieldset>
            <legend>{field.label}</legend>
            <p class="muted">{changed}</p>
            <div>
                {side("mine", Key::ConflictMine, field.mine_shown, !untouched)}
                {side("theirs", Key::ConflictTheirs, field.theirs_shown, untouched)}
            </div>
        </fieldset>
    }
}
