use leptos::prelude::*;
use model::text::Texts;

/// The texts of the page's language; on the server also where a page is made for a script.
pub fn use_texts() -> Texts {
    #[cfg(feature = "ssr")]
    return use_context().unwrap_or_else(|| {
        Texts::of(crate::context::request().map(|request| request.lang).unwrap_or_default())
    });
    #[cfg(not(feature = "ssr"))]
    use_context().unwrap_or_else(|| Texts::of(model::text::installed()))
}
