use crate::{
    config::Config,
    http::{Kept, Lines},
    metrics::Metrics,
    site::Site,
};
use axum::extract::FromRef;
use domain::Domain;
use ipnet::IpNet;
use std::{ops::Deref, sync::Arc};

/// What every request handler shares. Each thing that stands before the pages is handed a clone for
/// each request: a clone is one count, however much there is.
#[derive(Clone)]
pub struct Server(Arc<Shared>);

/// What a [`Server`] holds.
pub struct Shared {
    /// The rules and the data.
    pub domain: Domain,
    /// The site bundle.
    pub site: Site,
    /// How the outside reaches us.
    pub front: Front,
    /// What operators watch.
    pub metrics: Arc<Metrics>,
    /// Who waits for their turn.
    pub lines: Lines,
    /// Pages to be sent again.
    pub kept: Kept,
}

/// How the outside reaches this server.
#[derive(Clone, Debug)]
pub struct Front {
    /// Proxies whose forwarding headers are believed.
    pub trusted_proxies: Vec<IpNet>,
    /// The public address: scheme, host and port.
    pub origin: String,
}

impl Server {
    /// The state for `domain` as `config` says.
    pub fn new(domain: Domain, site: Site, config: &Config) -> Server {
        let front = Front {
            trusted_proxies: config.trusted_proxies.clone(),
            origin: config.public_url.clone(),
        };
        let metrics = Arc::new(Metrics::new(&domain));
        let lines = Lines::new(&domain);
        let kept = Kept::new(config.page_cache_mb << 20);
        Server(Arc::new(Shared { domain, site, front, metrics, lines, kept }))
    }
}

impl Deref for Server {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl FromRef<Server> for Site {
    fn from_ref(server: &Server) -> Site {
        server.site.clone()
    }
}

impl FromRef<Server> for Domain {
    fn from_ref(server: &Server) -> Domain {
        server.domain.clone()
    }
}
