//! Traces of requests, for a collector that speaks OpenTelemetry. What a span tells is what the log
//! tells: the route's pattern, never an address or who asks.
use crate::config::Config;
use async_trait::async_trait;
use domain::outgoing::Outgoing;
use http::{HeaderMap, Request, Response};
use ipnet::{Ipv4Net, Ipv6Net};
use opentelemetry::{propagation::TextMapPropagator as _, trace::TracerProvider as _};
use opentelemetry_http::{Bytes, HeaderExtractor, HttpClient, HttpError};
use opentelemetry_otlp::{
    ExporterBuildError, SpanExporter, WithExportConfig as _, WithHttpConfig as _,
};
use opentelemetry_sdk::{Resource, propagation::TraceContextPropagator, trace::SdkTracerProvider};
use tokio::runtime::Handle;
use tracing::{Span, Subscriber};
use tracing_opentelemetry::OpenTelemetrySpanExt as _;
use tracing_subscriber::{Layer, registry::LookupSpan};

/// What collects spans; those not sent yet are sent when it is dropped.
#[derive(Debug)]
pub(crate) struct Traces(SdkTracerProvider);

impl Traces {
    /// As `config` says. Must be called in the runtime.
    ///
    /// # Errors
    /// An address that is none.
    pub(crate) fn start(config: &Config) -> Result<Option<Traces>, ExporterBuildError> {
        let Some(url) = &config.traces_url else { return Ok(None) };
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(Client::new())
            .with_endpoint(url.expose())
            .build()?;
        let service = Resource::builder().with_service_name("store-manager").build();
        let provider =
            SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(service);
        Ok(Some(Traces(provider.build())))
    }

    /// What hands it the spans.
    pub(crate) fn layer<S: Subscriber + for<'s> LookupSpan<'s>>(&self) -> impl Layer<S> + use<S> {
        tracing_opentelemetry::layer().with_tracer(self.0.tracer("store-manager"))
    }
}

impl Drop for Traces {
    fn drop(&mut self) {
        if let Err(error) = self.0.shutdown() {
            tracing::warn!(%error, "the last traces could not be sent");
        }
    }
}

/// Makes a request's span part of the trace that its headers name, as a proxy gives them.
pub(crate) fn follow(span: &Span, headers: &HeaderMap) {
    let parent = TraceContextPropagator::new().extract(&HeaderExtractor(headers));
    // Fails where nothing collects spans.
    span.set_parent(parent).ok();
}

/// Our own client. The operator names the collector, which may be anywhere.
#[derive(Debug)]
struct Client {
    outgoing: Outgoing,
    runtime: Handle,
}

impl Client {
    fn new() -> Client {
        let anywhere = [Ipv4Net::default().into(), Ipv6Net::default().into()];
        Client { outgoing: Outgoing::new(&anywhere), runtime: Handle::current() }
    }
}

#[async_trait]
impl HttpClient for Client {
    /// Called on a thread of the exporter's own, which has no runtime.
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let (outgoing, request) = (self.outgoing.clone(), request.map(|body| body.to_vec()));
        let sent = self.runtime.spawn(async move { outgoing.send(request).await });
        Ok(sent.await??.map(Bytes::from))
    }
}
