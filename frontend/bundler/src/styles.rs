//! The style sheet, with the fonts it names.
use crate::{Job, site::Site, tool};
use anyhow::{Context as _, Result, ensure};
use std::fs;

/// The oldest browsers that know `light-dark()`, nesting and `popover`; nothing is rewritten for older ones.
const BROWSERS: &str = "chrome >= 123, edge >= 123, firefox >= 128, safari >= 17.5";
const FONTS: &str = "@fontsource-variable/inter/files";

pub fn build(job: &Job, site: &mut Site) -> Result<String> {
    let input = job.styles().join("main.css").display().to_string();
    let output = tool::scratch(job, "styles")?.join("styles.css");
    let out = output.display().to_string();
    let arguments = [
        "--bundle",
        "--minify",
        "--targets",
        BROWSERS,
        input.as_str(),
        "--output-file",
        out.as_str(),
    ];
    tool::run(job, &lightningcss(job)?, &arguments)?;
    let mut css = fs::read_to_string(&output)?;
    for font in fonts(&css) {
        let path = job.packages().join(FONTS).join(&font);
        let content = fs::read(&path)
            .with_context(|| format!("style/ names fonts/{font}, which {FONTS} does not have"))?;
        let address = site.push("fonts", &font, &content)?;
        css = css.replace(&format!("fonts/{font}"), &address);
    }
    ensure!(!css.contains("url(fonts/"), "a font of style/ is not named fonts/<file>.woff2");
    Ok(css)
}

/// The compiler's program lies in the one package made for this kind of machine; only an install
/// script, which we do not run, would copy it from there.
fn lightningcss(job: &Job) -> Result<String> {
    let mut packages = fs::read_dir(job.packages()).context("frontend/node_modules is missing")?;
    packages
        .find_map(|entry| {
            let name = entry.ok()?.file_name().into_string().ok()?;
            name.starts_with("lightningcss-cli-").then(|| format!("{name}/lightningcss"))
        })
        .context("npm has no lightningcss-cli for this kind of machine")
}

/// The fonts a style sheet names; the one that every page needs comes first, to be preloaded.
fn fonts(css: &str) -> Vec<String> {
    let mut found: Vec<String> = css
        .split("fonts/")
        .skip(1)
        .filter_map(|rest| Some(format!("{}.woff2", rest.split_once(".woff2")?.0)))
        .filter(|name| name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)))
        .collect();
    found.sort_by_key(|name| !name.contains("-latin-wght-normal"));
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::fonts;

    #[test]
    fn the_latin_font_comes_first() {
        let css = "@font-face{src:url(fonts/inter-latin-ext-wght-normal.woff2)format(\"woff2\")}\
                   @font-face{src:url(fonts/inter-latin-wght-normal.woff2)}";
        assert_eq!(
            fonts(css),
            ["inter-latin-wght-normal.woff2", "inter-latin-ext-wght-normal.woff2"]
        );
    }
}
