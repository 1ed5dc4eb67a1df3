//! P3: settings saved, durably, by many people at once.
use super::{Bench, copy, ratio};
use crate::{
    Failure,
    connection::{Connection, post_parts},
    load::{Visitor, closed},
    pairs::interleaved,
    process,
    report::Figure,
    world::{self, WRITERS},
};
use domain::{db::Db, testing};
use std::{collections::HashSet, net::SocketAddr, time::Duration};

/// Somebody who saves the details of their store over and over.
pub(super) struct Writer {
    connection: Connection,
    headers: String,
    store: String,
    version: u32,
}

impl Writer {
    async fn new(
        address: SocketAddr,
        number: usize,
        person: &world::Visitor,
    ) -> Result<Writer, Failure> {
        Ok(Writer {
            connection: Connection::open(address).await?,
            headers: format!("{}x-forwarded-for: 198.51.100.{number}\r\n", person.cookie),
            store: person.store.clone(),
            version: 1,
        })
    }
}

impl Visitor for Writer {
    async fn step(&mut self) -> Result<Duration, Failure> {
        let (version, city) = (self.version.to_string(), format!("Madrid {}", self.version));
        let fields = [
            ("_store", self.store.as_str()),
            ("_group", "general"),
            ("_section", "store-details"),
            ("_version", &version),
            ("name", "Writer"),
            ("legal_name", "Casa Olmo, S.L."),
            ("store_url", "https://casaolmo.example"),
            ("contact_email", "a@shop.example"),
            ("street", "Calle Mayor 1"),
            ("postal_code", "28013"),
            ("city", &city),
            ("country", "ES"),
        ];
        let request = post_parts("/api/settings/save", &self.headers, &fields);
        let answer = self.connection.ask(&request).await?;
        if answer.status != 200 || !answer.text().contains("\"done\"") {
            return Err(format!("{} {}", answer.status, answer.text()).into());
        }
        self.version += 1;
        Ok(answer.first_byte)
    }
}

/// What is stored must be what was acknowledged.
pub(super) async fn check(bench: &Bench<'_>, writers: &[Writer]) -> Result<(), Failure> {
    let db = Db::open(&bench.database, 1).await?;
    let stored = "SELECT scope_id || ' ' || version AS text FROM setting_document WHERE section = 'store-details'";
    let stored: HashSet<String> = testing::texts_in(&db, stored).await.into_iter().collect();
    db.close().await;
    let told = writers.iter().map(|writer| format!("{} {}", writer.store, writer.version));
    match told.into_iter().find(|told| !stored.contains(told)) {
        Some(lost) => Err(format!("{lost} was told and is not stored").into()),
        None => Ok(()),
    }
}

/// One for each of the stores that are there to be written to.
pub(super) async fn writers(bench: &Bench<'_>) -> Result<Vec<Writer>, Failure> {
    let mut writers = Vec::with_capacity(WRITERS);
    for (number, person) in bench.world.writers.iter().enumerate() {
        writers.push(Writer::new(bench.server.address, number, person).await?);
    }
    Ok(writers)
}

pub(super) async fn measure(bench: &Bench<'_>) -> Result<Vec<Figure>, Failure> {
    let plan = bench.plan;
    if !plan.wants("P3") {
        return Ok(Vec::new());
    }
    let mut writers = writers(bench).await?;
    let floor = copy(bench.folder.path())?;
    let folder = floor.path().display().to_string();
    let (count, seconds) = (WRITERS.to_string(), plan.seconds.to_string());
    let arguments = ["saves", "--folder", &folder, "--writers", &count, "--seconds", &seconds];
    let time = plan.time();
    let outcome = interleaved(
        plan.pairs,
        async || closed(&mut writers, time).await,
        async || process::figure(&arguments).await,
    )
    .await?;
    check(bench, &writers).await?;
    let what = "settings saved, 64 people at once, each on disk when answered";
    let against = "prepared statements, same rows, 64 in a commit";
    Ok(vec![ratio("P3", what, "saves/s", against, outcome, (0.10, 0.30))])
}
