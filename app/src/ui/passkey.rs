//! Passkeys: what the browser does with them for a form ([`Assist`]). The browser's own JSON forms
//! of WebAuthn are used, so that nothing has to be converted here.
use super::script::call;
use js_sys::{JSON, Object, Promise, Reflect};
use leptos::prelude::window;
use model::panel::Assist;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::FormData;

/// Runs the ceremony that `options` of the form ask for and puts the answer into `credential`.
/// False where the browser cannot or the person did not want to.
pub(super) async fn assist(assist: Assist, data: &FormData) -> bool {
    let Some(options) = data.get("options").as_string() else { return false };
    match ceremony(assist, &options).await.and_then(|answer| JSON::stringify(&answer)) {
        Ok(answer) => data.set_with_str("credential", &String::from(answer)).is_ok(),
        Err(_) => false,
    }
}

async fn ceremony(assist: Assist, options: &str) -> Result<JsValue, JsValue> {
    let (parse, act) = match assist {
        Assist::CreatePasskey => ("parseCreationOptionsFromJSON", "create"),
        Assist::UsePasskey => ("parseRequestOptionsFromJSON", "get"),
    };
    let given = JSON::parse(options)?;
    let public_key = Reflect::get(&given, &"publicKey".into())?;
    let kind = Reflect::get(&window(), &"PublicKeyCredential".into())?;
    let request = Object::new();
    Reflect::set(&request, &"publicKey".into(), &call(&kind, parse, &public_key)?)?;
    let credentials = Reflect::get(&window().navigator(), &"credentials".into())?;
    let promise: Promise = call(&credentials, act, &request)?.dyn_into()?;
    let credential = JsFuture::from(promise).await?;
    call(&credential, "toJSON", &JsValue::UNDEFINED)
}
