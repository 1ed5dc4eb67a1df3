//! Requests: how many, how long they took, and how many are under way.
use axum::extract::MatchedPath;
use http::{Method, StatusCode};
use prometheus_client::{
    encoding::{EncodeLabelSet, EncodeLabelValue, LabelValueEncoder},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::{Registry, Unit},
};
use std::{
    fmt,
    hash::{Hash, Hasher},
    time::Duration,
};

/// Upper bounds in seconds.
const TIMES: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

/// A route's pattern, such as `/stores/{store}`; never an address, which may hold an invitation's
/// token or what somebody searched for.
#[derive(Clone, Debug, Default)]
pub struct Route(Option<MatchedPath>);

impl Route {
    /// The pattern that matched, if one did.
    pub fn new(matched: Option<&MatchedPath>) -> Route {
        Route(matched.cloned())
    }

    /// As text; `-` where no pattern matched.
    pub fn as_str(&self) -> &str {
        self.0.as_ref().map_or("-", MatchedPath::as_str)
    }
}

impl PartialEq for Route {
    fn eq(&self, other: &Route) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Route {}

impl Hash for Route {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl EncodeLabelValue for Route {
    fn encode(&self, encoder: &mut LabelValueEncoder) -> Result<(), fmt::Error> {
        self.as_str().encode(encoder)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Labels {
    method: &'static str,
    route: Route,
    status: &'static str,
}

/// The requests of this process; clones share what they count.
#[derive(Clone, Debug)]
pub struct Requests {
    answered: Family<Labels, Counter>,
    times: Family<Labels, Histogram, fn() -> Histogram>,
    under_way: Gauge,
    /// Pages that were sent again as they were made a moment before.
    pub again: Counter,
}

impl Default for Requests {
    fn default() -> Requests {
        Requests {
            answered: Family::default(),
            times: Family::new_with_constructor(|| Histogram::new(TIMES)),
            under_way: Gauge::default(),
            again: Counter::default(),
        }
    }
}

impl Requests {
    pub(super) fn register(&self, registry: &mut Registry) {
        registry.register("http_requests", "Requests answered", self.answered.clone());
        registry.register_with_unit(
            "http_request_duration",
            "Time from a request's head to its answer's",
            Unit::Seconds,
            self.times.clone(),
        );
        let help = "Requests that wait for their answer";
        registry.register("http_requests_under_way", help, self.under_way.clone());
        let help = "Pages sent again as they were made a moment before";
        registry.register("pages_again", help, self.again.clone());
    }

    /// Counts a request as under way until what it gives is dropped: answered, or given up because
    /// the client has gone.
    pub fn begin(&self) -> UnderWay {
        self.under_way.inc();
        UnderWay(self.under_way.clone())
    }

    /// Notes an answer.
    pub fn answered(&self, method: &Method, route: Route, status: StatusCode, took: Duration) {
        let labels = Labels { method: known(method), route, status: class(status) };
        self.answered.get_or_create(&labels).inc();
        self.times.get_or_create(&labels).observe(took.as_secs_f64());
    }
}

/// A request under way.
#[derive(Debug)]
pub struct UnderWay(Gauge);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// The method's name, if it is a usual one: clients may invent any number of others.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

fn class(status: StatusCode) -> &'static str {
    match status.as_u16() {
        ..200 => "1xx",
        200..300 => "2xx",
        300..400 => "3xx",
        400..500 => "4xx",
        500.. => "5xx",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_clients_invent_makes_no_further_lines() {
        let requests = Requests::default();
        for method in ["GET", "BREW", "STEEP"] {
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            requests.answered(&method, Route::default(), StatusCode::OK, Duration::ZERO);
        }
        let count = |method| {
            let labels = Labels { method, route: Route::default(), status: "2xx" };
            requests.answered.get(&labels).map(|counter| counter.get())
        };
        assert_eq!([count("GET"), count("other"), count("BREW")], [Some(1), Some(2), None]);
    }

    #[test]
    fn a_request_that_is_given_up_is_no_longer_under_way() {
        let requests = Requests::default();
        let (one, two) = (requests.begin(), requests.begin());
        assert_eq!(requests.under_way.get(), 2);
        drop(one);
        assert_eq!(requests.under_way.get(), 1);
        drop(two);
        assert_eq!(requests.under_way.get(), 0);
    }
}
