use super::api::{Mail, Mails};
use crate::{
    layout::{Console, Head},
    load::page,
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
    view! {
        <Console store=None single=true>
            <main id="main" tabindex="-1">
                {page(|| Some(Mails {}), move |mails| view! {
                    <Head title=t.get(Key::MailboxTitle) intro=t.get(Key::MailboxIntro)/>
                    <div class="list">{letters(mails)}</div>
                }
                .into_any())}
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
    let ask = move || id.get().map(|id| Mail { id });
    view! {
        <Console store=None single=true>
            <main id="main" tabindex="-1">
                {page(ask, letter)}
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
