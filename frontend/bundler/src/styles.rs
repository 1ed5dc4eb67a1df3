//! The style sheet, with the fonts it names.
use crate::{Job, site::Site, tool};
use anyhow::{Context as _, Result, ensure};
use std::fs;

/// The oldest browsers that know `light-dark()`, nesting and `popover`; nothing is rewritten for older ones.
const BROWSERS: &str = "chrome >= 123, edge >= 123, firefox >= 128, safari >= 17.5";
/// The whole of Inter, of which each font of style/ is a part.
const INTER: &str = "inter-ui/variable/InterVariable.woff2";
/// The font that every page needs.
const FIRST: &str = "inter-europe.woff2";

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
        let address = site.push("fonts", &font, &cut(job, &font)?)?;
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

/// One font of style/, with the letters and weights that are said where it is named.
fn cut(job: &Job, font: &str) -> Result<Vec<u8>> {
    let inter = job.packages().join(INTER);
    let whole = fs::read(&inter).with_context(|| format!("{INTER} is missing"))?;
    let styles = job.styles().join("fonts.css");
    let faces = fs::read(&styles)?;
    let script = job.read("frontend/font.js")?;
    let tools = job.read("frontend/package-lock.json")?;
    tool::cached(job, font, &[&whole, &faces, script.as_bytes(), tools.as_bytes()], || {
        let output = tool::scratch(job, "font")?.join(font);
        let [inter, styles, out] =
            [&inter, &styles, &output].map(|path| path.display().to_string());
        tool::run(job, "../font.js", &[&inter, &styles, font, &out])?;
        Ok(fs::read(&output)?)
    })
}

/// The fonts a style sheet names, the one that every page needs first.
fn fonts(css: &str) -> Vec<String> {
    let mut found: Vec<String> = css
        .split("fonts/")
        .skip(1)
        .filter_map(|rest| Some(format!("{}.woff2", rest.split_once(".woff2")?.0)))
        .filter(|name| name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)))
        .collect();
    found.sort_by_key(|name| name != FIRST);
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::fonts;

    #[test]
    fn the_font_of_every_page_comes_first() {
        let css = "@font-face{src:url(fonts/inter-latin.woff2)format(\"woff2\")}\
                   @font-face{src:url(fonts/inter-europe.woff2)}";
        assert_eq!(fonts(css), ["inter-europe.woff2", "inter-latin.woff2"]);
    }
}
