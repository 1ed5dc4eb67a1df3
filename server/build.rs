//! The release program embeds the site bundle, whose files have new names whenever they change:
//! cargo learns of that by the bundle's manifest. The development program reads the files as it
//! runs and need not be built again.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=SITE_DIR");
    let release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    if let (true, Ok(site)) = (release, std::env::var("SITE_DIR")) {
        println!("cargo::rerun-if-changed={site}/manifest.json");
    }
}
