//! Who else has the page open to change it. A browser keeps it up to date: see `ui::presence`.
use crate::ui::{Markup, html};
use model::panel::{Editors, drawn::Html};

/// The region that tells; it takes no room while there is nobody.
pub(super) fn region(editors: &Editors) -> Html {
    let attributes = [
        ("class", "presence"),
        ("role", "status"),
        ("data-presence", editors.spot.as_str()),
        ("data-who", &editors.who),
    ];
    html("div", &attributes, |m| content(m, editors))
}

/// What stands in the region.
pub fn draw_editors(editors: &Editors) -> String {
    let mut m = Markup::default();
    content(&mut m, editors);
    m.into_text()
}

fn content(m: &mut Markup, editors: &Editors) {
    if editors.lines.is_empty() {
        return;
    }
    m.element("div", &[("class", "banner info")], |m| {
        m.icon("users");
        m.element("div", &[], |m| {
            editors.lines.iter().for_each(|line| m.leaf("p", &[], line));
        });
    });
}
