//! What the last form left for this page.
use crate::error::AppError;
use leptos::prelude::*;
use model::{Input, Notice, Outcome};
use serde::{Deserialize, Serialize};

/// The rest of a plain form's post, shown once by the page that follows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Flash {
    /// What to tell the person.
    pub notice: Option<Notice>,
    /// The form that was refused.
    pub form: Option<Refused>,
}

/// A form that was refused, with what had been typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Refused {
    /// The path of the form's server function.
    pub form: String,
    /// What it answered.
    pub answer: Result<Outcome, AppError>,
    /// What had been typed, secrets left out.
    pub input: Input,
}

#[cfg(feature = "ssr")]
impl Flash {
    /// Only something to tell.
    pub fn notice(notice: Notice) -> Flash {
        Flash { notice: Some(notice), form: None }
    }

    /// A form that was not accepted.
    pub fn outcome(form: &str, outcome: Outcome, input: Input) -> Flash {
        Flash {
            notice: None,
            form: Some(Refused { form: form.into(), answer: Ok(outcome), input }),
        }
    }

    /// A form that met a fault.
    pub fn error(form: &str, error: AppError, input: Input) -> Flash {
        Flash { notice: None, form: Some(Refused { form: form.into(), answer: Err(error), input }) }
    }
}

/// The page's flash; empty after the first navigation in the browser.
#[derive(Clone, Copy)]
pub struct UseFlash(StoredValue<Option<Flash>>);

impl UseFlash {
    /// Takes over what the server sent with this page.
    pub fn provide() -> UseFlash {
        let flash = SharedValue::new(server_flash).into_inner();
        let flash = UseFlash(StoredValue::new(flash));
        provide_context(flash);
        flash
    }

    /// What to tell the person.
    pub fn told(self) -> Option<Notice> {
        self.0.with_value(|flash| flash.as_ref()?.notice)
    }

    /// How the form with this action was refused.
    pub fn refused(self, form: &str) -> Option<Refused> {
        self.0
            .with_value(|flash| flash.as_ref()?.form.clone().filter(|refused| refused.form == form))
    }

    /// The action of the form that was refused.
    pub fn form(self) -> Option<String> {
        self.0.with_value(|flash| Some(flash.as_ref()?.form.as_ref()?.form.clone()))
    }

    /// It has been shown.
    pub fn clear(self) {
        self.0.set_value(None);
    }
}

/// What the last form left for the page that is asked for now.
#[cfg(feature = "ssr")]
pub fn of_request() -> Option<Flash> {
    crate::context::request().and_then(|r| serde_json::from_str(r.flash.as_deref()?).ok())
}

fn server_flash() -> Option<Flash> {
    #[cfg(feature = "ssr")]
    return of_request();
    #[cfg(not(feature = "ssr"))]
    None
}
