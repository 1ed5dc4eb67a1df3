use super::{
    fold::{in_word, push, words},
    typo::{forgiven, slips},
};

/// The text in pieces, each with whether it is what was typed.
pub fn pieces<'a>(text: &'a str, query: &str) -> Vec<(bool, &'a str)> {
    let typed = words(query);
    let mut marks = marks(text, &typed, false);
    if marks.is_empty() {
        marks = self::marks(text, &typed, true);
    }
    let mut pieces = Vec::new();
    let mut done = 0;
    for (start, end) in marks {
        pieces.push((false, text.get(done..start).unwrap_or_default()));
        pieces.push((true, text.get(start..end).unwrap_or_default()));
        done = end;
    }
    pieces.push((false, text.get(done..).unwrap_or_default()));
    pieces.retain(|(_, piece)| !piece.is_empty());
    pieces
}

/// Where what was typed begins and ends, in order; at most once a word.
fn marks(text: &str, typed: &[String], forgiving: bool) -> Vec<(usize, usize)> {
    let mut marks = Vec::new();
    let mut word = String::new();
    // Where each letter of the word ends: in the text, and folded.
    let mut ends: Vec<(usize, usize)> = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if in_word(c) {
            if word.is_empty() && ends.is_empty() {
                start = at;
            }
            push(&mut word, c);
            ends.push((at + c.len_utf8(), word.len()));
            continue;
        }
        if let Some((from, to)) = typed.iter().find_map(|typed| within(&word, typed, forgiving)) {
            let whole = |folded: usize| {
                ends.iter().find(|(_, end)| *end >= folded).map_or(at, |(end, _)| *end)
            };
            let before =
                ends.iter().rev().find(|(_, end)| *end <= from).map_or(start, |(end, _)| *end);
            marks.push((before, whole(to)));
        }
        word.clear();
        ends.clear();
    }
    marks
}

/// Where a typed word stands in a folded one.
fn within(word: &str, typed: &str, forgiving: bool) -> Option<(usize, usize)> {
    if forgiving {
        return slips(typed, word, forgiven(typed.len())).map(|_| (0, word.len()));
    }
    let from =
        if typed.len() > 2 { word.find(typed)? } else { word.starts_with(typed).then_some(0)? };
    Some((from, from + typed.len()))
}
