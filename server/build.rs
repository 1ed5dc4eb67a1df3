//! The release program embeds the site bundle, whose files have new names whenever they change:
//! cargo learns of that by the bundle's manifest. The development program reads the files as it
//! runs and need not be built again.
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=SITE_DIR");
    let release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    if let (true, Ok(site)) = (release, std::env::var("SITE_DIR")) {
        let manifest = format!("{site}/manifest.json");
        println!("cargo::rerun-if-changed={manifest}");
        // Another manifest, another program: what is embedded is never that of a bundle before.
        let mut hasher = DefaultHasher::new();
        std::fs::read(&manifest).unwrap_or_default().hash(&mut hasher);
        println!("cargo::rustc-env=SITE_REVISION={:016x}", hasher.finish());
    }
}
