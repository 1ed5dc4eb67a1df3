//! What the operator decides: a TOML file and the environment, validated whole before anything
//! starts.
mod reader;
mod secret;
#[cfg(test)]
mod tests;
mod value;

pub use reader::{Fault, Invalid, PREFIX};
pub use secret::SecretUrl;
pub use value::LogFormat;

use ipnet::IpNet;
use reader::Reader;
use std::{
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};

/// The commented defaults, as `store-manager default-config` prints them.
pub const DEFAULT_FILE: &str = include_str!("../../default.toml");
/// The file that is read when none is named and it exists.
pub const USUAL_FILE: &str = "store-manager.toml";

/// The operator's decisions; what each means stands in [`DEFAULT_FILE`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// Address and port of the metrics, if they are to be served.
    pub metrics_listen: Option<SocketAddr>,
    /// The address under which people reach this server, without a slash at its end.
    pub public_url: String,
    /// Where the embedded database and the secret key are kept.
    pub data_dir: PathBuf,
    /// A PostgreSQL database instead of the embedded one.
    pub database_url: Option<SecretUrl>,
    /// How many database connections are kept open at most.
    pub database_connections: u32,
    /// How many megabytes of pages are kept to be sent again; 0 for none.
    pub page_cache_mb: usize,
    /// The mail server.
    pub smtp_url: Option<SecretUrl>,
    /// Certificate authorities that the mail server's certificate may come from, in PEM.
    pub smtp_ca_file: Option<PathBuf>,
    /// The sender of mails; set whenever `smtp_url` is.
    pub smtp_from: Option<String>,
    /// Proxies whose forwarding headers are believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Networks that outgoing requests may reach although they are not public.
    pub outgoing_exceptions: Vec<IpNet>,
    /// The file with the secret key, if it is not the one in `data_dir`.
    pub secret_key_file: Option<PathBuf>,
    /// The collector that gets traces of requests.
    pub traces_url: Option<SecretUrl>,
    /// How the log is written.
    pub log_format: LogFormat,
    /// What is logged.
    pub log: String,
}

/// Why there is no configuration.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file cannot be read.
    #[error("the configuration file {0} cannot be read: {1}")]
    File(PathBuf, #[source] std::io::Error),
    /// Values are wrong: all of them.
    #[error(transparent)]
    Invalid(#[from] Invalid),
}

impl Config {
    /// Reads the named file, else the usual one if it exists, and the process's environment.
    pub fn load(file: Option<&Path>) -> Result<Config, Error> {
        let usual = Path::new(USUAL_FILE);
        let path = file.or_else(|| usual.exists().then_some(usual));
        let text = match path {
            Some(path) => {
                std::fs::read_to_string(path).map_err(|error| Error::File(path.into(), error))?
            }
            None => String::new(),
        };
        Ok(Config::parse(&text, &|name| std::env::var(name).ok())?)
    }

    /// The configuration of a file's text and an environment. A set variable wins over the file;
    /// an empty value means "not set".
    pub fn parse(file: &str, variable: &dyn Fn(&str) -> Option<String>) -> Result<Config, Invalid> {
        let mut r = Reader::new(file, variable);
        let listen = r.get("listen", SocketAddr::from((Ipv4Addr::LOCALHOST, 3000)), value::address);
        let config = Config {
            listen,
            metrics_listen: r.get("metrics_listen", None, |text| value::address(text).map(Some)),
            public_url: r.get("public_url", format!("http://{listen}"), value::public_url),
            data_dir: r.get("data_dir", PathBuf::from("data"), value::path),
            database_url: r.get("database_url", None, value::database_url),
            database_connections: r.get("database_connections", 8, value::connections),
            page_cache_mb: r.get("page_cache_mb", 8, value::megabytes),
            smtp_url: r.get("smtp_url", None, value::smtp_url),
            smtp_ca_file: r.get("smtp_ca_file", None, |text| value::path(text).map(Some)),
            smtp_from: r.get("smtp_from", None, value::mail_sender),
            trusted_proxies: r.get("trusted_proxies", Vec::new(), value::networks),
            outgoing_exceptions: r.get("outgoing_exceptions", Vec::new(), value::networks),
            secret_key_file: r.get("secret_key_file", None, |text| value::path(text).map(Some)),
            traces_url: r.get("traces_url", None, value::traces_url),
            log_format: r.get("log_format", LogFormat::Text, value::log_format),
            log: r.get("log", "info".to_owned(), value::log),
        };
        if config.smtp_url.is_some() && config.smtp_from.is_none() {
            r.fault("smtp_from", "must be set, because smtp_url is");
        }
        r.finish()?;
        Ok(config)
    }

    /// The database's address.
    pub fn database(&self) -> SecretUrl {
        let embedded = || format!("sqlite:{}", self.data_dir.join("store-manager.db").display());
        self.database_url.clone().unwrap_or_else(|| SecretUrl::new(embedded()))
    }

    /// The file of the embedded database, unless it is PostgreSQL.
    pub fn embedded(&self) -> Option<PathBuf> {
        self.database().expose().strip_prefix("sqlite:").map(PathBuf::from)
    }

    /// The file of the secret key.
    pub fn secret_key(&self) -> PathBuf {
        let own = || self.data_dir.join(crate::secret_key::FILE);
        self.secret_key_file.clone().unwrap_or_else(own)
    }

    /// Whether people reach the server by https.
    pub fn https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}
