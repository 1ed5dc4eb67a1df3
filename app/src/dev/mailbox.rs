use super::api::{mail, mails};
use crate::{
    error::{error_page, not_found},
    layout::{Console, Head},
    path::Path,
    ui::{Icon, PageTitle, use_texts},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{
    text::Key,
    view::{MailSummary, MailView},
};

/// The mails that would have been sent.
#[component]
pub fn MailboxPage() -> impl IntoView {
    let t = use_texts();
    let data = Resource::new(|| (), |()| mails());
    view! {
        <Console store=None single=true>
            <main id="main" tabindex="-1">
                <Suspense>
                    {move || Suspend::new(async move {
                        match data.await {
                            Err(error) => error_page(error),
                            Ok(mails) => view! {
                                <Head title=t.get(Key::MailboxTitle) intro=t.get(Key::MailboxIntro)/>
                                <div class="list">{letters(mails)}</div>
                            }
                            .into_any(),
                        }
                    })}
                </Suspense>
            </main>
        </Console>
    }
}

fn letters(mails: Vec<MailSummary>) -> AnyView {
    let t = use_texts();
    if mails.is_empty() {
        return view! {
            <div class="empty">
                <Icon name="inbox"/><h2>{t.get(Key::MailboxEmpty)}</h2><p>{t.get(Key::MailboxEmptyText)}</p>
            </div>
        }
        .into_any();
    }
    let rows = mails.into_iter().map(|mail| {
        view! {
            <li>
                <a href=Path::Mail(mail.id).to_string()>{mail.subject}</a>
                <span class="muted">{mail.at}</span>
                <p>{t.get(Key::MailboxTo)}" "{mail.to}</p>
            </li>
        }
    });
    view! { <ul class="letters">{rows.collect_view()}</ul> }.into_any()
}

/// One mail, with the button that its HTML part has.
#[component]
pub fn MailPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|p| p.get("mail")?.parse().ok()));
    let data = Resource::new(
        move || id.get(),
        |id| async move { mail(id.ok_or_else(not_found)?).await },
    );
    view! {
        <Console store=None single=true>
            <main id="main" tabindex="-1">
                <Suspense>
                    {move || Suspend::new(async move {
                        match data.await {
                            Err(error) => error_page(error),
                            Ok(mail) => letter(mail),
                        }
                    })}
                </Suspense>
            </main>
        </Console>
    }
}

fn letter(mail: MailView) -> AnyView {
    let t = use_texts();
    let MailSummary { to, subject, at, .. } = mail.summary;
    view! {
        <PageTitle text=subject.clone()/>
        <p class="back"><a href=Path::Mailbox.to_string()><Icon name="chevron-left"/>{t.get(Key::MailboxTitle)}</a></p>
        <article class="card letter">
            <header><h1>{subject}</h1></header>
            <dl class="facts">
                <dt>{t.get(Key::MailboxTo)}</dt><dd>{to}</dd>
                <dt>{t.get(Key::MailboxSent)}</dt><dd>{at}</dd>
            </dl>
            <div class="text">{mail.text}</div>
            {mail.link.map(|link| view! { <p><a class="button primary" rel="external" href=link>{mail.button}</a></p> })}
        </article>
    }
    .into_any()
}
