//! The HTML document around the application, and the response headers that belong to it.
use crate::{App, context::request};
use axum::http::{HeaderValue, header};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::ResponseOptions;
use leptos_meta::MetaTags;
use model::view::Theme;

/// The document. Scripts and styles come from files of the site bundle; the only inline script is
/// Leptos' own, with this response's nonce.
pub fn shell(_: LeptosOptions) -> impl IntoView {
    let request = request();
    let (lang, theme, assets) =
        request.as_ref().map(|r| (r.lang, r.theme, r.assets.clone())).unwrap_or_default();
    let nonce = use_nonce();
    if let (Some(response), Some(nonce)) = (use_context::<ResponseOptions>(), &nonce)
        && let Ok(policy) = HeaderValue::from_str(&policy(nonce))
    {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
    // The demonstration's own pages have no browser half.
    let hydrated = request.as_ref().is_none_or(|r| !r.path.starts_with("/dev/"));
    let theme = (theme != Theme::System).then(|| theme.code());
    let catalog = assets.catalogs.get(lang.code()).cloned().unwrap_or_default();
    let preload = catalog.clone();
    // On a quick line it is there for the first paint; on a slow one the rest goes first.
    let font = assets.fonts.first().map(|font| {
        view! { <link rel="preload" href=font.clone() r#as="font" r#type="font/woff2" crossorigin="anonymous" fetchpriority="low"/> }
    });
    view! {
        <!DOCTYPE html>
        <html lang=lang.code() data-theme=theme data-wasm=assets.wasm.clone() data-glue=assets.glue.clone()
            data-catalog=catalog data-icons=assets.icons.clone()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href=assets.favicon.clone() r#type="image/svg+xml"/>
                <link rel="stylesheet" href=assets.styles.clone()/>
                {hydrated.then(|| view! {
                    <link rel="modulepreload" href=assets.glue.clone()/>
                    <link rel="preload" href=assets.wasm.clone() r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
                    <link rel="preload" href=preload r#as="fetch" r#type="application/json" crossorigin="anonymous"/>
                    <script r#type="module" src=assets.start.clone() nonce=nonce></script>
                })}
                {font}
                <MetaTags/>
            </head>
            <body><App/></body>
        </html>
    }
}

/// What this page may load and where its forms may go.
fn policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'"
    )
}
