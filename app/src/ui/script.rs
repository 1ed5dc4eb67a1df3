//! What browsers offer and no binding knows.
use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};

/// Calls the function that `object` has under this name.
///
/// # Errors
/// Where there is none, and what it throws.
pub fn call(object: &JsValue, name: &str, argument: &JsValue) -> Result<JsValue, JsValue> {
    Reflect::get(object, &name.into())?.dyn_into::<Function>()?.call1(object, argument)
}
