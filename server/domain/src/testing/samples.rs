//! Right and wrong input for any field, from its declaration.
use model::{
    check::{Fault, READABLE, contrast},
    settings::{Field, Item, Kind, Section, Source},
};

/// Fields of a form.
pub type Fragment = Vec<(String, String)>;

/// What makes a field wrong: the form's fields, the fault, and the name of the one that has it.
#[derive(Clone, Debug)]
pub struct Wrong {
    /// The form's fields.
    pub input: Fragment,
    /// What must be told.
    pub fault: Fault,
    /// Where.
    pub at: String,
}

/// A complete form with right values, defaults where there are any.
pub fn complete(section: &Section) -> Fragment {
    let fields = section.fields().filter(|field| !field.is_secret() && !field.is_image());
    let value = |field: &'static Field| match field.default {
        "" if field.required => right(section, field).swap_remove(0),
        _ if matches!(field.kind, Kind::Rows(_)) => Vec::new(),
        _ if field.is_toggle() && field.default.is_empty() => Vec::new(),
        default => one(field, default),
    };
    fields.flat_map(value).collect()
}

fn one(field: &Field, text: &str) -> Fragment {
    vec![(field.key.to_owned(), text.to_owned())]
}

/// Some right values for a field; none where only what is stored elsewhere is right.
pub fn right(section: &Section, field: &'static Field) -> Vec<Fragment> {
    let texts = |texts: &[&str]| texts.iter().map(|text| one(field, text)).collect::<Vec<_>>();
    let long = "ż".repeat(field.max as usize);
    match field.kind {
        Kind::Text => texts(&["Žluť & <b>", &long]),
        Kind::Lines | Kind::Rich => texts(&["**one**\n\n- two <i>", "x"]),
        Kind::Email => texts(&["Some.Body@Shop.example"]),
        Kind::Url { hosts } => {
            let host = hosts.first().copied().unwrap_or("shop.example");
            texts(&[&format!("https://{host}/a?b=c&d"), &format!("http://www.{host}")])
        }
        Kind::Phone => texts(&["0034 915 550 100"]),
        Kind::Select(source) => texts(match source {
            Source::Countries => &["ES", "PL"],
            Source::Currencies => &["USD", "PLN"],
            Source::TimeZones => &["Europe/Madrid", "America/New_York"],
            Source::Languages => &["fr", "en"],
            Source::Spoken => &["fr", "de"],
        }),
        Kind::Choice(options) => options.iter().map(|option| one(field, option.value)).collect(),
        Kind::Toggle => vec![Vec::new(), one(field, "on")],
        Kind::Number { min, max } => texts(&[&min.to_string(), &max.to_string()]),
        Kind::Color { on: Some(on) } => {
            let ground = section.field(on).map_or("", |ground| ground.default);
            let reads = |ink: &&str| contrast(ink, ground).is_some_and(|c| c >= READABLE);
            ["#000000", "#ffffff"]
                .iter()
                .filter(|ink| reads(ink))
                .map(|ink| one(field, ink))
                .collect()
        }
        // Others may have to be readable on it.
        Kind::Color { on: None } => texts(&[field.default]),
        Kind::Secret => texts(&["canary-of-a-secret"]),
        Kind::Tags(Item::Text) => texts(&["one\r\n two \n\none", "x"]),
        Kind::Tags(Item::Email) => texts(&["A@Shop.example, b@shop.example"]),
        Kind::Rows(columns) => {
            let row = |number: u32| {
                columns.iter().flat_map(move |column| {
                    let texts = right(section, column).swap_remove(0);
                    texts.into_iter().map(move |(_, text)| (field.cell(number, column), text))
                })
            };
            vec![row(0).collect(), row(0).chain(row(2)).collect()]
        }
        Kind::Image => Vec::new(),
    }
}

/// Wrong values for a field, one for each constraint that it has.
pub fn wrong(section: &Section, field: &'static Field) -> Vec<Wrong> {
    let mut found: Vec<(String, Fault)> = Vec::new();
    let too_long = Fault::TooLong { max: field.max };
    if matches!(field.kind, Kind::Text | Kind::Lines | Kind::Rich | Kind::Secret) {
        found.push(("x".repeat(field.max as usize + 1), too_long));
        found.push(("a\u{202e}b".to_owned(), Fault::Characters));
    }
    if field.required && !matches!(field.kind, Kind::Toggle | Kind::Secret | Kind::Image) {
        found.push((String::new(), Fault::Required));
    }
    let mut add = |texts: &[&str], fault: Fault| {
        found.extend(texts.iter().map(|text| ((*text).to_owned(), fault)));
    };
    match field.kind {
        Kind::Email => add(&["nobody", "a b@shop.example"], Fault::Email),
        Kind::Url { hosts } => {
            add(&["javascript:alert(1)", "shop"], Fault::Url);
            if !hosts.is_empty() {
                add(&["https://evil.example/x"], Fault::UrlHost);
            }
        }
        Kind::Phone => add(&["12"], Fault::Phone),
        Kind::Select(_) | Kind::Choice(_) | Kind::Image => add(&["no-such"], Fault::Choice),
        Kind::Number { min, max } => {
            let fault = Fault::Number { min, max };
            add(&[&(min - 1).to_string(), &(max + 1).to_string(), "x", "1.5"], fault);
        }
        Kind::Color { on } => {
            add(&["red", "#12345"], Fault::Color);
            let ground = on.and_then(|on| section.field(on));
            if let Some(ground) = ground {
                add(&[ground.default], Fault::Contrast);
            }
        }
        Kind::Tags(item) => {
            let many: Vec<String> =
                (0..=field.most).map(|n| format!("a{n}@shop.example")).collect();
            add(&[&many.join("\n")], Fault::TooMany { max: field.most });
            if item == Item::Email {
                add(&["a@shop.example\nnobody"], Fault::EmailLine { line: 2 });
            }
        }
        Kind::Rows(columns) => return wrong_rows(section, field, columns),
        _ => {}
    }
    let at = |(text, fault): (String, Fault)| Wrong {
        input: one(field, &text),
        fault,
        at: field.key.to_owned(),
    };
    found.into_iter().map(at).collect()
}

/// Each constraint of each column, in the second row; and too many rows.
fn wrong_rows(section: &Section, field: &'static Field, columns: &'static [Field]) -> Vec<Wrong> {
    let row = |number: u32| -> Fragment {
        let cells = columns.iter().map(|column| {
            let text = right(section, column).swap_remove(0).swap_remove(0).1;
            (field.cell(number, column), text)
        });
        cells.collect()
    };
    let mut found = Vec::new();
    for column in columns {
        for wrong in wrong(section, column) {
            let at = field.cell(1, column);
            let mut input = [row(0), row(1)].concat();
            for (name, text) in &mut input {
                if *name == at {
                    wrong.input[0].1.clone_into(text);
                }
            }
            found.push(Wrong { input, fault: wrong.fault, at });
        }
    }
    let many = (0..=field.most).flat_map(row).collect();
    let at = field.cell(0, &columns[0]);
    found.push(Wrong { input: many, fault: Fault::TooMany { max: field.most }, at });
    found
}
