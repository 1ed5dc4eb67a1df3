//! Form fields: label, control, help and error, joined for assistive technology.
use super::{FormState, Icon, TextArea, use_texts};
use leptos::prelude::*;
use model::{text::Key, view::Choice};

/// What a field's parts share: who describes it, whether it is wrong, its error line.
#[derive(Clone, Copy)]
struct Parts {
    name: &'static str,
    help: Option<&'static str>,
    error: Memo<Option<String>>,
}

impl Parts {
    fn new(state: FormState, name: &'static str, help: Option<&'static str>) -> Parts {
        let t = use_texts();
        Parts {
            name,
            help,
            error: Memo::new(move |_| state.fault(name).map(|fault| fault.text(t))),
        }
    }

    fn described_by(self) -> Signal<Option<String>> {
        let Parts { name, help, error } = self;
        Signal::derive(move || match (error.get().is_some(), help.is_some()) {
            (true, true) => Some(format!("{name}-error {name}-help")),
            (true, false) => Some(format!("{name}-error")),
            (false, true) => Some(format!("{name}-help")),
            (false, false) => None,
        })
    }

    fn invalid(self) -> Signal<Option<&'static str>> {
        Signal::derive(move || self.error.get().map(|_| "true"))
    }

    fn label(self, label: &'static str, required: bool) -> impl IntoView {
        let t = use_texts();
        view! {
            <label for=self.name>
                {label}
                {required.then(|| view! { " "<span class="mark">{t.get(Key::CommonRequired)}</span> })}
            </label>
        }
    }

    fn error(self) -> impl IntoView {
        let name = self.name;
        move || {
            self.error.get().map(|text| {
                view! {
                    <p class="error" id=format!("{name}-error")><Icon name="circle-alert"/><span>{text}</span></p>
                }
            })
        }
    }

    fn help(self) -> impl IntoView {
        let name = self.name;
        self.help.map(|text| view! { <p class="help" id=format!("{name}-help")>{text}</p> })
    }
}

const fn class(full: bool) -> &'static str {
    if full { "field full" } else { "field" }
}

/// One line of text.
#[component]
pub fn TextField(
    state: FormState,
    name: &'static str,
    label: &'static str,
    /// What it holds when nothing else was typed.
    #[prop(optional, into)]
    value: String,
    /// The `type` attribute.
    #[prop(default = "text")]
    kind: &'static str,
    #[prop(default = "off")] autofill: &'static str,
    #[prop(optional_no_strip)] help: Option<&'static str>,
    #[prop(default = 200)] max: u32,
    #[prop(optional)] required: bool,
    #[prop(optional)] full: bool,
) -> impl IntoView {
    let parts = Parts::new(state, name, help);
    let (described_by, invalid) = (parts.described_by(), parts.invalid());
    view! {
        <div class=class(full)>
            {parts.label(label, required)}
            <input class="input" type=kind id=name name=name value=state.value(name, value) autocomplete=autofill
                maxlength=max required=required
                aria-describedby=described_by aria-invalid=invalid/>
            {parts.error()}
            {parts.help()}
        </div>
    }
}

/// Several lines of text.
#[component]
pub fn TextLines(
    state: FormState,
    name: &'static str,
    label: &'static str,
    #[prop(into)] value: String,
    #[prop(default = "off")] autofill: &'static str,
    #[prop(optional_no_strip)] help: Option<&'static str>,
    max: u32,
    #[prop(optional)] required: bool,
    #[prop(optional)] full: bool,
) -> impl IntoView {
    let parts = Parts::new(state, name, help);
    view! {
        <div class=class(full)>
            {parts.label(label, required)}
            <TextArea id=name name=name value=state.value(name, value) rows=2 max=max autofill=autofill
                described_by=parts.described_by() invalid=parts.invalid()/>
            {parts.error()}
            {parts.help()}
        </div>
    }
}

