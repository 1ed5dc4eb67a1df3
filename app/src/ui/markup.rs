use super::IconSprite;
use leptos::{prelude::*, tachys::html::InertElement};
use model::panel::{Choice, drawn::Html};
use std::sync::Arc;

/// Markup that stays as it is while it is shown, such as a table's rows. It is written as text and
/// takes no part in what Leptos keeps track of: a thousand rows cost a browser no more than their
/// HTML, and each further use no further code. Everything given to it is escaped.
pub struct Markup {
    html: String,
    sprite: Arc<str>,
    /// Lists that were written, with what was chosen in them and where they stand.
    #[cfg(feature = "ssr")]
    lists: Vec<(Arc<[Choice]>, String, std::ops::Range<usize>)>,
}

/// Names and values. What has no value is left out, but for [`KEPT`].
pub type Attributes<'a> = &'a [(&'static str, &'a str)];

/// Attributes that mean something without a value.
const KEPT: [&str; 6] = ["alt", "value", "data-quick", "data-search", "data-who", "data-default"];

/// The value of an attribute that is on or off.
pub const fn flag(on: bool) -> &'static str {
    if on { "true" } else { "" }
}

impl Default for Markup {
    fn default() -> Markup {
        let sprite = use_context::<IconSprite>().map(|sprite| sprite.0);
        // A page that is made for a script has no application around it.
        #[cfg(feature = "ssr")]
        let sprite =
            sprite.or_else(|| Some(crate::context::request()?.assets.icons.as_str().into()));
        // Nor has what a script writes by itself.
        #[cfg(all(feature = "hydrate", not(feature = "ssr")))]
        let sprite = sprite.or_else(|| Some(crate::browser_icons().into()));
        Markup::with(sprite.unwrap_or_default())
    }
}

impl Markup {
    fn with(sprite: Arc<str>) -> Markup {
        Markup {
            html: String::new(),
            sprite,
            #[cfg(feature = "ssr")]
            lists: Vec::new(),
        }
    }

    /// Begins an element without content, such as `input`.
    pub fn void(&mut self, tag: &'static str, attributes: Attributes<'_>) {
        self.html.push('<');
        self.html.push_str(tag);
        for (name, value) in attributes {
            if !value.is_empty() || KEPT.contains(name) {
                self.html.push(' ');
                self.html.push_str(name);
                self.html.push_str("=\"");
                self.escaped(value);
                self.html.push('"');
            }
        }
        self.html.push('>');
    }

    /// An element with content.
    pub fn element(
        &mut self,
        tag: &'static str,
        attributes: Attributes<'_>,
        content: impl FnOnce(&mut Markup),
    ) {
        self.void(tag, attributes);
        content(self);
        self.html.push_str("</");
        self.html.push_str(tag);
        self.html.push('>');
    }

    /// An element that holds a text.
    pub fn leaf(&mut self, tag: &'static str, attributes: Attributes<'_>, text: &str) {
        self.element(tag, attributes, |m| m.text(text));
    }

    /// What `write` makes of each of `items`, which are much alike: the first tells how much room the
    /// others take.
    #[cfg(feature = "ssr")]
    pub fn each<T>(&mut self, items: &[T], mut write: impl FnMut(&mut Markup, &T)) {
        let Some((first, others)) = items.split_first() else { return };
        let before = self.html.len();
        write(self, first);
        let size = self.html.len() - before;
        self.html.reserve((size + size / 16) * others.len());
        others.iter().for_each(|item| write(self, item));
    }

    /// The entries of a select that each row of a table has: written once for each that is chosen,
    /// and copied from there.
    #[cfg(feature = "ssr")]
    pub fn list(&mut self, choices: &Arc<[Choice]>, chosen: &str) {
        let written = self
            .lists
            .iter()
            .find(|(list, value, _)| Arc::ptr_eq(list, choices) && value == chosen);
        if let Some((_, _, place)) = written {
            return self.html.extend_from_within(place.clone());
        }
        let start = self.html.len();
        options(self, choices, chosen);
        self.lists.push((choices.clone(), chosen.to_owned(), start..self.html.len()));
    }

    /// Text.
    pub fn text(&mut self, text: &str) {
        self.escaped(text);
    }

