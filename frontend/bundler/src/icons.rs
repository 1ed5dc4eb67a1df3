//! The icons, as one SVG file with a symbol each: `<use href="/pkg/icons.….svg#trash">`.
use crate::Job;
use anyhow::{Context as _, Result, ensure};

/// The names of the icons in use, one a line, as Lucide calls them.
pub const LIST: &str = "app/src/ui/icons.txt";

const ATTRIBUTES: &str = "viewBox=\"0 0 24 24\" fill=\"none\" stroke=\"currentColor\" \
     stroke-width=\"2\" stroke-linecap=\"round\" stroke-linejoin=\"round\"";

pub fn sprite(job: &Job) -> Result<String> {
    let list = job.read(LIST)?;
    let mut names: Vec<&str> = list.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    names.sort_unstable();
    names.dedup();
    let mut sprite = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><!-- Lucide icons, ISC licence -->",
    );
    for name in names {
        let plain = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        ensure!(plain, "{LIST}: `{name}` is not the name of an icon");
        let source = job
            .read(&format!("frontend/node_modules/lucide-static/icons/{name}.svg"))
            .with_context(|| format!("{LIST}: Lucide has no icon named `{name}`"))?;
        let shapes = shapes(&source).with_context(|| format!("{name}.svg is not as expected"))?;
        sprite.push_str(&format!("<symbol id=\"{name}\" {ATTRIBUTES}>{shapes}</symbol>"));
    }
    sprite.push_str("</svg>");
    Ok(sprite)
}

/// What an icon's `<svg>` element contains.
fn shapes(source: &str) -> Option<String> {
    let (_, element) = source.split_once("<svg")?;
    let (_, content) = element.split_once('>')?;
    let (content, _) = content.rsplit_once("</svg>")?;
    Some(content.lines().map(str::trim).collect::<String>().replace(" />", "/>"))
}

#[cfg(test)]
mod tests {
    use super::shapes;

    #[test]
    fn only_the_shapes_are_taken() {
        let source = "<!-- licence -->\n<svg\n  class=\"x\"\n>\n  <path d=\"M1 1\" />\n  <circle r=\"3\" />\n</svg>\n";
        assert_eq!(shapes(source).as_deref(), Some("<path d=\"M1 1\"/><circle r=\"3\"/>"));
        assert_eq!(shapes("<svg>"), None);
    }
}
