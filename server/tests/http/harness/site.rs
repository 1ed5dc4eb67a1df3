use std::borrow::Cow;

/// The files of the tests' bundle.
pub const SITE: &[(&str, &[u8])] = &[
    ("pkg/app.0123456789ab.js", b"plain script"),
    ("pkg/app.0123456789ab.js.br", b"brotli script"),
    ("pkg/app.0123456789ab.js.gz", b"gzip script"),
    ("pkg/favicon.0123456789ab.svg", b"<svg/>"),
    ("pkg/font.0123456789ab.woff2", b"font"),
    ("pkg/notes.0123456789ab.exe", b"not for browsers"),
    ("manifest.json", MANIFEST),
];

const MANIFEST: &[u8] = br#"{
    "wasm": "/pkg/app.0123456789ab.wasm", "glue": "/pkg/app.0123456789ab.js",
    "start": "/pkg/start.0123456789ab.js", "styles": "/pkg/main.0123456789ab.css",
    "icons": "/pkg/icons.0123456789ab.svg", "favicon": "/pkg/favicon.0123456789ab.svg",
    "fonts": ["/pkg/font.0123456789ab.woff2"],
    "catalogs": {"en": "/pkg/en.js", "es": "/pkg/es.js", "fr": "/pkg/fr.js", "pl": "/pkg/pl.js"}
}"#;

pub fn lookup(path: &str) -> Option<Cow<'static, [u8]>> {
    SITE.iter().find(|(name, _)| *name == path).map(|(_, bytes)| Cow::Borrowed(*bytes))
}