    /// A decorative icon of the sprite.
    pub fn icon(&mut self, name: &str) {
        let address = format!("{}#{name}", self.sprite);
        self.element("svg", &[("class", "icon"), ("aria-hidden", "true")], |m| {
            m.element("use", &[("href", &address)], |_| ());
        });
    }

    /// What was written.
    pub fn into_text(self) -> String {
        self.html
    }

    fn escaped(&mut self, text: &str) {
        let mut rest = text;
        loop {
            let (plain, special) = rest.split_at(plain(rest.as_bytes()));
            self.html.push_str(plain);
            let Some(first) = special.bytes().next() else { return };
            self.html.push_str(match first {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                _ => "&quot;",
            });
            rest = &special[1..];
        }
    }
}

/// How many bytes come before the first that is escaped. All of a page passes here: eight bytes at a
/// time without a branch, which a compiler makes one comparison of.
fn plain(bytes: &[u8]) -> usize {
    let special = |byte: &u8| (*byte == b'&') | (*byte == b'<') | (*byte == b'>') | (*byte == b'"');
    let (eights, _) = bytes.as_chunks::<8>();
    let clean = |eight: &&[u8; 8]| !eight.iter().fold(false, |any, byte| any | special(byte));
    let start = 8 * eights.iter().take_while(clean).count();
    let rest = &bytes[start..];
    start + rest.iter().position(special).unwrap_or(rest.len())
}

/// One element of such markup.
pub fn html(
    tag: &'static str,
    attributes: Attributes<'_>,
    content: impl FnOnce(&mut Markup),
) -> Html {
    let mut markup = Markup::default();
    markup.element(tag, attributes, content);
    Html(markup.html)
}

/// Shows a control of a form. What the server's page has of it already is left alone; the next page
/// begins with a control of its own, without what was typed into this one.
pub fn control(Html(html): Html) -> AnyView {
    InertElement::new(html).into_any()
}

/// One element of such markup as a view.
pub fn markup(
    tag: &'static str,
    attributes: Attributes<'_>,
    content: impl FnOnce(&mut Markup),
) -> AnyView {
    super::still(html(tag, attributes, content))
}

/// A list that opens; `entries` writes what is in it.
pub fn select(
    m: &mut Markup,
    class: &'static str,
    attributes: &[(&'static str, &str)],
    entries: impl FnOnce(&mut Markup),
) {
    m.element("div", &[("class", class)], |m| m.element("select", attributes, entries));
}

/// The entries of a select.
pub fn options(m: &mut Markup, choices: &[Choice], chosen: &str) {
    for choice in choices {
        let attributes = [
            ("value", choice.value.as_str()),
            ("selected", flag(choice.value == chosen)),
            ("disabled", flag(choice.disabled)),
        ];
        m.leaf("option", &attributes, &choice.label);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_given_stays_text() {
        let mut m = Markup::with("/i".into());
        m.element("a", &[("href", "\"><script>"), ("rel", ""), ("alt", "")], |m| {
            m.text("<b>&amp;\"é");
            m.icon("x");
        });
        assert_eq!(
            m.html,
            "<a href=\"&quot;&gt;&lt;script&gt;\" alt=\"\">&lt;b&gt;&amp;amp;&quot;é\
             <svg class=\"icon\" aria-hidden=\"true\"><use href=\"/i#x\"></use></svg></a>"
        );
    }

    #[test]
    fn what_is_escaped_is_found_wherever_it_stands() {
        for length in 0..40 {
            let text = "x".repeat(length);
            assert_eq!(plain(text.as_bytes()), length);
            for (at, special) in (0..length).flat_map(|at| "&<>\"".chars().map(move |c| (at, c))) {
                let mut text = text.clone();
                text.replace_range(at..=at, &special.to_string());
                assert_eq!(plain(text.as_bytes()), at, "{text}");
            }
        }
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn a_list_is_the_same_each_time() {
        let choices: Arc<[Choice]> = ["a", "b"].map(|value| Choice::new(value, value)).into();
        let (mut m, mut once) = (Markup::with("/i".into()), Markup::with("/i".into()));
        for chosen in ["a", "b", "a", "", "b"] {
            m.list(&choices, chosen);
            options(&mut once, &choices, chosen);
        }
        assert_eq!(m.html, once.html);
        let others: Arc<[Choice]> = [Choice::new("c", "c")].into();
        m.list(&others, "a");
        assert!(m.html.ends_with("<option value=\"c\">c</option>"));
    }
}
