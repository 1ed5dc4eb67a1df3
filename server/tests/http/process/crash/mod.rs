//! The program and its database are killed while people work: what was acknowledged is there, and
//! nothing by half.
mod load;
mod stored;

use super::{
    cluster::Cluster,
    program::{Program, command, said},
    saves::Saves,
};
use domain::{
    db::Db,
    testing::{Dice, Proof, texts_in},
};
use load::{Desk, Worker};
use std::{
    collections::BTreeSet,
    path::Path,
    sync::atomic::Ordering,
    thread::{self, ScopedJoinHandle},
    time::{Duration, Instant},
};

/// Kills on each engine, a long run and a short one; some fifty changes are acknowledged between
/// two.
const KILLS: (usize, usize) = (3, 100);
/// The longest time between the acknowledgement that it waits for and the kill, in microseconds:
/// what a change takes, so that every moment within one is met.
const LATER: usize = 20_000;

const MEMBERS: &str =
    "SELECT id AS text FROM store_member WHERE role = 'marketer' ORDER BY store_id, id";
const STORE_OF_MEMBERS: &str =
    "SELECT store_id AS text FROM store_member WHERE role = 'marketer' ORDER BY store_id, id";
const STORES: &str = "SELECT id AS text FROM store WHERE archived_at IS NULL ORDER BY id";

/// The demonstration, six people at work in it, and what they were told.
struct Scene<'a> {
    folder: &'a Path,
    database: String,
    cookie: String,
    workers: Vec<Worker>,
    desk: Desk,
    acknowledged: BTreeSet<String>,
}

impl<'a> Scene<'a> {
    async fn new(folder: &'a Path, database: String) -> Scene<'a> {
        let program = Program::start_on(folder, &database);
        let cookie = program.sign_in();
        let db = Db::open(&database, 1).await.unwrap();
        let stores = texts_in(&db, STORES).await;
        let members = texts_in(&db, MEMBERS).await;
        let at = texts_in(&db, STORE_OF_MEMBERS).await;
        db.close().await;
        let mut workers = Vec::new();
        for store in &stores[..2] {
            let saves = Box::new(Saves::of_store(&program, &cookie, store));
            workers.push(Worker::Saver { saves, version: Some(1) });
            workers.push(Worker::Inviter { store: store.clone(), tried: 0 });
            let member = at.iter().position(|of| of == store).map(|n| members[n].clone()).unwrap();
            workers.push(Worker::Promoter { store: store.clone(), member, tried: 0, lost: false });
        }
        let (desk, acknowledged) = (Desk::default(), BTreeSet::new());
        Scene { folder, database, cookie, workers, desk, acknowledged }
    }

    fn start(&self) -> Program {
        Program::start_on(self.folder, &self.database)
    }

    /// Everybody works until `kill`, which happens some time after so many more changes; and, where
    /// the program lives on, until more are acknowledged again.
    fn round(&mut self, program: &Program, dice: &mut Dice, kill: impl FnOnce() -> bool) {
        let Scene { workers, desk, cookie, .. } = self;
        desk.over.store(false, Ordering::SeqCst);
        let start = desk.count();
        let (changes, later) = (20 + dice.below(61), dice.below(LATER));
        thread::scope(|scope| {
            let (desk, cookie) = (&*desk, cookie.as_str());
            let working: Vec<_> = workers
                .iter_mut()
                .map(|worker| scope.spawn(move || worker.work(program, cookie, desk)))
                .collect();
            reach(desk, start + changes, &working);
            let moment = Instant::now() + Duration::from_micros(later as u64);
            while Instant::now() < moment {
                std::hint::spin_loop();
            }
            if kill() {
                reach(desk, desk.count() + working.len(), &working);
                desk.over.store(true, Ordering::SeqCst);
            }
        });
    }

    /// What is stored, against what was acknowledged.
    async fn compare(&mut self) {
        self.acknowledged.extend(self.desk.take());
        let unknown = self.desk.unknown.load(Ordering::SeqCst);
        stored::compare(&self.database, &self.acknowledged, unknown).await;
        let mut verify = command(self.folder, &["audit", "verify"]);
        let verified = verify.env("STORE_MANAGER_DATABASE_URL", &self.database).output().unwrap();
        assert!(verified.status.success(), "{}", said(&verified));
    }
}

/// Waits until so many changes are acknowledged.
fn reach(desk: &Desk, count: usize, working: &[ScopedJoinHandle<'_, ()>]) {
    while desk.count() < count {
        assert!(!working.iter().all(ScopedJoinHandle::is_finished), "everybody stopped early");
        thread::yield_now();
    }
}

/// Kills the program over and over.
async fn kill_the_program(proof: Proof, database: String, kills: usize, folder: &Path) {
    let mut scene = Scene::new(folder, database).await;
    for kill in 0..kills {
        let program = scene.start();
        scene.round(&program, &mut proof.dice(kill), || {
            program.signal("KILL");
            false
        });
        assert!(!program.ended());
        // What a crash leaves is put in order by the program itself, before anybody else looks.
        drop(scene.start());
        scene.compare().await;
    }
    proof.holds(&summary(&scene, kills));
}

fn summary(scene: &Scene<'_>, kills: usize) -> String {
    let unknown = scene.desk.unknown.load(Ordering::SeqCst);
    let told = scene.acknowledged.len();
    format!("{kills} kills, {told} acknowledged changes, {unknown} without an answer")
}

#[tokio::test(flavor = "multi_thread")]
async fn prove_what_was_acknowledged_outlives_a_kill_on_sqlite() {
    let proof = Proof::of("R1, R7 the program is killed, Sqlite");
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", folder.path().join("store-manager.db").display());
    let kills = proof.length(KILLS.0, KILLS.1);
    kill_the_program(proof, database, kills, folder.path()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn prove_what_was_acknowledged_outlives_a_kill_on_postgres() {
    let proof = Proof::of("R1, R7 the program is killed, Postgres");
    let (folder, cluster) = (tempfile::tempdir().unwrap(), Cluster::start());
    let kills = proof.length(KILLS.0, KILLS.1 / 2);
    kill_the_program(proof, cluster.url.clone(), kills, folder.path()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn prove_what_was_acknowledged_outlives_a_kill_of_postgres() {
    let proof = Proof::of("R1, R7 PostgreSQL is killed");
    let (folder, mut cluster) = (tempfile::tempdir().unwrap(), Cluster::start());
    let mut scene = Scene::new(folder.path(), cluster.url.clone()).await;
    // The program lives through all of it.
    let program = scene.start();
    let kills = proof.length(KILLS.0, KILLS.1 / 2);
    for kill in 0..kills {
        scene.round(&program, &mut proof.dice(kill), || {
            cluster.crash();
            true
        });
        scene.compare().await;
    }
    proof.holds(&summary(&scene, kills));
}
