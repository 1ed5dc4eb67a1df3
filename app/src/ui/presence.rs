//! Who else has a page of settings open: while the page is seen it says every now and then that it
//! is open, and shows what it is answered. The region (`data-presence`) is drawn by the server.
use gloo_net::http::Request;
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;
use web_sys::{Element, UrlSearchParams};

/// Three of them fit into the time after which the server forgets who was not heard of.
const BEAT: Duration = Duration::from_secs(20);

/// Begins, once for all pages.
pub fn begin() {
    set_interval(beat, BEAT);
    window_event_listener_untyped("pagehide", |_| leave());
}

fn region() -> Option<Element> {
    document().query_selector("[data-presence]").ok()?
}

fn beat() {
    let Some(region) = region().filter(|_| !document().hidden()) else { return };
    spawn_local(async move {
        match ask(&region).await {
            Some(answer) => show(&region, &answer),
            // Signed out, or no longer allowed: what is shown would no longer be true.
            None => {
                region.remove_attribute("data-presence").ok();
                region.set_inner_html("");
            }
        }
    });
}

/// The answer; nothing where it was refused.
async fn ask(region: &Element) -> Option<String> {
    let spot = region.get_attribute("data-presence")?;
    let request = Request::post("/api/presence/stay")
        .header("Accept", "application/json")
        .header("Content-Type", "application/x-www-form-urlencoded");
    // Without a network the page waits for a better time.
    let Ok(response) = request.body(spot).ok()?.send().await else { return shown(region) };
    if response.status() < 500 { response.json().await.ok() } else { shown(region) }
}

/// What would change nothing.
fn shown(region: &Element) -> Option<String> {
    Some(region.get_attribute("data-who").unwrap_or_default())
}

fn show(region: &Element, answer: &str) {
    let Some((who, html)) = answer.split_once('\n') else { return };
    // That some minutes have passed is not to be read out.
    let others = region.get_attribute("data-who").unwrap_or_default() != who;
    region.set_attribute("aria-live", if others { "polite" } else { "off" }).ok();
    region.set_attribute("data-who", who).ok();
    region.set_inner_html(html);
}

/// The page is left: whoever else has it open need not wait to be told.
pub fn leave() {
    let leave = || {
        let spot = region()?.get_attribute("data-presence")?;
        let form = UrlSearchParams::new_with_str(&spot).ok()?;
        let navigator = window().navigator();
        navigator.send_beacon_with_opt_url_search_params("/api/presence/leave", Some(&form)).ok()
    };
    leave();
}
