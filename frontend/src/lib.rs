//! Entry point of the browser half: `start.js` calls [`hydrate`] once everything is loaded.
use wasm_bindgen::prelude::wasm_bindgen;

/// Takes over the page that the server sent, in its language and with that language's texts.
#[wasm_bindgen]
pub fn hydrate(language: &str, catalog: &str) {
    app::hydrate(language, catalog);
}
