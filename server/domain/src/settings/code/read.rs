//! Reads a file: what it says of each field, and everything that is wrong with it, with its place.
use super::{
    FORMAT, Fault,
    export::REFERENCES,
    secret::Reference,
    survey::{Open, Part, Survey},
};
use model::{
    check::normalize_email,
    settings::{Entry, Field, Item, Kind, Place, Row, Section, Value},
    text::{Key, Texts},
};
use std::collections::{BTreeMap, BTreeSet};
use toml::{
    Spanned,
    de::{DeString, DeTable, DeValue},
};

/// What is wrong, and at which byte of the file.
#[derive(Debug)]
pub(super) struct Wrong {
    pub(super) at: usize,
    pub(super) text: String,
}

/// What a file says of a field.
#[derive(Debug)]
pub(super) enum Given {
    /// Its value: as it stands there, and in its stored form.
    Value { exact: Value, stored: Value },
    /// Where its secret is.
    Secret(Reference),
}

/// What a file says of a section.
#[derive(Debug)]
pub(super) struct Table {
    /// Which part of the survey it belongs to, and which of its sections it is.
    pub(super) part: usize,
    pub(super) section: usize,
    /// Where it begins.
    pub(super) at: usize,
    /// The fields that it names, in the section's order.
    pub(super) given: Vec<(&'static Field, Given)>,
    /// The fields that are of the wrong type: what else is wrong with them means nothing.
    pub(super) mistyped: Vec<&'static str>,
    /// Where fields, entries of lists and their parts stand, by the names that forms have for them.
    places: BTreeMap<String, usize>,
}

impl Table {
    /// Where the form field of this name stands; if it does not, where what it belongs to does.
    pub(super) fn place(&self, name: &str) -> usize {
        let mut name = name;
        loop {
            if let Some(at) = self.places.get(name) {
                return *at;
            }
            match name.rsplit_once('.') {
                Some((above, _)) => name = above,
                None => return self.at,
            }
        }
    }
}

/// A file that was read.
#[derive(Debug)]
pub(super) struct Read {
    /// Its tables, in the order of an export.
    pub(super) tables: Vec<Table>,
    /// What is wrong with it.
    pub(super) wrong: Vec<Wrong>,
    /// The bytes at which it cannot be understood: what else is wrong on their lines means nothing.
    pub(super) broken: Vec<usize>,
}

type Name<'t> = Spanned<DeString<'t>>;
type Content<'t> = Spanned<DeValue<'t>>;

/// Reads `text` as a file about what `survey` found.
pub(super) fn read(text: &str, survey: &Survey, t: Texts) -> Read {
    let (root, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader { survey, t, tables: Vec::new(), wrong: Vec::new() };
    let mut broken = Vec::new();
    for error in &errors {
        let at = error.span().map_or(text.len(), |span| span.start);
        broken.push(at);
        reader.wrong(at, t.fill(Key::CodeFaultSyntax, &[("problem", error.message())]));
    }
    reader.root(root.get_ref(), errors.is_empty());
    let (mut tables, wrong) = (reader.tables, reader.wrong);
    tables.sort_by_key(|table| (table.part, table.section));
    Read { tables, wrong, broken }
}

/// What is wrong with a file, in the order in which it stands there. Of what is wrong on a line
/// that cannot be understood only that is told.
pub(super) fn faults(text: &str, wrong: Vec<Wrong>, broken: &[usize]) -> Vec<Fault> {
    let lines: Vec<usize> =
        std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let line = |at: usize| lines.partition_point(|begin| *begin <= at).max(1);
    let silent: BTreeSet<usize> = broken.iter().map(|at| line(*at)).collect();
    let told = wrong
        .into_iter()
        .filter(|wrong| broken.contains(&wrong.at) || !silent.contains(&line(wrong.at)));
    let mut faults: Vec<Fault> = told
        .map(|wrong| {
            let line = line(wrong.at);
            let before = text.get(lines[line - 1]..wrong.at).unwrap_or_default();
            Fault { line, column: before.chars().count() + 1, text: wrong.text }
        })
        .collect();
    faults.sort();
    faults.dedup();
    faults
}

struct Reader<'s> {
    survey: &'s Survey,
    t: Texts,
    tables: Vec<Table>,
    wrong: Vec<Wrong>,
}

impl Reader<'_> {
    fn wrong(&mut self, at: usize, text: impl Into<String>) {
        self.wrong.push(Wrong { at, text: text.into() });
    }

    /// What is wrong with what is called `name`.
    fn named(&mut self, at: usize, key: Key, name: &str) {
        let text = self.t.fill(key, &[("name", name)]);
        self.wrong(at, text);
    }

