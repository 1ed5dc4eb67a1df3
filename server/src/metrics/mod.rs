//! What operators watch, as Prometheus reads it.
mod process;
mod requests;
mod sample;

pub use requests::{Requests, Route};

use crate::Server;
use axum::{Router, extract::State, response::IntoResponse, routing::get};
use domain::Domain;
use http::{StatusCode, header};
use prometheus_client::{encoding::text, metrics::info::Info, registry::Registry};
use sample::Sample;

const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// All that is counted and measured in this process.
#[derive(Debug)]
pub struct Metrics {
    /// The requests of people.
    pub requests: Requests,
    sample: Sample,
    registry: Registry,
}

impl Metrics {
    /// Of a server on `domain`.
    pub fn new(domain: &Domain) -> Metrics {
        let mut registry = Registry::default();
        let (requests, sample) = (Requests::default(), Sample::default());
        process::register(&mut registry, domain.now());
        let ours = registry.sub_registry_with_prefix("store_manager");
        let build = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        ours.register("build", "The program that runs", build);
        requests.register(ours);
        sample.register(ours);
        domain.metrics.register(ours);
        domain.db.figures().register(ours);
        Metrics { requests, sample, registry }
    }
}

/// What is answered at `metrics_listen`; nothing of it is at the address for people.
pub fn router(server: &Server) -> Router {
    Router::new().route("/metrics", get(show)).with_state(server.clone())
}

async fn show(State(server): State<Server>) -> impl IntoResponse {
    let metrics = &server.metrics;
    metrics.sample.take(&server).await;
    let mut shown = String::new();
    match text::encode(&mut shown, &metrics.registry) {
        Ok(()) => Ok(([(header::CONTENT_TYPE, OPEN_METRICS)], shown)),
        Err(_) => Err(StatusCode::INTERNAL_SERVER_ERROR),
    }
}
