use leptos::{
    prelude::{AddAnyAttr, AnyView, IntoAny as _, Mountable, Render, RenderHtml},
    tachys::{
        html::{
            InertElement,
            attribute::{Attribute, any_attribute::AnyAttribute},
        },
        hydration::Cursor,
        renderer::{
            CastFrom as _, Rndr,
            types::{Element, Node, TemplateElement},
        },
        view::{Position, PositionState},
    },
};
use model::panel::drawn::Html;

/// Shows markup that stays as it is, such as a table. As long as it is the same, the document's
/// elements stay: also those that came with the page, whose markup no script was told. Putting a
/// table's like in its place would make a browser lay out all of it anew.
///
/// Leptos' own `InertElement` would keep a copy of each markup that was ever shown, and clone it.
pub fn still(html: Html) -> AnyView {
    Still(html).into_any()
}

struct Still(Html);

struct StillState {
    /// The markup, or its mark.
    html: Html,
    shown: Element,
}

impl Mountable for StillState {
    fn unmount(&mut self) {
        self.shown.unmount();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.shown.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.shown.insert_before_this(child)
    }

    fn elements(&self) -> Vec<Element> {
        vec![self.shown.clone()]
    }
}

/// The element that `html` describes.
fn element(html: &str) -> Element {
    let holder = Rndr::create_element("template", None);
    Rndr::set_inner_html(&holder, html);
    TemplateElement::cast_from(holder.clone())
        .and_then(|template| template.content().first_element_child())
        .unwrap_or(holder)
}

impl Render for Still {
    type State = StillState;

    fn build(self) -> StillState {
        let shown = element(&self.0.0);
        StillState { html: self.0, shown }
    }

    fn rebuild(self, state: &mut StillState) {
        if self.0 == state.html || self.0.mark() == state.html {
            return;
        }
        let new = element(&self.0.0);
        // Where the focus is in the old element, browsers lay out the page when it goes: that has
        // to be while the new one is not in it yet.
        state.shown.replace_with_with_node_1(&new).ok();
        *state = StillState { html: self.0, shown: new };
    }
}

impl AddAnyAttr for Still {
    type Output<A: Attribute> = Still;

    fn add_any_attr<A: Attribute>(self, _: A) -> Still
    where
        Still: RenderHtml,
    {
        self
    }
}

impl RenderHtml for Still {
    type AsyncOutput = Still;
    type Owned = Still;

    const MIN_LENGTH: usize = 0;

    fn html_len(&self) -> usize {
        self.0.0.len()
    }

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Still {
        self
    }

    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        _escape: bool,
        _mark_branches: bool,
        _extra_attrs: Vec<AnyAttribute>,
    ) {
        buf.push_str(&self.0.0);
        *position = Position::NextChild;
    }

    fn hydrate<const FROM_SERVER: bool>(
        self,
        cursor: &Cursor,
        position: &PositionState,
    ) -> StillState {
        // It takes the next element for its own, and knows nothing of it.
        let found = InertElement::new("").hydrate::<FROM_SERVER>(cursor, position);
        let shown = found.elements().pop();
        StillState { html: self.0, shown: shown.unwrap_or_else(|| element("")) }
    }

    fn into_owned(self) -> Still {
        self
    }
}