    fn root(&mut self, root: &DeTable<'_>, whole: bool) {
        let format = root.iter().find(|(key, _)| key.get_ref() == "format");
        match format {
            Some((_, value)) if integer(value) == Some(FORMAT) => {}
            Some((_, value)) => self.wrong(value.span().start, self.t.get(Key::CodeFaultFormat)),
            None if whole => self.wrong(0, self.t.get(Key::CodeFaultFormat)),
            None => {}
        }
        let of_organization = matches!(self.survey.target().place, Place::Organization(_));
        for (key, value) in root {
            match key.get_ref().as_ref() {
                "format" => {}
                "store" if !of_organization => self.sections(0, key, value),
                "organization" if of_organization => self.sections(0, key, value),
                "stores" if of_organization => self.stores(key, value),
                name => {
                    let unknown = if of_organization {
                        Key::CodeFaultTopOrganization
                    } else {
                        Key::CodeFaultTopStore
                    };
                    self.named(key.span().start, unknown, name);
                }
            }
        }
    }

    fn stores(&mut self, key: &Name<'_>, value: &Content<'_>) {
        let Some(table) = value.get_ref().as_table() else {
            return self.named(value.span().start, Key::CodeFaultTable, key.get_ref());
        };
        for (id, value) in table {
            let of_store = |part: &Part| {
                matches!(part.place, Place::Store(_)) && part.place.id() == id.get_ref()
            };
            match self.survey.parts.iter().position(of_store) {
                Some(part) => self.sections(part, id, value),
                None => self.named(id.span().start, Key::CodeFaultStore, id.get_ref()),
            }
        }
    }

    fn sections(&mut self, part: usize, key: &Name<'_>, value: &Content<'_>) {
        let Some(table) = value.get_ref().as_table() else {
            return self.named(value.span().start, Key::CodeFaultTable, key.get_ref());
        };
        for (name, value) in table {
            let open = &self.survey.parts[part].sections;
            let at = name.span().start;
            match open.iter().position(|open| open.section.key == name.get_ref()) {
                None => self.named(at, Key::CodeFaultSection, name.get_ref()),
                Some(index) => self.section(part, index, name, value),
            }
        }
    }

    fn section(&mut self, part: usize, index: usize, name: &Name<'_>, value: &Content<'_>) {
        let open: &Open = &self.survey.parts[part].sections[index];
        let (section, at) = (open.section, name.span().start);
        if !open.view {
            let values = [("section", self.t.get(section.title))];
            return self.wrong(at, self.t.fill(Key::CodeFaultView, &values));
        }
        let Some(content) = value.get_ref().as_table() else {
            return self.named(value.span().start, Key::CodeFaultTable, name.get_ref());
        };
        self.unknown(section, content);
        let mut table = Table {
            part,
            section: index,
            at,
            given: Vec::new(),
            mistyped: Vec::new(),
            places: BTreeMap::new(),
        };
        for field in section.fields() {
            let Some(value) = content.get(field.key) else { continue };
            table.places.insert(field.key.to_owned(), value.span().start);
            match self.field(&mut table, field, value) {
                Some(given) => table.given.push((field, given)),
                None => table.mistyped.push(field.key),
            }
        }
        self.tables.push(table);
    }

    fn unknown(&mut self, section: &'static Section, content: &DeTable<'_>) {
        for (key, _) in content {
            if section.field(key.get_ref()).is_none() {
                let values = [("section", section.key), ("name", key.get_ref().as_ref())];
                let text = self.t.fill(Key::CodeFaultField, &values);
                self.wrong(key.span().start, text);
            }
        }
    }

    /// What is said of a field; `None` where it is of the wrong type.
    fn field(
        &mut self,
        table: &mut Table,
        field: &'static Field,
        value: &Content<'_>,
    ) -> Option<Given> {
        let at = value.span().start;
        let exact = match (field.kind, value.get_ref()) {
            (Kind::Toggle, DeValue::Boolean(flag)) => Value::Flag(*flag),
            (Kind::Toggle, _) => return self.expected(at, field, Key::CodeFaultFlag),
            (Kind::Number { .. }, DeValue::String(text)) if text.is_empty() => Value::from(""),
            (Kind::Number { .. }, _) => match integer(value) {
                Some(number) => Value::Text(number.to_string()),
                None => return self.expected(at, field, Key::CodeFaultNumber),
            },
            (Kind::Tags(item), _) => return self.texts(table, field, item, value),
            (Kind::Rows(columns), _) => return self.rows(table, field, columns, value),
            (Kind::Secret, _) => return self.secret(field, value),
            (_, DeValue::String(text)) => Value::from(text.as_ref()),
            _ => return self.expected(at, field, Key::CodeFaultText),
        };
        let stored = if let Value::Text(text) = &exact { field.parse(text) } else { exact.clone() };
        Some(Given::Value { exact, stored })
    }

    /// Says what was expected of a field.
    fn expected<T>(&mut self, at: usize, field: &Field, key: Key) -> Option<T> {
        let example = match field.kind {
            Kind::Rows(columns) => {
                let cells = columns.iter().map(|column| format!("{} = \"…\"", column.key));
                format!("{{ {} }}", cells.collect::<Vec<_>>().join(", "))
            }
            _ => String::new(),
        };
        let [env, file] = REFERENCES;
        let field = ("field", self.t.get(field.label));
        self.wrong(at, self.t.fill(key, &[field, env, file, ("example", &example)]));
        None
    }

