//! What somebody might enter, with everything in it that TOML treats in its own way.
use crate::testing::samples;
use model::{
    Input,
    settings::{Field, Item, Kind, Section},
};

/// Something for each field of a section but images; another `turn` enters other things.
pub fn entered(section: &Section, turn: usize) -> Input {
    let mut input = Input::new();
    for field in section.fields().filter(|field| !field.is_image()) {
        if let Kind::Rows(columns) = field.kind {
            for (number, column) in (0..2).flat_map(|n| columns.iter().map(move |c| (n, c))) {
                let text = sample(section, column, turn + number as usize);
                input.insert(field.cell(number, column), text);
            }
        } else {
            input.insert(field.key.to_owned(), sample(section, field, turn));
        }
    }
    // A switch that is off is not sent.
    input.retain(|_, text| !text.is_empty());
    input
}

/// A right value of a field, as a form has it.
pub fn sample(section: &Section, field: &'static Field, turn: usize) -> String {
    let even = turn.is_multiple_of(2);
    let either = |one: &str, other: &str| (if even { one } else { other }).to_owned();
    match field.kind {
        Kind::Text => either("A \"b\" \\ 'c' #", "=[x]"),
        Kind::Lines | Kind::Rich => {
            either("One \"\"\" two\n\n# Three \\n\tfour", "Five\n'''six'''")
        }
        Kind::Secret => format!("hush-{}-{turn}", field.key),
        Kind::Tags(Item::Text) => either("x, y\nz \"quoted\"", "only"),
        Kind::Tags(Item::Email) => either("a@x.example\nb@x.example", "c@x.example"),
        Kind::Toggle => either("on", ""),
        _ => {
            let right = samples::right(section, field);
            let chosen = right.get(turn % right.len().max(1)).and_then(|input| input.first());
            chosen.map_or_else(String::new, |(_, text)| text.clone())
        }
    }
}
