//! People of two organizations who ask for everything there is, of their own and of the other.
use super::{
    marks::{BIRD, strange},
    pool::Pool,
    side::Side,
};
use crate::{
    access::{FUNCTIONS, How, call},
    harness::{Actor, Answer, Client, Log, TestApp, Watch},
};
use domain::testing::{self, Dice};
use model::text::Texts;
use server::http::{DOWNLOADS, page_routes};
use std::collections::BTreeMap;

/// What is added to an address, so that lists are filtered, sorted and searched.
const QUERIES: [&str; 8] = [
    "q=quokka",
    "q=quokka&in={store}",
    "sort=email&direction=desc",
    "page=2",
    "q=example&status=invited",
    "person={person}",
    "actor={person}&store={store}",
    "next=/stores/{store}",
];

/// How often an operation was asked for: of the own organization, of the other, and how often the
/// own texts were in the answer.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked {
    /// Of the own organization.
    pub own: usize,
    /// Of the other.
    pub other: usize,
    /// With the own texts in the answer.
    pub told: usize,
}

/// What was done in all trials.
#[derive(Default)]
pub struct Tally {
    /// Requests.
    pub requests: usize,
    /// Mails.
    pub mails: usize,
    /// Bytes of log.
    pub logged: usize,
    /// By operation.
    pub asked: BTreeMap<&'static str, Asked>,
}

/// Who asks, and whose identifiers they use.
#[derive(Clone, Copy)]
struct Case {
    asks: usize,
    of: usize,
    operation: &'static str,
}

/// Two organizations.
pub struct Trial<'a> {
    app: &'a TestApp,
    sides: [Side; 2],
    dice: Dice,
    log: Log,
    tally: &'a mut Tally,
}

