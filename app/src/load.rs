//! How a page gets what it shows: one resource for all pages, whose value is the answer's JSON.
//!
//! A resource and a client stub for each type of answer were more than a third of what a browser
//! had to load. Here the types meet only in [`page`]'s last step.
use crate::{
    error::{AppError, error_page},
    ui::Refresh,
};
use leptos::{prelude::*, server_fn::ServerFn};
use serde::{Serialize, de::DeserializeOwned};
use std::{convert::Infallible, fmt, str::FromStr, sync::Arc};

/// The answer to a page's question: JSON of what was asked for, or of why there is none.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    found: bool,
    json: Arc<str>,
}

impl Answer {
    #[cfg(feature = "ssr")]
    fn of<T: Serialize>(result: &Result<T, AppError>) -> Answer {
        let (found, json) = match result {
            Ok(value) => (true, serde_json::to_string(value)),
            Err(error) => (false, serde_json::to_string(error)),
        };
        Answer { found, json: json.unwrap_or_default().into() }
    }

    fn read<T: DeserializeOwned>(&self) -> Result<T, AppError> {
        let broken = |_| AppError::Internal(String::new());
        if self.found {
            serde_json::from_str(&self.json).map_err(broken)
        } else {
            Err(self.error())
        }
    }

    fn error(&self) -> AppError {
        serde_json::from_str(&self.json).unwrap_or(AppError::Unavailable)
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.found { "+" } else { "-" })?;
        f.write_str(&self.json)
    }
}

impl FromStr for Answer {
    type Err = Infallible;
    fn from_str(text: &str) -> Result<Answer, Infallible> {
        let json = text.get(1..).unwrap_or_default().into();
        Ok(Answer { found: text.starts_with('+'), json })
    }
}

/// A question that can be asked from either side, its type erased: on the server it runs the
/// server function, in the browser it fetches its address.
type Ask = Arc<dyn Fn() -> std::pin::Pin<Box<dyn Future<Output = Answer> + Send>> + Send + Sync>;

/// A page's content: asks the server function `ask` gives (`None`: there is no such page), shows
/// `view` of the answer or why there is none, and asks anew when the question changes or stored
/// data did.
pub fn page<S>(
    ask: impl Fn() -> Option<S> + Send + Sync + 'static,
    view: impl Fn(S::Output) -> AnyView + Send + Sync + 'static,
) -> AnyView
where
    S: ServerFn<Error = AppError> + Serialize + 'static,
    S::Output: Serialize + DeserializeOwned,
{
    let ask = Arc::new(ask);
    let question = {
        let ask = ask.clone();
        Memo::new(move |_| ask().map(|s| serde_json::to_string(&s).unwrap_or_default()))
    };
    let run: Ask = Arc::new(move || match untrack(|| ask()) {
        Some(question) => answer(question),
        None => Box::pin(async { missing() }),
    });
    let show = Arc::new(move |answer: Answer| match answer.read::<S::Output>() {
        Ok(value) => view(value),
        Err(error) => error_page(error),
    });
    erased(question, run, show)
}

fn erased(
    question: Memo<Option<String>>,
    ask: Ask,
    show: Arc<dyn Fn(Answer) -> AnyView + Send + Sync>,
) -> AnyView {
    let refresh = use_context::<Refresh>();
    let source = move || (question.get(), refresh.map(|Refresh(count)| count.get()));
    let data = Resource::new_str(source, move |_| ask());
    view! {
        <Transition>
            {move || {
                let show = show.clone();
                Suspend::new(async move { show(data.await) })
            }}
        </Transition>
    }
    .into_any()
}

fn missing() -> Answer {
    Answer { found: false, json: r#""not_found""#.into() }
}

#[cfg(feature = "ssr")]
fn answer<S>(question: S) -> std::pin::Pin<Box<dyn Future<Output = Answer> + Send>>
where
    S: ServerFn<Error = AppError> + 'static,
    S::Output: Serialize,
{
    Box::pin(async move { Answer::of(&question.run_body().await) })
}

#[cfg(not(feature = "ssr"))]
fn answer<S>(question: S) -> std::pin::Pin<Box<dyn Future<Output = Answer> + Send>>
where
    S: ServerFn<Error = AppError> + Serialize + 'static,
{
    let query = serde_qs::to_string(&question).unwrap_or_default();
    let address = format!("{}?{query}", S::PATH);
    #[cfg(feature = "hydrate")]
    return Box::pin(send_wrapper::SendWrapper::new(fetch(address)));
    #[cfg(not(feature = "hydrate"))]
    Box::pin(async move { Answer { found: false, json: address.into() } })
}

/// Asks once: on the server the function itself, in the browser its address.
#[cfg(feature = "ssr")]
pub async fn ask<S>(question: S) -> Result<S::Output, AppError>
where
    S: ServerFn<Error = AppError> + 'static,
{
    question.run_body().await
}

/// Asks once: on the server the function itself, in the browser its address.
#[cfg(not(feature = "ssr"))]
pub async fn ask<S>(question: S) -> Result<S::Output, AppError>
where
    S: ServerFn<Error = AppError> + Serialize + 'static,
    S::Output: DeserializeOwned,
{
    answer(question).await.read()
}

#[cfg(feature = "hydrate")]
async fn fetch(address: String) -> Answer {
    let unreachable = || Answer { found: false, json: r#""network""#.into() };
    let request = gloo_net::http::Request::get(&address).header("Accept", "application/json");
    let Ok(response) = request.send().await else { return unreachable() };
    match response.text().await {
        Ok(text) => Answer { found: response.ok(), json: text.into() },
        Err(_) => unreachable(),
    }
}
