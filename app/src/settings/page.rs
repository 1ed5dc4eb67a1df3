use super::{
    api::{LoadSection, Save},
    conflict::conflict,
    fields::{groups, labels},
};
use crate::{
    home::store_of_page,
    layout::{Head, UseViewer},
    load::page,
    path::Path,
    ui::{Check, Form, FormState, Icon, Refresh, use_texts},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;
use model::{
    Input, StoreId,
    settings::{Section, clean, validate},
    text::Key,
    view::SectionView,
};

/// The page of every section that the settings engine serves.
#[component]
pub fn SectionPage() -> impl IntoView {
    let store = store_of_page();
    let params = use_params_map();
    let place = Memo::new(move |_| params.with(|p| Some((p.get("group")?, p.get("section")?))));
    let Refresh(refresh) = expect_context();
    follow_store_name(refresh);
    let ask = move || {
        let (store, (group, key)) = store.get().zip(place.get())?;
        Some(LoadSection { store, group, key })
    };
    page(ask, move |view| {
        let section = place.get_untracked().and_then(|(group, key)| Section::find(&group, &key));
        let found = store.get_untracked().zip(section);
        found.map(|(store, section)| content(store, section, view)).into_any()
    })
}

/// The selector shows the store's name: it follows a save.
fn follow_store_name(refresh: RwSignal<u32>) {
    let UseViewer(viewer) = expect_context();
    Effect::new(move |before: Option<u32>| {
        let now = refresh.get();
        #[cfg(feature = "hydrate")]
        if before.is_some_and(|before| before != now) {
            leptos::task::spawn_local(async move {
                if let Ok(new) = crate::load::ask(crate::session::api::LoadViewer {}).await {
                    viewer.set(Some(new));
                }
            });
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = (before, viewer);
        now
    });
}

fn content(store: StoreId, section: &'static Section, view: SectionView) -> AnyView {
    let t = use_texts();
    let state = FormState::new(Save::PATH);
    let meta = match &view.last_change {
        Some(change) => {
            t.fill(Key::SettingsLastChange, &[("person", &change.by), ("time", &change.at)])
        }
        None => t.get(Key::SettingsNeverChanged).to_owned(),
    };
    let current = StoredValue::new(view.values.clone());
    let check = Check::new(move |input: Input| {
        current
            .with_value(|current| validate(section, &clean(section, &input, current), |_, _| true))
    });
    let loaded = view.version;
    let here = Path::Section(store.clone(), section.group.key(), section.key).to_string();
    let version = move || state.conflict().with(|c| c.as_ref().map_or(loaded, |c| c.version));
    view! {
        <Head title=t.get(section.title) intro=t.get(section.intro) meta=Some(meta)/>
        <Form state=state labels=labels(section) multipart=true guarded=true check=Some(check)>
            <input type="hidden" name="_store" value=store.to_string()/>
            <input type="hidden" name="_group" value=section.group.key()/>
            <input type="hidden" name="_section" value=section.key/>
            <input type="hidden" name="_version" value=version/>
            <div class="stack">
                {conflict(section, view.clone(), state)}
                {groups(section, &view, state)}
            </div>
            {if view.editable { save_bar(state, here).into_any() } else { read_only().into_any() }}
        </Form>
    }
    .into_any()
}

fn save_bar(state: FormState, here: String) -> impl IntoView {
    let t = use_texts();
    let save = move || {
        let (pending, conflict) = (state.pending().get(), state.conflict().with(Option::is_some));
        t.get(match (pending, conflict) {
            (true, _) => Key::SettingsSaving,
            (_, true) => Key::ConflictSubmit,
            _ => Key::CommonSave,
        })
    };
    view! {
        <div class="save-bar">
            <p role="status"><Icon name="circle-dot"/>{t.get(Key::SettingsUnsaved)}</p>
            <a class="button discard" href=here rel="external">{t.get(Key::CommonDiscard)}</a>
            <button class="button primary" disabled=state.pending()>{save}</button>
        </div>
    }
}

fn read_only() -> impl IntoView {
    let t = use_texts();
    view! { <p class="muted">{t.get(Key::SettingsReadOnly)}</p> }
}
