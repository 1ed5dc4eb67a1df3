use super::{
    Entry,
    fold::words,
    typo::{forgiven, slips},
};

/// What can be found, with its words folded once, so that a key press costs no more than comparing.
#[derive(Debug, Default)]
pub struct Index {
    entries: Vec<Entry>,
    /// The words of each entry: where they end in `words`, and how many of them are its name.
    items: Vec<(usize, usize)>,
    words: Vec<Word>,
    text: String,
}

/// A word of an entry.
#[derive(Clone, Copy, Debug)]
struct Word {
    /// Where it stands in the index's text.
    start: usize,
    end: usize,
    /// The letters in it.
    letters: u32,
    /// How much it says about the entry.
    weight: i32,
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
        for entry in &entries {
            let mut name = 0;
            let texts = [&entry.text, &entry.english, &entry.words, &entry.hint];
            for (text, weight) in texts.into_iter().zip(WEIGHTS) {
                for word in words(text) {
                    index.add(&word, weight);
                    name += usize::from(weight == WEIGHTS[0]);
                }
            }
            index.items.push((index.words.len(), name));
        }
        index.entries = entries;
        index
    }

    fn add(&mut self, word: &str, weight: i32) {
        let start = self.text.len();
        self.text.push_str(word);
        let end = self.text.len();
        self.words.push(Word { start, end, letters: letters(word), weight });
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
        let mut start = 0;
        for (index, (end, name)) in self.items.iter().copied().enumerate() {
            let own = self.words.get(start..end).unwrap_or_default();
            start = end;
            let Some(score) = self.score(own, name, typed, forgiving) else { continue };
            let entry = &self.entries[index];
            let refused = if entry.needs.is_empty() { 0 } else { 3 };
            let score = score + entry.kind.bonus() - refused;
            let place = best.iter().position(|(other, _)| *other < score).unwrap_or(best.len());
            if place < most {
                best.insert(place, (score, index));
                best.truncate(most);
            }
        }
        best
    }

    /// How well these words fit; `None` where a typed word fits none of them.
    fn score(&self, own: &[Word], name: usize, typed: &[Typed], forgiving: bool) -> Option<i32> {
        let mut score = 0;
        for typed in typed {
            let fit = own.iter().map(|word| self.fit(typed, word, forgiving)).max()?;
            if fit == 0 {
                return None;
            }
            score += fit;
        }
        let name = own.get(..name).unwrap_or_default();
        if typed.len() <= name.len()
            && typed.iter().zip(name).all(|(typed, word)| self.at(word).starts_with(&typed.word))
        {
            // The name begins with it, or it is the name.
            score += if typed.len() == name.len() { 90 } else { 60 };
        }
        // Of what fits equally well the shorter name is the closer one.
        Some(score - i32::try_from(name.len().min(8)).unwrap_or_default())
    }

    fn at(&self, word: &Word) -> &str {
        self.text.get(word.start..word.end).unwrap_or_default()
    }

    fn fit(&self, typed: &Typed, word: &Word, forgiving: bool) -> i32 {
        let missing = typed.letters & !word.letters;
        if missing == 0 {
            let text = self.at(word);
            let fit = if text == typed.word {
                SAME
            } else if text.starts_with(&typed.word) {
                BEGINS
            } else if typed.word.len() > 2 && text.contains(&typed.word) {
                CONTAINS
            } else {
                0
            };
            if fit > 0 {
                return fit * word.weight;
            }
        }
        let most = forgiven(typed.word.len());
        if !forgiving || missing.count_ones() > u32::from(most) {
            return 0;
        }
        match slips(&typed.word, self.at(word), most) {
            Some(slips) => (ALMOST - i32::from(slips)) * word.weight,
            None => 0,
        }
    }
}
