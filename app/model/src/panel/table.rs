use super::{Empty, Form, Inline, Link, form::Choice};

/// A table; on narrow screens a list of cards.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// What it lists, for who cannot see it.
    pub caption: String,
    /// Search and filters above it.
    pub toolbar: Option<Toolbar>,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Row>,
    /// What stands in place of rows if there are none.
    pub empty: Option<Box<Empty>>,
    /// Links to the pages before and after.
    pub pager: Option<Pager>,
}

/// Search, filters and what can be done with the list: a form that leads to an address.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Toolbar {
    /// The page's path.
    pub path: String,
    /// What is searched, if it can be: the accessible name, and what was typed (`q`).
    pub search: Option<(String, String)>,
    /// Filters.
    pub filters: Vec<Select>,
    /// Values that travel along, such as the sort order.
    pub hidden: Vec<(String, String)>,
    /// What can be done with the list.
    pub actions: Vec<Link>,
}

/// A filter: one of many, or a day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Select {
    /// Its name in the address.
    pub name: String,
    /// Its accessible name.
    pub label: String,
    /// What is chosen.
    pub value: String,
    /// The entries, the first one for "all"; empty: a day is asked for.
    pub choices: Vec<Choice>,
}

/// A column's head.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Column {
    /// Its text.
    pub label: String,
    /// Where a click on it leads to, and how it is sorted now.
    pub sort: Option<(String, Option<Order>)>,
    /// The head is for who cannot see the cells; they stand at the end of the line.
    pub actions: bool,
    /// Cells stay on one line.
    pub nowrap: bool,
}

/// How a column is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// A row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// What it stands for, unique in the table.
    pub id: String,
    /// The cells; the first one is the row's head.
    pub cells: Vec<Vec<Inline>>,
    /// What can be done with it: the last column.
    pub actions: Vec<Action>,
}

/// Something that can be done at once: a link to where it is done, or a form of one button.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// A link.
    Link(Link),
    /// A form whose fields are all hidden.
    Form(Box<Form>),
}

/// Links to the pages before and after.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pager {
    /// What is shown, such as "50 of more".
    pub text: String,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
}
