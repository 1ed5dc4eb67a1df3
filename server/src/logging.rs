//! Where events go: one line or one JSON object each, to standard error. With the feature
//! `opentelemetry`, spans go to a collector besides.
use crate::{
    cli::Failure,
    config::{Config, LogFormat},
};
use std::io::{IsTerminal as _, stderr};
use tracing_subscriber::{
    EnvFilter, Layer as _, fmt, layer::SubscriberExt as _, util::SubscriberInitExt as _,
};

/// What is held until the program ends.
#[cfg(feature = "opentelemetry")]
type Held = Option<crate::traces::Traces>;
#[cfg(not(feature = "opentelemetry"))]
type Held = Option<std::convert::Infallible>;

/// Starts the log as `config` says. Panics are logged too, with their place. Calling it twice does
/// nothing more.
///
/// # Errors
/// When traces cannot be sent to where they are to be sent.
pub fn start(config: &Config) -> Result<Held, Failure> {
    let filter = EnvFilter::try_new(&config.log).unwrap_or_else(|_| EnvFilter::new("info"));
    // A log on a full disk must not end requests: that it cannot be written is told nowhere.
    let log = fmt::layer()
        .with_writer(stderr)
        .with_ansi(stderr().is_terminal())
        .log_internal_errors(false);
    let log = match config.log_format {
        LogFormat::Text => log.with_target(false).boxed(),
        LogFormat::Json => log.json().flatten_event(true).with_current_span(true).boxed(),
    };
    let log = tracing_subscriber::registry().with(filter).with(log);
    #[cfg(feature = "opentelemetry")]
    let (log, held) = {
        let traces = crate::traces::Traces::start(config)?;
        (log.with(traces.as_ref().map(crate::traces::Traces::layer)), traces)
    };
    #[cfg(not(feature = "opentelemetry"))]
    let held = match config.traces_url {
        Some(_) => {
            return Err("traces_url needs a program built with --features opentelemetry".into());
        }
        None => None,
    };
    if log.try_init().is_ok() {
        std::panic::set_hook(Box::new(|panic| {
            let place = panic.location().map(ToString::to_string).unwrap_or_default();
            let text = panic.payload_as_str().unwrap_or("?");
            tracing::error!(place, text, "panicked");
        }));
    }
    Ok(held)
}