    /// A list of texts as it stands there, and in its stored form: nothing empty, each once.
    fn texts(
        &mut self,
        table: &mut Table,
        field: &'static Field,
        item: Item,
        value: &Content<'_>,
    ) -> Option<Given> {
        let Some(array) = value.get_ref().as_array() else {
            return self.expected(value.span().start, field, Key::CodeFaultTexts);
        };
        let (mut exact, mut stored, mut fine) = (Vec::new(), Vec::new(), true);
        for entry in array {
            let at = entry.span().start;
            let Some(text) = entry.get_ref().as_str() else {
                self.expected::<()>(at, field, Key::CodeFaultTexts);
                fine = false;
                continue;
            };
            exact.push(Entry::Text(text.to_owned()));
            let text = Entry::Text(match item {
                Item::Text => text.trim().to_owned(),
                Item::Email => normalize_email(text.trim()),
            });
            if text != Entry::Text(String::new()) && !stored.contains(&text) {
                table.places.insert(format!("{}.{}", field.key, stored.len()), at);
                stored.push(text);
            }
        }
        fine.then_some(Given::Value { exact: Value::List(exact), stored: Value::List(stored) })
    }

    /// A list of objects as it stands there, and in its stored form: without empty ones.
    fn rows(
        &mut self,
        table: &mut Table,
        field: &'static Field,
        columns: &'static [Field],
        value: &Content<'_>,
    ) -> Option<Given> {
        let Some(array) = value.get_ref().as_array() else {
            return self.expected(value.span().start, field, Key::CodeFaultRows);
        };
        let (mut exact, mut stored, mut fine) = (Vec::new(), Vec::new(), true);
        for entry in array {
            let at = entry.span().start;
            let row = match entry.get_ref().as_table() {
                Some(cells) => self.row(field, columns, cells),
                None => self.expected(at, field, Key::CodeFaultRows),
            };
            let Some((row, places)) = row else {
                fine = false;
                continue;
            };
            let parsed = parsed(columns, &row);
            if parsed.values().any(|cell| !cell.is_empty()) {
                let number = u32::try_from(stored.len()).unwrap_or(u32::MAX);
                table.places.insert(format!("{}.{number}", field.key), at);
                let cells = places.into_iter().map(|(column, at)| (field.cell(number, column), at));
                table.places.extend(cells);
                stored.push(Entry::Row(parsed));
            }
            exact.push(Entry::Row(row));
        }
        fine.then_some(Given::Value { exact: Value::List(exact), stored: Value::List(stored) })
    }

    /// An object, and where its parts stand.
    fn row(
        &mut self,
        field: &'static Field,
        columns: &'static [Field],
        cells: &DeTable<'_>,
    ) -> Option<(Row, Vec<(&'static Field, usize)>)> {
        let empty = columns.iter().map(|column| (column.key.to_owned(), String::new()));
        let (mut row, mut places, mut fine): (Row, _, _) = (empty.collect(), Vec::new(), true);
        for (key, value) in cells {
            let Some(column) = columns.iter().find(|column| column.key == key.get_ref()) else {
                let values = [("field", self.t.get(field.label)), ("name", key.get_ref().as_ref())];
                let text = self.t.fill(Key::CodeFaultPart, &values);
                self.wrong(key.span().start, text);
                fine = false;
                continue;
            };
            let at = value.span().start;
            places.push((column, at));
            match value.get_ref().as_str() {
                Some(text) => {
                    row.insert(column.key.to_owned(), text.to_owned());
                }
                None => {
                    self.expected::<()>(at, column, Key::CodeFaultText);
                    fine = false;
                }
            }
        }
        fine.then_some((row, places))
    }

    fn secret(&mut self, field: &'static Field, value: &Content<'_>) -> Option<Given> {
        let at = value.span().start;
        match value.get_ref() {
            DeValue::String(text) if text.is_empty() => {
                Some(Given::Value { exact: Value::from(""), stored: Value::from("") })
            }
            DeValue::String(_) => self.expected(at, field, Key::CodeFaultPlainSecret),
            DeValue::Table(table) if table.len() == 1 => {
                let named = |name: &str| {
                    let value = table.get(name)?.get_ref().as_str()?;
                    (!value.trim().is_empty()).then(|| value.to_owned())
                };
                let reference = named("env")
                    .map(Reference::Variable)
                    .or_else(|| named("file").map(Reference::File));
                match reference {
                    Some(reference) => Some(Given::Secret(reference)),
                    None => self.expected(at, field, Key::CodeFaultReference),
                }
            }
            _ => self.expected(at, field, Key::CodeFaultReference),
        }
    }
}

fn integer(value: &Content<'_>) -> Option<i64> {
    let number = value.get_ref().as_integer()?;
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

/// An object in its stored form.
fn parsed(columns: &'static [Field], row: &Row) -> Row {
    let cell = |column: &Field| {
        let text = row.get(column.key).map_or("", String::as_str);
        (column.key.to_owned(), column.parse(text).text().to_owned())
    };
    columns.iter().map(cell).collect()
}
