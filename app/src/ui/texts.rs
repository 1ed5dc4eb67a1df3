use leptos::prelude::*;
use model::text::Texts;

/// The texts of the page's language. Ask once a component and keep it: it is cheap to copy.
pub fn use_texts() -> Texts {
    use_context().unwrap_or_else(|| Texts::of(model::text::Lang::En))
}
