use super::{
    Entry,
    fold::words,
    typo::{forgiven, slips},
};
use std::collections::HashMap;

/// What can be found, with its words folded once and each kept once with where it is used: a key
/// press compares with the vocabulary, which hardly grows with what there is to find.
#[derive(Debug, Default)]
pub struct Index {
    entries: Vec<Entry>,
    /// The folded words of each entry's name.
    names: Vec<Vec<String>>,
    words: Vec<Word>,
}

/// A word that entries use.
#[derive(Debug)]
struct Word {
    text: String,
    /// The letters in it.
    letters: u32,
    /// The entries, each with how much the word says about it.
    uses: Vec<(usize, i32)>,
}

/// A word that was typed.
struct Typed {
    word: String,
    letters: u32,
}

/// How well a typed word fits a word of an entry.
const SAME: i32 = 40;
const BEGINS: i32 = 34;
const CONTAINS: i32 = 16;
const ALMOST: i32 = 7;
/// How much a word says about an entry, by where it stands: in its name, in its English name, in
/// its further words, in where it stands.
const WEIGHTS: [i32; 4] = [4, 3, 2, 1];
/// From so few results on, slips of the keys are looked for as well.
const FEW: usize = 3;
/// Further words of a query are left out.
const MOST_WORDS: usize = 8;

/// The letters of a word, a bit each: a word that lacks some cannot contain another that has them.
fn letters(word: &str) -> u32 {
    word.bytes().fold(0, |letters, byte| {
        letters
            | match byte {
                b'a'..=b'z' => 1 << (byte - b'a'),
                b'0'..=b'9' => 1 << 26,
                _ => 1 << 27,
            }
    })
}

impl Index {
    /// Folds what `entries` are found by.
    pub fn new(entries: Vec<Entry>) -> Index {
        let mut index = Index::default();
        let mut known = HashMap::new();
        for (number, entry) in entries.iter().enumerate() {
            index.names.push(words(&entry.text));
            let texts = [&entry.text, &entry.english, &entry.words, &entry.hint];
            for (text, weight) in texts.into_iter().zip(WEIGHTS) {
                for word in words(text) {
                    index.add(&mut known, word, (number, weight));
                }
            }
        }
        index.entries = entries;
        index
    }

    fn add(&mut self, known: &mut HashMap<String, usize>, text: String, used: (usize, i32)) {
        if let Some(word) = known.get(&text).and_then(|at| self.words.get_mut(*at)) {
            // Weights fall: the first use by an entry is the one that says most.
            if word.uses.last().is_none_or(|(entry, _)| *entry != used.0) {
                word.uses.push(used);
            }
            return;
        }
        known.insert(text.clone(), self.words.len());
        self.words.push(Word { letters: letters(&text), text, uses: vec![used] });
    }

    /// Everything that can be found.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// At most `most` entries that every word of `query` leads to, the best first. What fits equally
    /// well stays in the order of the entries. Slips of the keys are forgiven where hardly anything
    /// fits without.
    pub fn find(&self, query: &str, most: usize) -> Vec<&Entry> {
        let typed: Vec<Typed> = words(query)
            .into_iter()
            .take(MOST_WORDS)
            .map(|word| Typed { letters: letters(&word), word })
            .collect();
        if typed.is_empty() || most == 0 {
            return Vec::new();
        }
        let mut best = self.best(&typed, most, false);
        if best.len() < FEW.min(most) {
            best = self.best(&typed, most, true);
        }
        best.into_iter().map(|(_, index)| &self.entries[index]).collect()
    }

    fn best(&self, typed: &[Typed], most: usize, forgiving: bool) -> Vec<(i32, usize)> {
        let mut best: Vec<(i32, usize)> = Vec::with_capacity(most + 1);
        for (index, fit) in self.fits(typed, forgiving).into_iter().enumerate() {
            if fit == 0 {
                continue;
            }
            let entry = &self.entries[index];
            let refused = if entry.needs.is_empty() { 0 } else { 3 };
            let score = fit + named(&self.names[index], typed) + entry.kind.bonus() - refused;
            let place = best.iter().position(|(other, _)| *other < score).unwrap_or(best.len());
            if place < most {
                best.insert(place, (score, index));
                best.truncate(most);
            }
        }
        best
    }

    /// How well the words of each entry fit; zero where a typed word fits none of them.
    fn fits(&self, typed: &[Typed], forgiving: bool) -> Vec<i32> {
        let mut sums: Vec<i32> = vec![0; self.entries.len()];
        for (number, typed) in typed.iter().enumerate() {
            let mut fits = vec![0; self.entries.len()];
            for word in &self.words {
                let fit = typed.fit(word, forgiving);
                if fit > 0 {
                    for (entry, weight) in &word.uses {
                        fits[*entry] = fits[*entry].max(fit * weight);
                    }
                }
            }
            for (sum, fit) in sums.iter_mut().zip(fits) {
                let lost = fit == 0 || (number > 0 && *sum == 0);
                *sum = if lost { 0 } else { *sum + fit };
            }
        }
        sums
    }
}

/// What the name of an entry adds where it begins with what was typed, or is it. Of what fits
/// equally well the shorter name is the closer one.
fn named(name: &[String], typed: &[Typed]) -> i32 {
    let begins = typed.len() <= name.len()
        && typed.iter().zip(name).all(|(typed, word)| word.starts_with(&typed.word));
    let bonus = match begins {
        true if typed.len() == name.len() => 90,
        true => 60,
        false => 0,
    };
    bonus - i32::try_from(name.len().min(8)).unwrap_or_default()
}

impl Typed {
    /// How well it fits a word; zero where it does not.
    fn fit(&self, word: &Word, forgiving: bool) -> i32 {
        let missing = self.letters & !word.letters;
        if missing == 0 {
            if word.text == self.word {
                return SAME;
            }
            if word.text.starts_with(&self.word) {
                return BEGINS;
            }
            if self.word.len() > 2 && word.text.contains(&self.word) {
                return CONTAINS;
            }
        }
        let most = forgiven(self.word.len());
        if !forgiving || missing.count_ones() > u32::from(most) {
            return 0;
        }
        slips(&self.word, &word.text, most).map_or(0, |slips| ALMOST - i32::from(slips))
    }
}
