//! Logo and colours of a store. The page's policy allows no colours in the markup: they come as
//! style sheets, whose rules reach what `brand-head` or `data-preview` stands in.
use crate::ui::Markup;
use model::panel::{Brand, Sample};

/// Writes the head of what a store sends, or a sample of it.
pub fn brand(m: &mut Markup, brand: &Brand) {
    for styles in &brand.styles {
        m.void("link", &[("rel", "stylesheet"), ("href", styles)]);
    }
    match &brand.sample {
        None => {
            let class =
                if brand.styles.is_empty() { "brand-logo" } else { "brand-logo brand-head" };
            logo(m, brand, class);
        }
        Some(parts) => m.element("div", &[("data-preview", "true")], |m| sample(m, brand, parts)),
    }
}

fn logo(m: &mut Markup, brand: &Brand, class: &str) {
    m.element("p", &[("class", class)], |m| match &brand.logo {
        Some(src) => m.void("img", &[("src", src), ("alt", &brand.name)]),
        None => m.leaf("b", &[], &brand.name),
    });
}

fn sample(m: &mut Markup, brand: &Brand, sample: &Sample) {
    m.element("div", &[("class", "brand-sample")], |m| {
        logo(m, brand, "brand-logo");
        for line in &sample.lines {
            m.leaf("p", &[], line);
        }
        m.leaf("span", &[("class", "brand-button")], &sample.button);
    });
    m.element("p", &[("class", "help")], |m| {
        m.text(&sample.contrast);
        m.text(" ");
        let colors = "--shown-text --shown-background";
        m.leaf("output", &[("data-contrast", colors)], &sample.ratio);
        m.text(" ");
        m.text(&sample.least);
    });
}
