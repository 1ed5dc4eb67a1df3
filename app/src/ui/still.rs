use leptos::{
    prelude::{AddAnyAttr, AnyView, IntoAny as _, Mountable, Render, RenderHtml},
    tachys::{
        html::{
            InertElement,
            attribute::{Attribute, any_attribute::AnyAttribute},
        },
        hydration::Cursor,
        renderer::types::{Element, Node},
        view::{Position, PositionState},
    },
};
use model::panel::drawn::Html;

/// Shows markup that stays as it is, such as a table. As long as it is the same, the document's
/// elements stay: also those that came with the page, whose markup no script was told. Putting a
/// table's like in its place would make a browser lay out all of it anew.
pub fn still(Html(html): Html) -> AnyView {
    Still(html).into_any()
}

struct Still(String);

struct StillState {
    html: String,
    shown: <InertElement as Render>::State,
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
        self.shown.elements()
    }
}

impl Render for Still {
    type State = StillState;

    fn build(self) -> StillState {
        let shown = InertElement::new(self.0.clone()).build();
        StillState { html: self.0, shown }
    }

    fn rebuild(self, state: &mut StillState) {
        if self.0 == state.html {
            return;
        }
        let mut new = self.build();
        if same(state, &new) {
            state.html = new.html;
        } else {
            state.insert_before_this(&mut new);
            state.unmount();
            *state = new;
        }
    }
}

/// Whether the elements shown are those of `new`.
fn same(shown: &StillState, new: &StillState) -> bool {
    let (shown, new) = (shown.elements(), new.elements());
    matches!((shown.first(), new.first()), (Some(a), Some(b)) if a.is_equal_node(Some(b)))
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
        self.0.len()
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
        buf.push_str(&self.0);
        *position = Position::NextChild;
    }

    fn hydrate<const FROM_SERVER: bool>(
        self,
        cursor: &Cursor,
        position: &PositionState,
    ) -> StillState {
        let shown = InertElement::new(String::new()).hydrate::<FROM_SERVER>(cursor, position);
        StillState { html: self.0, shown }
    }

    fn into_owned(self) -> Still {
        self
    }
}
