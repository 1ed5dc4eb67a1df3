//! Asking a server function for what a page shows: on the server the function itself, in the
//! browser its address. The browser's half is not the stub that Leptos would make for each.
use crate::error::AppError;
use leptos::server_fn::ServerFn;

/// Asks.
#[cfg(feature = "ssr")]
pub async fn ask<S>(question: S) -> Result<S::Output, AppError>
where
    S: ServerFn<Error = AppError> + 'static,
{
    question.run_body().await
}

/// Asks.
#[cfg(not(feature = "ssr"))]
pub async fn ask<S>(question: S) -> Result<S::Output, AppError>
where
    S: ServerFn<Error = AppError> + serde::Serialize + 'static,
    S::Output: serde::de::DeserializeOwned,
{
    let query = serde_qs::to_string(&question).unwrap_or_default();
    let address = format!("{}?{query}", S::PATH);
    #[cfg(feature = "hydrate")]
    let answer = send_wrapper::SendWrapper::new(fetch(address)).await;
    #[cfg(not(feature = "hydrate"))]
    let answer = Err((address.is_empty(), String::new()));
    match answer {
        Ok(text) => serde_json::from_str(&text).map_err(|_| AppError::Internal(String::new())),
        Err((true, text)) => Err(serde_json::from_str(&text).unwrap_or(AppError::Unavailable)),
        Err((false, _)) => Err(AppError::Network),
    }
}

/// Waits until the browser half is there as a whole: what is answered is for functions that a page
/// does without at first (the bundler's `split.rs`).
#[cfg(feature = "hydrate")]
pub async fn rest() -> Result<(), wasm_bindgen::JsValue> {
    use wasm_bindgen::{JsCast as _, JsValue};
    let rest = crate::ui::script::call(&js_sys::global(), "rest", &JsValue::UNDEFINED)?;
    wasm_bindgen_futures::JsFuture::from(rest.dyn_into::<js_sys::Promise>()?).await.map(drop)
}

/// The answer's text; else whether there was one, and its text.
#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
async fn fetch(address: String) -> Result<String, (bool, String)> {
    rest().await.map_err(|_| (false, String::new()))?;
    let request = gloo_net::http::Request::get(&address).header("Accept", "application/json");
    let response = request.send().await.map_err(|_| (false, String::new()))?;
    let text = response.text().await.map_err(|_| (false, String::new()))?;
    if response.ok() { Ok(text) } else { Err((true, text)) }
}