/// A password; with wasm it can be shown.
#[component]
pub fn PasswordField(
    state: FormState,
    name: &'static str,
    label: &'static str,
    autofill: &'static str,
    #[prop(optional_no_strip)] help: Option<String>,
    #[prop(optional)] full: bool,
) -> impl IntoView {
    let t = use_texts();
    let parts = Parts::new(state, name, help.as_ref().map(|_| ""));
    let (described_by, invalid) = (parts.described_by(), parts.invalid());
    let shown = RwSignal::new(false);
    view! {
        <div class=class(full)>
            {parts.label(label, true)}
            <div class="affix">
                <input type=move || if shown.get() { "text" } else { "password" } id=name name=name
                    autocomplete=autofill required maxlength="512"
                    aria-describedby=described_by aria-invalid=invalid/>
                <button class="button quiet small js-only" type="button" aria-controls=name
                    aria-pressed=move || if shown.get() { "true" } else { "false" }
                    on:click=move |_| shown.update(|s| *s = !*s)>
                    {t.get(Key::CommonShow)}
                </button>
            </div>
            {parts.error()}
            {help.map(|text| view! { <p class="help" id=format!("{name}-help")>{text}</p> })}
        </div>
    }
}

/// A bare select; `empty` adds a first entry that stands for nothing.
pub fn select(
    id: &'static str,
    name: &'static str,
    choices: Vec<Choice>,
    chosen: &str,
    empty: Option<&'static str>,
) -> impl IntoView + use<> {
    let options = choices
        .into_iter()
        .map(|choice| {
            let selected = choice.value == chosen;
            view! { <option value=choice.value selected=selected>{choice.label}</option> }
        })
        .collect_view();
    view! {
        <select id=id name=name>
            {empty.map(|text| view! { <option value="">{text}</option> })}
            {options}
        </select>
    }
}

/// One of many choices.
#[component]
pub fn SelectField(
    state: FormState,
    name: &'static str,
    label: &'static str,
    choices: Vec<Choice>,
    #[prop(into)] value: String,
    #[prop(default = "off")] autofill: &'static str,
    #[prop(optional_no_strip)] help: Option<&'static str>,
    #[prop(optional)] required: bool,
    #[prop(optional)] full: bool,
) -> impl IntoView {
    let t = use_texts();
    let parts = Parts::new(state, name, help);
    let (described_by, invalid) = (parts.described_by(), parts.invalid());
    let chosen = state.value(name, value);
    let options = choices
        .into_iter()
        .map(|choice| {
            let selected = choice.value == chosen;
            view! { <option value=choice.value selected=selected>{choice.label}</option> }
        })
        .collect_view();
    view! {
        <div class=class(full)>
            {parts.label(label, required)}
            <div class="select">
                <select id=name name=name autocomplete=autofill required=required
                    aria-describedby=described_by aria-invalid=invalid>
                    {(!required).then(|| view! { <option value="">{t.get(Key::CommonChoose)}</option> })}
                    {options}
                </select>
                <Icon name="chevron-down"/>
            </div>
            {parts.error()}
            {parts.help()}
        </div>
    }
}

/// A box to tick, with its text.
#[component]
pub fn Checkbox(
    state: FormState,
    name: &'static str,
    label: &'static str,
    #[prop(optional)] checked: bool,
    #[prop(optional)] required: bool,
) -> impl IntoView {
    let parts = Parts::new(state, name, None);
    let (described_by, invalid) = (parts.described_by(), parts.invalid());
    let checked = state.checked(name, checked);
    view! {
        <label class="check">
            <input type="checkbox" id=name name=name checked=checked required=required
                aria-describedby=described_by aria-invalid=invalid/>
            <span>{label}</span>
        </label>
        {parts.error()}
    }
}

/// A switch: on or off.
#[component]
pub fn Toggle(
    state: FormState,
    name: &'static str,
    label: &'static str,
    checked: bool,
    #[prop(optional_no_strip)] help: Option<&'static str>,
) -> impl IntoView {
    let parts = Parts::new(state, name, help);
    let described_by = parts.described_by();
    let checked = state.checked(name, checked);
    view! {
        <div class="field full">
            <label class="switch">
                <input type="checkbox" role="switch" id=name name=name checked=checked
                    aria-describedby=described_by/>
                <span>{label}</span>
            </label>
            {parts.error()}
            {parts.help()}
        </div>
    }
}
