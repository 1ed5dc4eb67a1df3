use super::{Markup, still};
use leptos::{oco::Oco, prelude::*};
use model::panel::drawn::Html;
use std::sync::Arc;

/// The URL of the icon sprite, given by the application's root.
#[derive(Clone)]
pub struct IconSprite(pub Arc<str>);

/// A decorative icon of the sprite; `name` must stand in `icons.txt` beside this file.
#[component]
pub fn Icon(#[prop(into)] name: Oco<'static, str>) -> impl IntoView {
    let mut m = Markup::default();
    m.icon(&name);
    still(Html(m.into_text()))
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    fn sources(folder: &Path, text: &mut String) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, text);
            } else if path.extension().is_some_and(|e| e == "rs") {
                text.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }

    #[test]
    fn every_icon_that_is_used_is_in_the_sprite() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let listed = fs::read_to_string(root.join("src/ui/icons.txt")).unwrap();
        let listed: BTreeSet<&str> = listed.lines().collect();
        let mut text = String::new();
        sources(&root.join("src"), &mut text);
        let missing: Vec<_> = ["<Icon name=\"", ".icon(\"", "icon: \""]
            .into_iter()
            .flat_map(|before| text.split(before).skip(1))
            .filter_map(|rest| rest.split('"').next())
            .filter(|name| !name.is_empty() && !listed.contains(name))
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
