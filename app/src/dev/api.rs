//! Server functions of the demonstration's pages.
#[cfg(feature = "ssr")]
use crate::answer::{context, load};
use crate::error::AppError;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use model::{
    OutboxId,
    view::{MailSummary, MailView},
};

#[cfg(feature = "ssr")]
fn demo() -> domain::Result<domain::Domain> {
    let request = context().map_err(|_| domain::Error::NotFound)?;
    if request.domain.options.demo {
        Ok(request.domain.clone())
    } else {
        Err(domain::Error::NotFound)
    }
}

/// Whether this is the demonstration; anything else has no such pages.
#[server(endpoint = "dev/gallery", input = GetUrl)]
pub async fn gallery() -> Result<(), AppError> {
    load(demo().map(|_| ()))
}

/// What would have been sent, newest first.
#[server(endpoint = "dev/mails", input = GetUrl)]
pub async fn mails() -> Result<Vec<MailSummary>, AppError> {
    let result = async { domain::mailbox::list(&demo()?, context_texts()).await };
    load(result.await)
}

/// One mail.
#[server(endpoint = "dev/mail", input = GetUrl)]
pub async fn mail(id: OutboxId) -> Result<MailView, AppError> {
    let result = async {
        domain::mailbox::get(&demo()?, context_texts(), &id).await?.ok_or(domain::Error::NotFound)
    };
    load(result.await)
}

#[cfg(feature = "ssr")]
fn context_texts() -> model::text::Texts {
    model::text::Texts::of(crate::context::request().map(|r| r.lang).unwrap_or_default())
}
