//! An organization whose every text holds its mark, and what is known of it.
use super::{
    marks::mark,
    pool::{Pool, ids},
};
use crate::{
    details::PNG,
    harness::{Actor, Answer, Client, TestApp, World},
};
use domain::testing::{
    self, Dice,
    samples::{self, Fragment},
};
use model::settings::{Field, Item, Kind, Scope, Section, sections};
use std::collections::BTreeSet;

/// One of the organizations.
pub struct Side {
    /// Its people and identifiers.
    pub w: World,
    /// What all its texts hold.
    pub mark: String,
    /// What is known of it.
    pub pool: Pool,
}

impl Side {
    /// A new organization.
    pub async fn new(app: &TestApp, dice: &mut Dice) -> Side {
        let before = stored(app).await;
        let mark = mark(dice);
        let w = World::new(app, &mark).await;
        let mut side = Side { w, mark, pool: Pool::default() };
        side.name_everybody(app).await;
        side.fill_settings(app).await;
        side.fill_records(app).await;
        let others: BTreeSet<String> = ids(&before).into_iter().map(str::to_owned).collect();
        side.pool.learn_ids(&stored(app).await, &others);
        side
    }

    /// The browser of an actor, which says so itself.
    pub fn client(&self, app: &TestApp, actor: Actor) -> Client {
        self.w.client(app, actor).with("user-agent", &format!("Browser {}", self.mark))
    }

    async fn name_everybody(&self, app: &TestApp) {
        for actor in Actor::ALL.into_iter().filter(|actor| *actor != Actor::Anonymous) {
            let name = format!("{actor:?}");
            let fields = [
                ("first_name", self.mark.as_str()),
                ("last_name", &name),
                ("language", "en"),
                ("theme", "dark"),
            ];
            done(&self.client(app, actor).fetch("/api/me/profile", &fields).await, "profile");
        }
        let owner = &self.w.company.owner;
        testing::passkey(&app.t.domain, owner, &format!("Phone {}", self.mark)).await;
    }

    async fn fill_settings(&self, app: &TestApp) {
        let mut client = self.client(app, Actor::Owner);
        for section in sections() {
            let (belongs, id, path) = match section.scope {
                Scope::Store { .. } => {
                    ("_store", self.w.company.store.to_string(), self.w.store_path())
                }
                Scope::Organization { .. } => {
                    let id = self.w.company.organization.to_string();
                    let path = format!("/organizations/{id}");
                    ("_organization", id, path)
                }
            };
            let page = format!("{path}/settings/{}/{}", section.group.key(), section.key);
            let version = hidden(&client.get(&page).await.text(), "_version");
            let fields = self.marked(section);
            let mut parts: Vec<(&str, Option<&str>, &[u8])> = vec![
                (belongs, None, id.as_bytes()),
                ("_group", None, section.group.key().as_bytes()),
                ("_section", None, section.key.as_bytes()),
                ("_version", None, version.as_bytes()),
            ];
            parts.extend(fields.iter().map(|(name, text)| (name.as_str(), None, text.as_bytes())));
            let file = format!("{}.png", self.mark);
            let images = section.fields().filter(|field| field.is_image());
            parts.extend(images.map(|field| (field.key, Some(file.as_str()), PNG)));
            done(&client.fetch_upload("/api/settings/save", &parts).await, section.key);
        }
    }

    /// A section's form with the mark in all that can hold it.
    fn marked(&self, section: &'static Section) -> Fragment {
        let mut fields = samples::complete(section);
        for field in section.fields() {
            let marked = match field.kind {
                Kind::Rows(columns) => {
                    let cells = columns.iter().filter_map(|column| {
                        let right = samples::right(section, column);
                        let usual = right.first()?.first()?.1.clone();
                        Some((field.cell(0, column), self.value(column).unwrap_or(usual)))
                    });
                    cells.collect()
                }
                _ => {
                    self.value(field).map(|text| (field.key.to_owned(), text)).into_iter().collect()
                }
            };
            let marked: Fragment = marked;
            fields.retain(|(name, _)| !marked.iter().any(|(other, _)| other == name));
            fields.extend(marked);
        }
        fields
    }

