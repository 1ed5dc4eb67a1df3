//! Proofs: tests whose length and choices come from outside, so that one test is short in
//! `make test` and long in `make prove`.
//!
//! - `STORE_MANAGER_SEED`: what all choices follow from. The same seed chooses the same; what the
//!   processor's scheduling adds does not repeat.
//! - `STORE_MANAGER_PROVE`: per cent of the long length; without it the short one.
//! - `STORE_MANAGER_PROOFS`: a file that gets a line for each proof: property, what was done, result.
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use std::{
    fs::OpenOptions,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    io::Write as _,
    str::FromStr,
};

/// The seed of short runs: they choose the same each time.
const SEED: u64 = 1;

/// One property that is being proven. Where the test stops before [`Proof::holds`], the property
/// counts as failed.
#[derive(Debug)]
pub struct Proof {
    property: String,
    seed: u64,
    percent: usize,
    held: bool,
}

impl Proof {
    /// Begins to prove a property, named as the table names it.
    pub fn of(property: impl Into<String>) -> Proof {
        let seed = variable("STORE_MANAGER_SEED").unwrap_or(SEED);
        let percent = variable("STORE_MANAGER_PROVE").unwrap_or(0);
        Proof { property: property.into(), seed, percent, held: false }
    }

    /// How many: `short` in `make test`, in `make prove` as much of `long` as was asked for.
    pub fn length(&self, short: usize, long: usize) -> usize {
        short.max(long * self.percent / 100)
    }

    /// Choices that follow from the seed; others for each property and `number`.
    pub fn dice(&self, number: usize) -> Dice {
        let mut hasher = DefaultHasher::new();
        (self.seed, &self.property, number).hash(&mut hasher);
        Dice(StdRng::seed_from_u64(hasher.finish()))
    }

    /// The property held in all that was done.
    pub fn holds(mut self, done: &str) {
        self.held = true;
        self.report(done);
    }

    fn report(&self, done: &str) {
        let Proof { property, seed, .. } = self;
        let result = if self.held { "holds" } else { "FAILED" };
        let line = format!("{property}\t{done}\t{result}\n");
        println!("{} (seed {seed})", line.trim_end().replace('\t', ": "));
        if let Ok(file) = std::env::var("STORE_MANAGER_PROOFS") {
            let file = OpenOptions::new().append(true).create(true).open(file);
            file.and_then(|mut file| file.write_all(line.as_bytes())).expect("the file of results");
        }
    }
}

impl Drop for Proof {
    fn drop(&mut self) {
        if !self.held {
            self.report(&format!("repeat with SEED={}", self.seed));
        }
    }
}

/// A variable's value; one that cannot be read stops the test, which would prove something else.
fn variable<T: FromStr>(name: &str) -> Option<T> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name}={text} is no number")))
}

/// Makes choices.
#[derive(Debug)]
pub struct Dice(StdRng);

impl Dice {
    /// One of 0 to `n` - 1.
    pub fn below(&mut self, n: usize) -> usize {
        self.0.random_range(0..n)
    }

    /// One of these.
    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// True once in `n` times.
    pub fn once_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }
}

#[test]
fn choices_follow_from_seed_property_and_number() {
    let rolls = |seed: u64, property: &str, number: usize| {
        let mut dice =
            Proof { property: property.to_owned(), seed, percent: 0, held: true }.dice(number);
        [(); 8].map(|()| dice.below(1_000_000))
    };
    assert_eq!(rolls(1, "a", 0), rolls(1, "a", 0));
    for other in [rolls(2, "a", 0), rolls(1, "b", 0), rolls(1, "a", 1)] {
        assert_ne!(rolls(1, "a", 0), other);
    }
}

#[test]
fn a_long_run_is_never_shorter_than_a_short_one() {
    let length = |percent| {
        Proof { property: String::new(), seed: 1, percent, held: true }.length(160, 10_000)
    };
    assert_eq!([0, 1, 50, 100].map(length), [160, 160, 5_000, 10_000]);
}
