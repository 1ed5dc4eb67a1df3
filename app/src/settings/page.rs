use super::{
    api::{Save, load_section as load},
    conflict::conflict,
    fields::{groups, labels},
};
use crate::{
    error::{AppError, error_page, not_found},
    home::store_of_page,
    layout::{Head, UseViewer},
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
    let section = Memo::new(move |_| {
        params.with(|p| Some((p.get("group")?, p.get("section")?)))
    });
    let Refresh(refresh) = expect_context();
    let data = Resource::new(
        move || (store.get(), section.get(), refresh.get()),
        |(store, section, _)| async move {
            let (store, (group, key)) = store.zip(section).ok_or_else(not_found)?;
            load(store, group, key).await
        },
    );
    follow_store_name(refresh);
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let found = section.get_untracked().and_then(|(g, k)| Section::find(&g, &k));
                match (data.await, store.get_untracked(), found) {
                    (Ok(view), Some(store), Some(section)) => content(store, section, view),
                    (Err(error), ..) => error_page(error),
                    _ => error_page(AppError::NotFound),
                }
            })}
        </Transition>
    }
}

/// The selector shows the store's name: it follows a save.
fn follow_store_name(refresh: RwSignal<u32>) {
    let UseViewer(viewer) = expect_context();
    Effect::new(move |before: Option<u32>| {
        let now = refresh.get();
        if before.is_some_and(|before| before != now) {
            leptos::task::spawn_local(async move {
                if let Ok(new) = crate::session::api::viewer().await {
                    viewer.set(Some(new));
                }
            });
        }
        now
    });
}

fn content(store: StoreId, section: &'static Section, view: SectionView) -> AnyView {
    let t = use_texts();
    let state = FormState::new(Save::PATH);
    let meta = match &view.last_change {
        Some(change) => t.fill(Key::SettingsLastChange, &[("person", &change.by), ("time", &change.at)]),
        None => t.get(Key::SettingsNeverChanged).to_owned(),
    };
    let current = StoredValue::new(view.values.clone());
    let check = Check::new(move |input: Input| {
        current.with_value(|current| validate(section, &clean(section, &input, current), |_, _| true))
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
            <a class="button discard" href=here rel="external" on:click=move |_| state.dirty().set(false)>{t.get(Key::CommonDiscard)}</a>
            <button class="button primary" disabled=move || state.pending().get()>{save}</button>
        </div>
    }
}

fn read_only() -> impl IntoView {
    let t = use_texts();
    view! { <p class="muted">{t.get(Key::SettingsReadOnly)}</p> }
}
