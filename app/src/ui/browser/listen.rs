//! Listeners that Leptos does not set: on the document before all others, and on a form's element.
use leptos::prelude::document;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{AddEventListenerOptions, Event, HtmlFormElement};

/// A listener on the document, before any other; it ends when this is dropped.
pub struct Listening(send_wrapper::SendWrapper<(Heard, &'static str)>);

/// What a listener runs.
type Heard = Closure<dyn FnMut(Event)>;

impl Drop for Listening {
    fn drop(&mut self) {
        let (closure, event) = &*self.0;
        let function = closure.as_ref().unchecked_ref();
        document().remove_event_listener_with_callback_and_bool(event, function, true).ok();
    }
}

/// Listens on the document in the capture phase.
pub fn on_document(event: &'static str, run: impl FnMut(Event) + 'static) -> Listening {
    let closure = Closure::<dyn FnMut(Event)>::new(run);
    let function = closure.as_ref().unchecked_ref();
    document().add_event_listener_with_callback_and_bool(event, function, true).ok();
    Listening(send_wrapper::SendWrapper::new((closure, event)))
}

/// Listens on an element for as long as it exists.
pub(super) fn listen(element: &HtmlFormElement, event: &str, run: impl FnMut(Event) + 'static) {
    let closure = Closure::<dyn FnMut(Event)>::new(run).into_js_value();
    let options = AddEventListenerOptions::new();
    element
        .add_event_listener_with_callback_and_add_event_listener_options(
            event,
            closure.unchecked_ref(),
            &options,
        )
        .ok();
}