    /// A value with the mark; none where the field can hold no text.
    fn value(&self, field: &Field) -> Option<String> {
        let mark = &self.mark;
        let email = format!("{}@{mark}.example", field.key.replace('_', "-"));
        let text = match field.kind {
            Kind::Text | Kind::Secret => format!("{mark} {}", field.key),
            Kind::Lines | Kind::Rich => format!("{mark}\n\nagain {mark}"),
            Kind::Email | Kind::Tags(Item::Email) => email,
            Kind::Url { hosts } => match hosts.first() {
                Some(host) => format!("https://{host}/{mark}"),
                None => format!("https://{mark}.example/"),
            },
            Kind::Tags(Item::Text) => format!("{mark}\n{mark} two"),
            _ => return None,
        };
        Some(text.chars().take(field.max.max(1) as usize).collect())
    }

    async fn fill_records(&mut self, app: &TestApp) {
        let (store, organization) =
            (self.w.company.store.to_string(), self.w.company.organization.to_string());
        let mark = self.mark.clone();
        let (name, address) = (format!("{mark} second"), format!("https://second.{mark}.example"));
        let (issuer, invited) =
            (format!("https://login.{mark}.example"), format!("new@{mark}.example"));
        let (store, organization) =
            (("store", store.as_str()), ("organization", organization.as_str()));
        let requests: [(&str, &[(&str, &str)]); 8] = [
            (
                "/api/organization/store/register",
                &[organization, ("name", &name), ("url", &address)],
            ),
            (
                "/api/organization/role/save",
                &[organization, ("name", &name), ("permissions[0]", "edit_content")],
            ),
            ("/api/members/invite", &[store, ("email", &invited), ("role", "marketer")]),
            ("/api/help/ticket", &[store, ("subject", &name), ("message", &mark)]),
            ("/api/notifications/test", &[store]),
            (
                "/api/security/addresses/add",
                &[organization, ("network", "198.51.100.0/24"), ("label", &name)],
            ),
            (
                "/api/security/single-sign-on/save",
                &[
                    organization,
                    ("issuer", &issuer),
                    ("client", &mark),
                    ("secret", &mark),
                    ("role", "marketer"),
                ],
            ),
            (
                "/api/bulk/choose",
                &[organization, ("source", store.1), ("fields[]", "store-details.city")],
            ),
        ];
        let mut client = self.client(app, Actor::Owner);
        for (path, fields) in requests {
            let answer = client.post(path, fields).await;
            let next = client.follow(&answer).await;
            let refused =
                next.text().contains("aria-invalid=\"true\"") || !next.status.is_success();
            assert!(!refused || next.status.is_redirection(), "{path}: {}", next.text());
            self.pool.learn_link(answer.location());
        }
        self.prepare(app, organization.1, &mut client).await;
    }

    /// Things of which only who prepared them knows: a lock's preview and a file's.
    async fn prepare(&mut self, _: &TestApp, organization: &str, client: &mut Client) {
        let file = format!("format = 1\n[organization.information]\ncity = \"{}\"\n", self.mark);
        let requests: [(&str, &[(&str, &str)]); 2] = [
            (
                "/api/policies/check",
                &[
                    ("_organization", organization),
                    ("_section", "store-details"),
                    ("_field", "country"),
                    ("lock.rule", "value"),
                    ("lock.reason", &self.mark),
                    ("country", "PL"),
                ],
            ),
            ("/api/settings/code/check", &[("place", organization), ("file.file", &file)]),
        ];
        for (path, fields) in requests {
            let parts: Vec<(&str, Option<&str>, &[u8])> =
                fields.iter().map(|(name, value)| (*name, None, value.as_bytes())).collect();
            let answer = client.upload(path, &parts).await;
            self.pool.learn_link(answer.location());
        }
    }
}

/// The database as one text.
pub async fn stored(app: &TestApp) -> String {
    let rows = app.t.dump(&[]).await.into_values().flatten();
    rows.collect::<Vec<_>>().join("\n")
}

fn done(answer: &Answer, what: &str) {
    assert!(answer.text().contains("\"done\""), "{what}: {} {}", answer.status, answer.text());
}

/// The value of a hidden field.
fn hidden(page: &str, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let rest = page.split(&mark).nth(1).unwrap_or_else(|| panic!("no {name} in {page}"));
    rest.split('"').next().unwrap().to_owned()
}