impl<'a> Trial<'a> {
    /// Two new organizations; their people have looked at everything of their own.
    pub async fn new(app: &'a TestApp, mut dice: Dice, tally: &'a mut Tally) -> Trial<'a> {
        let sides = [Side::new(app, &mut dice).await, Side::new(app, &mut dice).await];
        let mut trial = Trial { app, sides, dice, log: Log::default(), tally };
        for side in [0, 1] {
            trial.look_around(side).await;
        }
        trial
    }

    /// Follows links from page to page, so that everything to be seen is known.
    async fn look_around(&mut self, side: usize) {
        let organization = format!("/organizations/{}", self.sides[side].w.company.organization);
        let store = self.sides[side].w.store_path();
        let mut waiting = vec!["/stores".to_owned(), organization + "/stores", store];
        let mut client = self.sides[side].client(self.app, Actor::Owner);
        while let Some(link) = waiting.pop() {
            let case = Case { asks: side, of: side, operation: "links" };
            let answer = client.get(&link).await;
            self.check(case, &link, &answer);
            if answer.code() == 200 && answer.header("content-type").starts_with("text/html") {
                waiting.extend(self.sides[side].pool.learn_links(&answer.text()));
            }
        }
    }

    /// Everything there is, each for the own and for the other organization, in any order: first
    /// what only looks and what must be refused, last what changes things.
    pub async fn run(mut self) {
        let pairs = [(0, 1), (1, 0), (0, 0), (1, 1)];
        let pages = page_routes().iter().chain(&DOWNLOADS);
        let looks: Vec<_> =
            pages.flat_map(|route| pairs.map(|(asks, of)| (*route, asks, of))).collect();
        for (operation, asks, of) in self.shuffled(looks) {
            self.look(Case { asks, of, operation }).await;
        }
        for (asks, of) in [(0, 1), (1, 0)].repeat(150) {
            self.look(Case { asks, of, operation: "links" }).await;
        }
        for pairs in [[(0, 1), (1, 0)], [(0, 0), (1, 1)]] {
            let rows = 0..FUNCTIONS.len();
            let calls: Vec<_> =
                rows.flat_map(|row| pairs.map(|(asks, of)| (row, asks, of))).collect();
            for (row, asks, of) in self.shuffled(calls) {
                self.change(row, Case { asks, of, operation: FUNCTIONS[row].0 }).await;
            }
        }
        self.read_mails().await;
    }

    fn shuffled<T>(&mut self, mut all: Vec<T>) -> Vec<T> {
        for n in (1..all.len()).rev() {
            all.swap(n, self.dice.below(n + 1));
        }
        all
    }

    /// An address of the operation, and its parts.
    fn address(&mut self, case: Case) -> String {
        let (own, of) = (&self.sides[case.asks].pool, &self.sides[case.of].pool);
        let dice = &mut self.dice;
        let link = match case.operation {
            "links" => of.link(dice).unwrap_or_else(|| "/stores".to_owned()),
            pattern => of.address(pattern, own, dice),
        };
        if !dice.once_in(3) {
            return link;
        }
        let store = of.part("store", dice);
        let query = dice.pick(&QUERIES).replace("{store}", &store);
        let query = query.replace("{person}", &of.part("person", dice));
        let mark = if link.contains('?') { '&' } else { '?' };
        format!("{link}{mark}{query}")
    }

    async fn look(&mut self, case: Case) {
        let address = self.address(case);
        let mut client = self.somebody(case.asks).await;
        // What a script gets in place of a page.
        let answer = match self.dice.once_in(3) {
            true => client.read("/api/panel", &[("path", &address)]).await,
            false => client.get(&address).await,
        };
        self.check(case, &address, &answer);
    }

    async fn change(&mut self, row: usize, case: Case) {
        let (path, how, fields, _) = FUNCTIONS[row];
        let own = fields(self.app, &self.sides[case.asks].w);
        let of = fields(self.app, &self.sides[case.of].w);
        let mut sent = Vec::new();
        for ((name, own), (_, of)) in own.into_iter().zip(of) {
            sent.push((name, self.field(case, name, own, of)));
        }
        let mut client = self.somebody(case.asks).await;
        let plain = self.dice.once_in(2);
        let answer = call(&mut client, path, how, &sent, plain).await;
        let what = format!("{path} {sent:?}");
        self.check(case, &what, &answer);
        if plain && how != How::Read && answer.status.is_redirection() {
            let next = client.follow(&answer).await;
            self.check(case, &format!("{what} -> {}", answer.location()), &next);
        }
    }

    /// What is sent in a field: the identifiers of whose organization it is about, mixed with own
    /// ones; texts are always the asker's.
    fn field(&mut self, case: Case, name: &'static str, own: String, of: String) -> String {
        if name == "path" {
            let operation = *self.dice.pick::<&str>(page_routes());
            return self.address(Case { operation, ..case });
        }
        if of.to_lowercase().contains(BIRD) {
            return own;
        }
        let dice = &mut self.dice;
        let pools: [&Pool; 2] = [&self.sides[case.of].pool, &self.sides[case.asks].pool];
        let pool = pools[usize::from(dice.once_in(5))];
        match of.as_str() {
            "unknown" => pool.part(name, dice),
            _ if dice.once_in(3) => pool.like(&of, dice).unwrap_or(of),
            _ => of,
        }
    }

    /// The browser of somebody of an organization, half of the time its Owner's: in a new session,
    /// because the own requests end some.
    async fn somebody(&mut self, side: usize) -> Client {
        let side = &self.sides[side];
        let actor = *self.dice.pick(&Actor::ALL);
        let mut client = side.client(self.app, actor);
        if self.dice.once_in(2) {
            let owner = &side.w.company.owner;
            let token = testing::another_session(&self.app.t.domain, owner).await;
            client.cookies.insert("__Host-session".into(), token.expose().to_owned());
        }
        client
    }

    /// Nothing of the other organization is in an answer, nor in what was logged meanwhile.
    fn check(&mut self, case: Case, what: &str, answer: &Answer) {
        let side = &self.sides[case.asks];
        let headers = format!("{:?}", answer.headers);
        let body = String::from_utf8_lossy(&answer.body);
        let logged = self.log.take();
        for (place, text) in [("headers", headers.as_str()), ("body", &body), ("log", &logged)] {
            let found = strange(text, &side.mark);
            assert!(found.is_none(), "{} in the {place} of {what}: {found:?}", case.operation);
        }
        // Where the machine is busy some take too long, which is no fault.
        assert_ne!(answer.code(), 500, "{what}: {body}");
        self.tally.requests += 1;
        self.tally.logged += logged.len();
        let asked = self.tally.asked.entry(case.operation).or_default();
        asked.own += usize::from(case.asks == case.of);
        asked.other += usize::from(case.asks != case.of);
        asked.told += usize::from(body.contains(&side.mark));
    }

    /// Every mail that came of it holds texts of one organization only.
    async fn read_mails(&mut self) {
        let day = 24 * 60 * 60 * 1000;
        self.app.t.advance(7 * day);
        let domain = self.app.t.in_demo_mode();
        domain::notifications::send_due(&domain).await.unwrap();
        domain::housekeeping::run_once(&domain).await.unwrap();
        let t = Texts::of(Default::default());
        for summary in domain::mailbox::list(&domain, t).await.unwrap() {
            let mail = domain::mailbox::get(&domain, t, &summary.id).await.unwrap().unwrap();
            let text = format!("{mail:?}");
            let clean = self.sides.iter().any(|side| strange(&text, &side.mark).is_none());
            let ours = self.sides.iter().any(|side| text.contains(&side.mark));
            assert!(clean || !ours, "a mail of both: {text}");
            self.tally.mails += usize::from(ours);
        }
    }

    /// Watches what is logged from now on.
    pub fn watch(&self) -> Watch {
        self.log.watch()
    }
}
