//! `store-manager serve`: the server, and what runs beside it until a signal ends them.
use crate::{
    cli::{Failure, tell},
    config::Config,
    http::router,
    listen::{self, Limits, ended},
    metrics, open,
    site::Site,
    state::Server,
};
use domain::{
    Domain,
    metrics::Job,
    outbox::{self, Mailer},
    settings::bulk,
};
use std::{net::SocketAddr, path::PathBuf, process::ExitCode, time::Duration};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::watch,
    task::JoinHandle,
    time::timeout,
};

/// How long open requests, and then the outbox worker, may take to finish.
const GRACE: Duration = Duration::from_secs(10);
/// How often what has expired is removed.
const HOUSEKEEPING: Duration = Duration::from_secs(60 * 60);
/// Connections that may ask for metrics at once.
const WATCHERS: usize = 16;
/// How often digests that are due are looked for.
const DIGESTS: Duration = Duration::from_secs(60);

/// Serves until SIGTERM or SIGINT; what was begun is then finished.
///
/// # Errors
/// Whatever keeps it from starting, in words for the operator.
pub async fn serve(config: &Config, demo: bool) -> Result<ExitCode, Failure> {
    let mailer = mailer(config, demo)?;
    let domain = open::domain(config, demo).await?;
    if demo {
        fill(&domain).await?;
    }
    let server = Server::new(domain.clone(), Site::embedded(), config);
    let router = router(&server)?;
    let listener = bind(config.listen).await?;
    let watched = match config.metrics_listen {
        Some(address) => Some(bind(address).await?),
        None => None,
    };

    let (stop, stopped) = watch::channel(false);
    let worker = tokio::spawn(outbox::run(domain.clone(), mailer, ended(stopped.clone())));
    let batches = tokio::spawn(bulk::run(domain.clone(), ended(stopped.clone())));
    let keeper = tokio::spawn(keep_house(domain.clone(), stopped.clone()));
    let digests = tokio::spawn(send_digests(domain.clone(), stopped.clone()));
    let watching = watched.map(|listener| {
        let router = metrics::router(&server);
        let limits = Limits { connections: WATCHERS, ..Limits::default() };
        tokio::spawn(listen::serve(listener, router, limits, stopped.clone()))
    });
    let serving = tokio::spawn(listen::serve(listener, router, Limits::default(), stopped));
    announce(config, demo);

    signalled().await?;
    tracing::info!("stopping");
    stop.send(true).ok();
    finish("requests", serving).await;
    finish("outbox", worker).await;
    finish("batches", batches).await;
    finish("housekeeping", keeper).await;
    finish("digests", digests).await;
    if let Some(watching) = watching {
        finish("metrics", watching).await;
    }
    domain.db.close().await;
    tracing::info!("stopped");
    Ok(ExitCode::SUCCESS)
}

async fn bind(address: SocketAddr) -> Result<TcpListener, Failure> {
    let listener = TcpListener::bind(address).await;
    listener.map_err(|error| format!("cannot listen on {address}: {error}").into())
}

fn mailer(config: &Config, demo: bool) -> Result<Mailer, Failure> {
    match (&config.smtp_url, &config.smtp_from) {
        (Some(url), Some(from)) => {
            let authorities = config.smtp_ca_file.as_ref().map(read).transpose()?;
            Ok(Mailer::smtp(url.expose(), from, authorities.as_deref())?)
        }
        _ if demo => Ok(Mailer::Mailbox),
        _ => {
            tracing::warn!("smtp_url is not set: no mail will leave, and nobody can be invited");
            Ok(Mailer::None)
        }
    }
}

fn read(path: &PathBuf) -> Result<Vec<u8>, Failure> {
    let bytes = std::fs::read(path);
    bytes.map_err(|error| format!("smtp_ca_file {} cannot be read: {error}", path.display()).into())
}

async fn fill(domain: &Domain) -> Result<(), Failure> {
    if domain::demo::fill(domain).await? {
        return Ok(());
    }
    // Its sign-ins would be shown to everybody, and mails would not leave.
    Err("--demo is for a database of its own, and this one is in use for something else: start \
         without --demo, or name another data directory (STORE_MANAGER_DATA_DIR)"
        .into())
}

fn announce(config: &Config, demo: bool) {
    tracing::info!(listen = %config.listen, public_url = config.public_url, "serving");
    tell(&format!("Store Manager is at {}\n", config.public_url));
    if demo {
        tell(&format!(
            "This is a demonstration. Sign in with {} (Administrator) or {} (Marketer), password {}\n",
            domain::demo::ADMINISTRATOR,
            domain::demo::MARKETER,
            domain::demo::PASSWORD,
        ));
    }
}

async fn keep_house(domain: Domain, stopped: watch::Receiver<bool>) {
    let stop = ended(stopped);
    tokio::pin!(stop);
    loop {
        let kept = domain.run(Job::Housekeeping, domain::housekeeping::run_once(&domain)).await;
        if let Err(error) = kept {
            tracing::error!(%error, "housekeeping failed");
        }
        let check = domain::audit::check_all(&domain, domain::audit::STEPS);
        if let Err(error) = domain.run(Job::AuditCheck, check).await {
            tracing::error!(%error, "the audit log could not be checked");
        }
        tokio::select! {
            () = &mut stop => return,
            () = tokio::time::sleep(HOUSEKEEPING) => {}
        }
    }
}

async fn send_digests(domain: Domain, stopped: watch::Receiver<bool>) {
    let stop = ended(stopped);
    tokio::pin!(stop);
    loop {
        let sent = domain.run(Job::Digests, domain::notifications::send_due(&domain)).await;
        if let Err(error) = sent {
            tracing::error!(%error, "digests could not be sent");
        }
        tokio::select! {
            () = &mut stop => return,
            () = tokio::time::sleep(DIGESTS) => {}
        }
    }
}

async fn signalled() -> std::io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}

async fn finish<T>(what: &str, task: JoinHandle<T>) {
    let abort = task.abort_handle();
    match timeout(GRACE, task).await {
        Ok(Ok(_)) => {}
        Ok(Err(error)) => tracing::error!(%error, what, "ended badly"),
        Err(_) => {
            abort.abort();
            tracing::warn!(what, "did not finish in time");
        }
    }
}
