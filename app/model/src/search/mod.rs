//! Finding settings, pages and commands by what people type: the same rules on the server's search
//! page and in the browser, where each key press must show its results within a frame.
mod fold;
mod index;
mod mark;
#[cfg(test)]
mod tests;
mod typo;

pub use fold::fold;
pub use index::Index;
pub use mark::pieces;

/// What can be found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A section of settings.
    Section,
    /// One setting.
    Field,
    /// A page.
    #[default]
    Page,
    /// A store or organization.
    Place,
    /// Something to do.
    Command,
}

impl Kind {
    const ALL: [Kind; 5] = [Kind::Section, Kind::Field, Kind::Page, Kind::Place, Kind::Command];

    const fn code(self) -> &'static str {
        match self {
            Kind::Section => "s",
            Kind::Field => "f",
            Kind::Page => "p",
            Kind::Place => "t",
            Kind::Command => "c",
        }
    }

    /// The group of results that it stands in, of [`GROUPS`].
    pub const fn group(self) -> usize {
        match self {
            Kind::Section | Kind::Field => 0,
            Kind::Page => 1,
            Kind::Place => 2,
            Kind::Command => 3,
        }
    }

    /// What speaks for it where texts alone do not decide.
    const fn bonus(self) -> i32 {
        match self {
            Kind::Section | Kind::Page => 6,
            Kind::Command => 4,
            Kind::Place => 2,
            Kind::Field => 0,
        }
    }
}

/// The number of groups that results stand in.
pub const GROUPS: usize = 4;

/// One thing that can be found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// What it is.
    pub kind: Kind,
    /// An icon of the sprite.
    pub icon: String,
    /// Its name in the reader's language.
    pub text: String,
    /// Its English name; empty where it is the same.
    pub english: String,
    /// Where it stands.
    pub hint: String,
    /// Its address, with the field as the fragment; of a command of the frame the selector of the
    /// button that it stands for.
    pub address: String,
    /// Further words that find it: help texts and what it holds.
    pub words: String,
    /// What one would have to be to open it; empty for whoever may.
    pub needs: String,
}

/// How many texts an entry is packed into.
const PACKED: usize = 8;

/// The entries as a list of texts: compact, and read in a browser by what reads lists anyway.
pub fn pack(entries: Vec<Entry>) -> Vec<String> {
    let packed = entries.into_iter().flat_map(|entry| {
        let Entry { kind, icon, text, english, hint, address, words, needs } = entry;
        [kind.code().to_owned(), icon, text, english, hint, address, words, needs]
    });
    packed.collect()
}

/// The entries that [`pack`] made such a list of.
pub fn unpack(texts: Vec<String>) -> Vec<Entry> {
    let mut entries = Vec::with_capacity(texts.len() / PACKED);
    let mut texts = texts.into_iter();
    while let Some(code) = texts.next() {
        let kind = Kind::ALL.into_iter().find(|kind| kind.code() == code).unwrap_or_default();
        let mut next = || texts.next().unwrap_or_default();
        entries.push(Entry {
            kind,
            icon: next(),
            text: next(),
            english: next(),
            hint: next(),
            address: next(),
            words: next(),
            needs: next(),
        });
    }
    entries
}
