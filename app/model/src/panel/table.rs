use super::{Empty, Form, Inline, Link, form::Choice, is_default};
use serde::{Deserialize, Serialize};

/// A table; on narrow screens a list of cards.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Table {
    /// What it lists, for who cannot see it.
    #[serde(skip_serializing_if = "is_default")]
    pub caption: String,
    /// Search and filters above it.
    #[serde(skip_serializing_if = "is_default")]
    pub toolbar: Option<Toolbar>,
    /// The columns.
    #[serde(skip_serializing_if = "is_default")]
    pub columns: Vec<Column>,
    /// The rows.
    #[serde(skip_serializing_if = "is_default")]
    pub rows: Vec<Row>,
    /// What stands in place of rows if there are none.
    #[serde(skip_serializing_if = "is_default")]
    pub empty: Option<Box<Empty>>,
    /// Links to the pages before and after.
    #[serde(skip_serializing_if = "is_default")]
    pub pager: Option<Pager>,
}

/// Search, filters and what can be done with the list: a form that leads to an address.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Toolbar {
    /// The page's path.
    #[serde(skip_serializing_if = "is_default")]
    pub path: String,
    /// What is searched, if it can be: the accessible name, and what was typed (`q`).
    #[serde(skip_serializing_if = "is_default")]
    pub search: Option<(String, String)>,
    /// Filters.
    #[serde(skip_serializing_if = "is_default")]
    pub filters: Vec<Select>,
    /// Values that travel along, such as the sort order.
    #[serde(skip_serializing_if = "is_default")]
    pub hidden: Vec<(String, String)>,
    /// What can be done with the list.
    #[serde(skip_serializing_if = "is_default")]
    pub actions: Vec<Link>,
}

/// A filter: one of many, or a day.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Select {
    /// Its name in the address.
    #[serde(skip_serializing_if = "is_default")]
    pub name: String,
    /// Its accessible name.
    #[serde(skip_serializing_if = "is_default")]
    pub label: String,
    /// What is chosen.
    #[serde(skip_serializing_if = "is_default")]
    pub value: String,
    /// The entries, the first one for "all"; empty: a day is asked for.
    #[serde(skip_serializing_if = "is_default")]
    pub choices: Vec<Choice>,
}

/// A column's head.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Column {
    /// Its text.
    #[serde(skip_serializing_if = "is_default")]
    pub label: String,
    /// Where a click on it leads to, and how it is sorted now.
    #[serde(skip_serializing_if = "is_default")]
    pub sort: Option<(String, Option<Order>)>,
    /// The head is for who cannot see the cells; they stand at the end of the line.
    #[serde(skip_serializing_if = "is_default")]
    pub actions: bool,
    /// Cells stay on one line.
    #[serde(skip_serializing_if = "is_default")]
    pub nowrap: bool,
}

/// How a column is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// A row.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Row {
    /// What it stands for, unique in the table.
    #[serde(skip_serializing_if = "is_default")]
    pub id: String,
    /// The cells; the first one is the row's head.
    #[serde(skip_serializing_if = "is_default")]
    pub cells: Vec<Vec<Inline>>,
    /// What can be done with it: the last column.
    #[serde(skip_serializing_if = "is_default")]
    pub actions: Vec<Action>,
}

/// Something that can be done at once: a link to where it is done, or a form of one button.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// A link.
    Link(Link),
    /// A form whose fields are all hidden.
    Form(Box<Form>),
}

/// Links to the pages before and after.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Pager {
    /// What is shown, such as "50 of more".
    #[serde(skip_serializing_if = "is_default")]
    pub text: String,
    /// The page before.
    #[serde(skip_serializing_if = "is_default")]
    pub previous: Option<String>,
    /// The page after.
    #[serde(skip_serializing_if = "is_default")]
    pub next: Option<String>,
}
