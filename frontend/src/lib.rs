//! Entry points of the browser half: `start.js` calls them.
use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen, throw_val};

/// Takes over the page that the server sent, in its language and with that language's texts.
#[wasm_bindgen]
pub fn hydrate(language: &str, catalog: &str) {
    app::hydrate(language, catalog);
}

/// Has the rest of this module loaded at once. Functions that are not here yet call it (the
/// bundler's `split.rs`); what can wait has waited for the rest already (`app::load::rest`).
#[wasm_bindgen]
pub fn load_rest() {
    let load = Reflect::get(&js_sys::global(), &"loadRest".into())
        .and_then(JsCast::dyn_into::<Function>)
        .and_then(|load| load.call0(&JsValue::UNDEFINED));
    if let Err(error) = load {
        // To go on would mean to call what is not there.
        throw_val(error);
    }
}
