/// Longer words are compared by their beginnings.
const LONGEST: usize = 24;

/// How many slips of the keys are forgiven in a typed word of `length` bytes.
pub(super) const fn forgiven(length: usize) -> u8 {
    match length {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// The fewest slips (a letter too many, too few or wrong, or two swapped) by which `typed` becomes
/// the beginning of `word`; `None` if there are more than `most`.
pub(super) fn slips(typed: &str, word: &str, most: u8) -> Option<u8> {
    let (typed, word) = (typed.as_bytes(), word.as_bytes());
    let length = typed.len().min(LONGEST);
    let width = word.len().min(length + usize::from(most)).min(LONGEST);
    if most == 0 || width + usize::from(most) < length {
        return None;
    }
    // People rarely miss the first letter, and in a short word everything else would be alike.
    let swapped = length > 1 && width > 1 && typed[0] == word[1] && typed[1] == word[0];
    if length < 6 && width > 0 && typed[0] != word[0] && !swapped {
        return None;
    }
    let mut before = [0_u8; LONGEST + 1];
    let mut above = [0_u8; LONGEST + 1];
    let mut row = [0_u8; LONGEST + 1];
    for (column, cell) in (0_u8..).zip(above.iter_mut()) {
        *cell = column;
    }
    for i in 1..=length {
        row[0] = above[0] + 1;
        let mut least = row[0];
        for j in 1..=width {
            let wrong = u8::from(typed[i - 1] != word[j - 1]);
            let mut cell = (above[j - 1] + wrong).min(above[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && typed[i - 1] == word[j - 2] && typed[i - 2] == word[j - 1] {
                cell = cell.min(before[j - 2] + 1);
            }
            row[j] = cell;
            least = least.min(cell);
        }
        // A swap reaches back two rows, so that one step more may still be saved.
        if least > most + 1 {
            return None;
        }
        before = above;
        above = row;
    }
    above[..=width].iter().min().copied().filter(|slips| *slips <= most)
}
