//! Where one was lately: kept in this browser, for this person, until they sign out.
use js_sys::{Array, Function, Reflect};
use leptos::prelude::*;
use model::search::{Entry, Kind};
use wasm_bindgen::{JsCast as _, JsValue};

/// The name that it is kept under.
const NAME: &str = "recent";
/// How many places are kept.
const KEPT: usize = 6;

/// Calls a method of the browser's storage, which may be shut off.
fn storage(method: &str, values: &[&str]) -> Option<JsValue> {
    let storage = Reflect::get(&window(), &"localStorage".into()).ok()?;
    let function: Function = Reflect::get(&storage, &method.into()).ok()?.dyn_into().ok()?;
    let values: Array = values.iter().map(|value| JsValue::from_str(value)).collect();
    Reflect::apply(&function, &storage, &values).ok()
}

/// Forgets everything.
pub fn clear() {
    storage("removeItem", &[NAME]);
}

/// The places of this person as kept: address, name, and where it stands, in lines of three.
fn kept(owner: &str) -> Vec<String> {
    let text = storage("getItem", &[NAME]).and_then(|text| text.as_string()).unwrap_or_default();
    let mut lines = text.split('\n');
    // Another person's are not shown, and gone with the next page.
    if lines.next() != Some(owner) {
        return Vec::new();
    }
    lines.map(str::to_owned).collect()
}

/// The places where the person was lately, the last one first.
pub fn places(owner: &str) -> Vec<Entry> {
    let lines = kept(owner);
    let places = lines.chunks_exact(3).map(|line| Entry {
        kind: Kind::Page,
        icon: "history".to_owned(),
        address: line[0].clone(),
        text: line[1].clone(),
        hint: line[2].clone(),
        ..Entry::default()
    });
    places.collect()
}

/// The person is at a place.
pub fn add(owner: &str, address: &str, name: &str, hint: &str) {
    let lines = kept(owner);
    let mut text = owner.to_owned();
    let mut put = |line: &[&str]| {
        for part in line {
            text.push('\n');
            text.push_str(part);
        }
    };
    let plain = |text: &str| text.replace('\n', " ");
    put(&[address, &plain(name), &plain(hint)]);
    for line in lines.chunks_exact(3).filter(|line| line[0] != address).take(KEPT - 1) {
        put(&[&line[0], &line[1], &line[2]]);
    }
    storage("setItem", &[NAME, &text]);
}
