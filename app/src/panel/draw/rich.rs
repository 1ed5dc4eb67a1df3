//! Small Markdown as markup. What it may become is listed here, and all else is text.
use crate::ui::Markup;
use pulldown_cmark::{Event, Parser, Tag};

/// Writes a text in small Markdown.
pub fn rich(m: &mut Markup, text: &str) {
    within(m, &mut Parser::new(text));
}

/// Writes what stands before the end of the element that has just begun.
fn within(m: &mut Markup, events: &mut Parser<'_>) {
    while let Some(event) = events.next() {
        match event {
            Event::Start(tag) => element(m, tag, events),
            Event::End(_) => return,
            Event::Code(text) => m.leaf("code", &[], &text),
            Event::SoftBreak => m.text("\n"),
            Event::HardBreak => m.void("br", &[]),
            Event::Rule => m.void("hr", &[]),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => m.text(&text),
            // Extensions that are off.
            _ => {}
        }
    }
}

fn element(m: &mut Markup, tag: Tag<'_>, events: &mut Parser<'_>) {
    let name = match tag {
        Tag::Paragraph => "p",
        // The page has headings of its own above these.
        Tag::Heading { .. } => "h3",
        Tag::List(None) => "ul",
        Tag::List(Some(_)) => "ol",
        Tag::Item => "li",
        Tag::Emphasis => "em",
        Tag::Strong => "strong",
        Tag::BlockQuote(_) => "blockquote",
        Tag::CodeBlock(_) => "pre",
        Tag::Link { dest_url, .. } if leads(&dest_url) => {
            let attributes = [("href", &*dest_url), ("rel", "external noopener")];
            return m.element("a", &attributes, |m| within(m, events));
        }
        // A link that leads nowhere safe, and a picture, are what is written there.
        _ => return within(m, events),
    };
    m.element(name, &[], |m| within(m, events));
}

/// Whether an address may be a link: of the web, a mail, or of this site.
fn leads(address: &str) -> bool {
    let own = address.starts_with('/') && crate::path::local(address) == address;
    own || ["https://", "http://", "mailto:"].iter().any(|scheme| address.starts_with(scheme))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::html;

    fn drawn(text: &str) -> String {
        html("div", &[], |m| rich(m, text)).0
    }

    #[test]
    fn small_markdown_is_drawn() {
        let text = "# Title\n\nOne **two** *three*\nfour\n\n- [five](https://x.example)\n- `six`";
        assert_eq!(
            drawn(text),
            "<div><h3>Title</h3><p>One <strong>two</strong> <em>three</em>\nfour</p><ul><li>\
             <a href=\"https://x.example\" rel=\"external noopener\">five</a></li>\
             <li><code>six</code></li></ul></div>"
        );
    }

    #[test]
    fn nothing_else_becomes_markup() {
        for text in [
            "<script>alert(1)</script>",
            "a <img src=x onerror=alert(1)> b",
            "<!-- x -->",
            "[a](javascript:alert(1)) ![b](https://x.example/b.png) [c](//evil.example)",
            "[d](data:text/html,x) <https://x.example\"onclick=alert(1)>",
        ] {
            let html = drawn(text);
            let begun = html.split('<').skip(1).filter(|tag| !tag.starts_with('/'));
            let safe = ["div>", "p>", "a href=\"https://x.example&quot;"];
            let odd: Vec<&str> =
                begun.filter(|tag| !safe.iter().any(|safe| tag.starts_with(safe))).collect();
            assert!(odd.is_empty(), "{text}: {html}");
        }
    }
}
