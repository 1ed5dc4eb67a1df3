use super::{Icon, use_texts};
use leptos::prelude::*;
use model::{Notice, text::Key};

/// The success messages on screen; each goes by itself after a while.
#[derive(Clone, Copy)]
pub struct Toasts(RwSignal<Vec<(u32, Notice)>>);

impl Toasts {
    /// Begins with what the last page left.
    pub fn provide(first: Option<Notice>) -> Toasts {
        let toasts = Toasts(RwSignal::new(first.map(|notice| (0, notice)).into_iter().collect()));
        provide_context(toasts);
        #[cfg(feature = "hydrate")]
        if first.is_some() {
            toasts.expire(0);
        }
        toasts
    }

    /// Shows a message.
    #[cfg(feature = "hydrate")]
    pub fn show(self, notice: Notice) {
        let id = self.0.with_untracked(|all| all.last().map_or(0, |(id, _)| id + 1));
        self.0.update(|all| all.push((id, notice)));
        self.expire(id);
    }

    fn dismiss(self, id: u32) {
        self.0.update(|all| all.retain(|(other, _)| *other != id));
    }

    #[cfg(feature = "hydrate")]
    fn expire(self, id: u32) {
        set_timeout(move || self.dismiss(id), std::time::Duration::from_secs(8));
    }
}

/// Where toasts appear; screen readers are told.
#[component]
pub fn ToastRegion(toasts: Toasts) -> impl IntoView {
    let t = use_texts();
    view! {
        <div class="toasts" role="status">
            <For each=move || toasts.0.get() key=|(id, _)| *id let:toast>
                <div class="toast">
                    <Icon name="circle-check"/>
                    <p>{t.get(toast.1.text())}</p>
                    <button class="button quiet small icon-only js-only" type="button"
                        aria-label=t.get(Key::CommonClose) on:click=move |_| toasts.dismiss(toast.0)>
                        <Icon name="x"/>
                    </button>
                </div>
            </For>
        </div>
    }
}
