//! Tables: rows are static markup; what happens in them the panel hears.
use super::{inline, quick::actions};
use crate::{
    panel::draw::empty,
    ui::{Icon, options, use_texts},
};
use leptos::prelude::*;
use model::{
    panel::{Column, Order, Pager, Row, Select, Table, Toolbar},
    text::Key,
};

/// The table, with search and filters above and the pager below.
pub fn table(table: Table) -> AnyView {
    let toolbar = table.toolbar.map(|bar| toolbar(bar, &table.columns));
    let list = if table.rows.is_empty() {
        table.empty.map(|nothing| empty(*nothing)).into_any()
    } else {
        let labels: Vec<String> = table.columns.iter().map(|c| c.label.clone()).collect();
        let nowrap: Vec<bool> = table.columns.iter().map(|c| c.nowrap).collect();
        let heads = table.columns.into_iter().map(head).collect_view();
        let rows = table.rows.into_iter().map(|r| row(r, &labels, &nowrap)).collect_view();
        view! {
            <table class="table cards">
                <caption class="sr-only">{table.caption}</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    view! { {toolbar}<div class="list">{list}{table.pager.map(pager)}</div> }.into_any()
}

fn head(column: Column) -> AnyView {
    if column.actions {
        return view! { <th scope="col" class="end"><span class="sr-only">{column.label}</span></th> }
            .into_any();
    }
    let order = column.sort.as_ref().and_then(|(_, order)| *order);
    let (sorted, icon) = match order {
        Some(Order::Ascending) => (Some("ascending"), "arrow-up"),
        Some(Order::Descending) => (Some("descending"), "arrow-down"),
        None => (None, "arrow-up"),
    };
    let content = match column.sort {
        Some((href, _)) => view! { <a href=href>{column.label}<Icon name=icon/></a> }.into_any(),
        None => column.label.into_any(),
    };
    view! { <th scope="col" aria-sort=sorted>{content}</th> }.into_any()
}

fn row(row: Row, labels: &[String], nowrap: &[bool]) -> AnyView {
    let mut cells = row.cells.into_iter().map(inline::line);
    let head = cells.next();
    let cells = cells.enumerate().map(|(index, cell)| {
        let label = labels.get(index + 1).cloned();
        let class = nowrap.get(index + 1).is_some_and(|nowrap| *nowrap).then_some("nowrap");
        view! { <td data-label=label class=class><div>{cell}</div></td> }
    });
    let actions = (!row.actions.is_empty()).then(|| {
        view! { <td class="end"><div class="row">{actions(row.actions)}</div></td> }
    });
    view! { <tr id=row.id><th scope="row">{head}</th>{cells.collect_view()}{actions}</tr> }
        .into_any()
}

/// A GET form: what it asks for stands in the address.
fn toolbar(bar: Toolbar, columns: &[Column]) -> AnyView {
    let t = use_texts();
    let actions = bar.actions.into_iter().map(inline::link).collect_view();
    let search = bar.search.map(|(label, typed)| {
        let name = label.clone();
        view! {
            <div class="search">
                <Icon name="search"/>
                <input type="search" name="q" value=typed maxlength="200" aria-label=label placeholder=name/>
            </div>
        }
    });
    let asks = search.is_some() || !bar.filters.is_empty();
    let hidden = bar
        .hidden
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
    let form = asks.then(|| {
        view! {
            <form action=bar.path role="search" data-search="">
                {hidden.collect_view()}
                {search}
                {bar.filters.into_iter().map(filter).collect_view()}
                <button class="button">{t.get(Key::CommonSearch)}</button>
            </form>
        }
    });
    view! { <div class="toolbar">{form}{sorting(columns)}{actions}</div> }.into_any()
}

fn filter(filter: Select) -> AnyView {
    if filter.choices.is_empty() {
        return view! {
            <label class="day"><span>{filter.label}</span>
                <input class="input" type="date" name=filter.name value=filter.value/>
            </label>
        }
        .into_any();
    }
    view! {
        <div class="select">
            <select name=filter.name aria-label=filter.label>{options(filter.choices, &filter.value)}</select>
            <Icon name="chevron-down"/>
        </div>
    }
    .into_any()
}

/// The order as links, where the heads are not shown: on narrow screens.
fn sorting(columns: &[Column]) -> AnyView {
    let t = use_texts();
    let links: Vec<_> = columns
        .iter()
        .filter_map(|column| {
            let (href, order) = column.sort.clone()?;
            let icon = match order {
                Some(Order::Descending) => Some("arrow-down"),
                Some(Order::Ascending) => Some("arrow-up"),
                None => None,
            };
            let here = order.is_some().then_some("true");
            let label = column.label.clone();
            Some(view! { <a href=href aria-current=here>{label}{icon.map(|icon| view! { <Icon name=icon/> })}</a> })
        })
        .collect();
    if links.is_empty() {
        return ().into_any();
    }
    view! { <nav class="sorting" aria-label=t.get(Key::CommonSort)>{links}</nav> }.into_any()
}

fn pager(pager: Pager) -> AnyView {
    let t = use_texts();
    let step = |link: Option<String>, rel: &'static str, text: AnyView| match link {
        Some(href) => view! { <a class="button small" rel=rel href=href>{text}</a> }.into_any(),
        None => view! { <span class="button small" aria-disabled="true">{text}</span> }.into_any(),
    };
    let back = view! { <Icon name="chevron-left"/>{t.get(Key::MembersPrevious)} }.into_any();
    let on = view! { {t.get(Key::MembersNext)}<Icon name="chevron-right"/> }.into_any();
    view! {
        <nav class="pager" aria-label=t.get(Key::MembersPages)>
            <p>{pager.text}</p>
            <div>{step(pager.previous, "prev", back)}{step(pager.next, "next", on)}</div>
        </nav>
    }
    .into_any()
}
