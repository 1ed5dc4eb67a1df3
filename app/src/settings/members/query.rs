//! The list's state as it stands in the page's address.
use crate::path::encode;
use leptos_router::params::ParamsMap;
use model::view::{MembersQuery, Sort, SortBy, StatusFilter};

const SORTS: [(&str, SortBy); 5] = [
    ("name", SortBy::Name),
    ("email", SortBy::Email),
    ("role", SortBy::Role),
    ("seen", SortBy::LastSeen),
    ("status", SortBy::Status),
];
const STATUSES: [(&str, StatusFilter); 2] =
    [("active", StatusFilter::Active), ("invited", StatusFilter::Invited)];

/// The name of a column in the address.
pub fn sort_code(by: SortBy) -> &'static str {
    SORTS.iter().find(|(_, other)| *other == by).map_or("name", |(code, _)| code)
}

/// The name of a status in the address.
pub fn status_code(status: StatusFilter) -> &'static str {
    STATUSES.iter().find(|(_, other)| *other == status).map_or("", |(code, _)| code)
}

/// The query that these parameters stand for; what is unknown is ignored.
pub fn of_params(params: &ParamsMap) -> MembersQuery {
    let get = |name: &str| params.get(name).filter(|value| !value.is_empty());
    let sort = get("sort").unwrap_or_default();
    let (descending, column) = sort.strip_prefix('-').map_or((false, sort.as_str()), |c| (true, c));
    MembersQuery {
        search: get("q").unwrap_or_default(),
        status: get("status")
            .and_then(|s| STATUSES.iter().find(|(code, _)| *code == s).map(|(_, v)| *v)),
        sort: Sort {
            by: SORTS.iter().find(|(code, _)| *code == column).map(|(_, v)| *v).unwrap_or_default(),
            descending,
        },
        after: get("after"),
        before: get("before"),
    }
}

/// The query string of `query`, with its question mark; empty for the plain list.
pub fn write(query: &MembersQuery) -> String {
    let sort = (query.sort != Sort::default()).then(|| {
        format!("{}{}", if query.sort.descending { "-" } else { "" }, sort_code(query.sort.by))
    });
    let pairs = [
        ("q", (!query.search.is_empty()).then(|| query.search.clone())),
        ("status", query.status.map(|s| status_code(s).to_owned())),
        ("sort", sort),
        ("after", query.after.clone()),
        ("before", query.before.clone()),
    ];
    let mut text = String::new();
    for (name, value) in pairs {
        if let Some(value) = value {
            text.push(if text.is_empty() { '?' } else { '&' });
            text.push_str(name);
            text.push('=');
            text.push_str(&encode(&value));
        }
    }
    text
}

/// The query of a query string, as [`write`] makes it.
pub fn read(text: &str) -> MembersQuery {
    let mut params = ParamsMap::new();
    for pair in text.trim_start_matches('?').split('&') {
        if let Some((name, value)) = pair.split_once('=') {
            params.insert(
                name.to_owned(),
                leptos_router::location::Url::unescape(&value.replace('+', " ")),
            );
        }
    }
    of_params(&params)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let query = MembersQuery {
            search: "Żółw & co=x?".into(),
            status: Some(StatusFilter::Invited),
            sort: Sort { by: SortBy::LastSeen, descending: true },
            after: Some("abc-_".into()),
            before: None,
        };
        assert_eq!(read(&write(&query)), query);
        assert_eq!(write(&MembersQuery::default()), "");
        assert_eq!(read("?sort=bogus&status=bogus&x=y"), MembersQuery::default());
    }
}
