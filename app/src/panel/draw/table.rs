//! Tables: markup that stays as it is; what happens in it the panel hears.
use super::{
    blocks::empty,
    inline::{line, link},
    quick::{actions, hidden},
};
use crate::ui::{Markup, html, options, select, use_texts};
use model::{
    panel::{Column, Order, Pager, Row, Select, Table, Toolbar, drawn::Html},
    text::Key,
};

/// The table, with search and filters above and the pager below.
pub fn table(table: &Table) -> Html {
    html("div", &[], |m| {
        if let Some(bar) = &table.toolbar {
            toolbar(m, bar, &table.columns);
        }
        m.element("div", &[("class", "list")], |m| {
            match &table.empty {
                Some(nothing) if table.rows.is_empty() => empty(m, nothing, "h2"),
                _ => rows(m, table),
            }
            if let Some(steps) = &table.pager {
                pager(m, steps);
            }
        });
    })
}

fn rows(m: &mut Markup, table: &Table) {
    m.element("table", &[("class", "table cards")], |m| {
        m.leaf("caption", &[("class", "sr-only")], &table.caption);
        m.element("thead", &[], |m| {
            m.element("tr", &[], |m| table.columns.iter().for_each(|column| head(m, column)));
        });
        m.element("tbody", &[], |m| {
            m.each(&table.rows, |m, one| row(m, one, &table.columns));
        });
    });
}

fn head(m: &mut Markup, column: &Column) {
    if column.actions {
        return m.element("th", &[("scope", "col"), ("class", "end")], |m| {
            m.leaf("span", &[("class", "sr-only")], &column.label);
        });
    }
    let order = column.sort.as_ref().and_then(|(_, order)| *order);
    let (sorted, icon) = arrow(order);
    m.element("th", &[("scope", "col"), ("aria-sort", sorted)], |m| match &column.sort {
        Some((href, _)) => m.element("a", &[("href", href)], |m| {
            m.text(&column.label);
            m.icon(icon);
        }),
        None => m.text(&column.label),
    });
}

const fn arrow(order: Option<Order>) -> (&'static str, &'static str) {
    match order {
        Some(Order::Ascending) => ("ascending", "arrow-up"),
        Some(Order::Descending) => ("descending", "arrow-down"),
        None => ("", "arrow-up"),
    }
}

fn row(m: &mut Markup, row: &Row, columns: &[Column]) {
    m.element("tr", &[("id", &row.id)], |m| {
        for (index, cell) in row.cells.iter().enumerate() {
            if index == 0 {
                m.element("th", &[("scope", "row")], |m| line(m, cell));
                continue;
            }
            let column = columns.get(index);
            let attributes = [
                ("data-label", column.map_or("", |column| &column.label)),
                ("class", if column.is_some_and(|column| column.nowrap) { "nowrap" } else { "" }),
            ];
            m.element("td", &attributes, |m| m.element("div", &[], |m| line(m, cell)));
        }
        if columns.last().is_some_and(|column| column.actions) {
            m.element("td", &[("class", "end")], |m| {
                m.element("div", &[("class", "row")], |m| actions(m, &row.actions));
            });
        }
    });
}

/// A GET form: what it asks for stands in the address.
pub fn toolbar(m: &mut Markup, bar: &Toolbar, columns: &[Column]) {
    m.element("div", &[("class", "toolbar")], |m| {
        if bar.search.is_some() || !bar.filters.is_empty() {
            let filter = bar.filters.first().map_or("", |filter| filter.label.as_str());
            let (name, send) = match &bar.search {
                Some((label, _)) => (label.as_str(), Key::CommonSearch),
                None => (filter, Key::CommonShow),
            };
            let attributes = [
                ("action", bar.path.as_str()),
                ("role", "search"),
                ("aria-label", name),
                ("data-search", ""),
            ];
            m.element("form", &attributes, |m| {
                hidden(m, &bar.hidden);
                search(m, bar);
                bar.filters.iter().for_each(|one| self::filter(m, one));
                m.leaf("button", &[("class", "button")], use_texts().get(send));
            });
        }
        sorting(m, columns);
        bar.actions.iter().for_each(|action| link(m, action));
    });
}

fn search(m: &mut Markup, bar: &Toolbar) {
    let Some((label, typed)) = &bar.search else { return };
    m.element("div", &[("class", "search")], |m| {
        m.icon("search");
        let attributes = [
            ("type", "search"),
            ("name", "q"),
            ("value", typed.as_str()),
            ("maxlength", "200"),
            ("aria-label", label),
            ("placeholder", label),
        ];
        m.void("input", &attributes);
    });
}

fn filter(m: &mut Markup, filter: &Select) {
    if filter.choices.is_empty() {
        return m.element("label", &[("class", "day")], |m| {
            m.leaf("span", &[], &filter.label);
            let (name, value) = (("name", filter.name.as_str()), ("value", filter.value.as_str()));
            m.void("input", &[("class", "input"), ("type", "date"), name, value]);
        });
    }
    let attributes = [("name", filter.name.as_str()), ("aria-label", filter.label.as_str())];
    select(m, "select", &attributes, |m| options(m, &filter.choices, &filter.value));
}

/// The order as links, where the heads are not shown: on narrow screens.
fn sorting(m: &mut Markup, columns: &[Column]) {
    if columns.iter().all(|column| column.sort.is_none()) {
        return;
    }
    let label = use_texts().get(Key::CommonSort);
    m.element("nav", &[("class", "sorting"), ("aria-label", label)], |m| {
        for column in columns {
            let Some((href, order)) = &column.sort else { continue };
            let here = if order.is_some() { "true" } else { "" };
            m.element("a", &[("href", href), ("aria-current", here)], |m| {
                m.text(&column.label);
                if order.is_some() {
                    m.icon(arrow(*order).1);
                }
            });
        }
    });
}

fn pager(m: &mut Markup, pager: &Pager) {
    let t = use_texts();
    m.element("nav", &[("class", "pager"), ("aria-label", t.get(Key::MembersPages))], |m| {
        m.leaf("p", &[], &pager.text);
        m.element("div", &[], |m| {
            step(m, &pager.previous, "prev", t.get(Key::MembersPrevious));
            step(m, &pager.next, "next", t.get(Key::MembersNext));
        });
    });
}

fn step(m: &mut Markup, href: &Option<String>, rel: &'static str, text: &str) {
    let href = href.as_deref().unwrap_or_default();
    let disabled = if href.is_empty() { "true" } else { "" };
    let tag = if href.is_empty() { "span" } else { "a" };
    let attributes =
        [("class", "button small"), ("rel", rel), ("href", href), ("aria-disabled", disabled)];
    m.element(tag, &attributes, |m| {
        if rel == "prev" {
            m.icon("chevron-left");
        }
        m.text(text);
        if rel == "next" {
            m.icon("chevron-right");
        }
    });
}
