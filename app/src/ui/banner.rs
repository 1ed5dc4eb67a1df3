use super::{Icon, use_texts};
use leptos::prelude::*;
use model::{
    FieldError,
    text::{Key, Plural},
};

/// A fault that concerns the whole form or page.
pub fn banner(text: String) -> impl IntoView {
    view! {
        <div class="banner danger" role="alert" tabindex="-1">
            <Icon name="circle-alert"/>
            <div><p>{text}</p></div>
        </div>
    }
}

/// All faults of a form with links to their fields; gets the focus when the form was refused.
pub fn error_summary(
    errors: Vec<FieldError>,
    label: impl Fn(&str) -> String,
    id: impl Fn(&str) -> String,
) -> impl IntoView {
    let t = use_texts();
    let count = i64::try_from(errors.len()).unwrap_or(i64::MAX);
    let items = errors
        .into_iter()
        .map(|error| {
            let text = t.fill(
                Key::FaultItem,
                &[("field", &label(&error.field)), ("fault", &error.fault.text(t))],
            );
            view! { <li><a href=format!("#{}", id(&error.field)) rel="external">{text}</a></li> }
        })
        .collect_view();
    view! {
        <div class="banner danger" role="alert" tabindex="-1">
            <Icon name="circle-alert"/>
            <div><h2>{t.count(Plural::FaultSummary, count)}</h2><ul>{items}</ul></div>
        </div>
    }
}
