//! What every section of settings has from outside, the registered ones and a specimen with every
//! kind of field: made from their declarations.
use crate::harness::{Actor, Client, TestApp, World};
use domain::testing::samples::{self, Fragment};
use model::{
    Input,
    panel::drawn::{Drawn, Part, Shape},
    settings::{Kind, Scope, Section, sections},
};
use server::http::page_routes;

const SAVE: &str = "/api/settings/save";
const SCRIPT: &str = "</textarea></title><script>alert(1)</script>";
const CANARY: &str = "canary-of-a-secret";

/// A section's form in the browser of who may change it.
struct Desk<'a> {
    client: Client,
    w: &'a World,
    section: &'static Section,
}

impl<'a> Desk<'a> {
    fn new(app: &TestApp, w: &'a World, section: &'static Section) -> Desk<'a> {
        let actor = match section.scope {
            Scope::Store { .. } => Actor::Administrator,
            Scope::Organization { .. } => Actor::Manager,
        };
        Desk { client: w.client(app, actor), w, section }
    }

    fn place(&self) -> String {
        match self.section.scope {
            Scope::Store { .. } => self.w.store_path(),
            Scope::Organization { .. } => format!("/organizations/{}", self.w.company.organization),
        }
    }

    fn page(&self) -> String {
        format!("{}/settings/{}/{}", self.place(), self.section.group.key(), self.section.key)
    }

    /// Every page that is about the section.
    fn pages(&self) -> Vec<String> {
        let begins = match self.section.scope {
            Scope::Store { .. } => "/stores/{store}",
            Scope::Organization { .. } => "/organizations/{organization}",
        };
        let own = page_routes()
            .iter()
            .filter(|pattern| pattern.starts_with(begins) && pattern.contains("/settings"));
        let full = |pattern: &&'static str| {
            let rest = pattern.strip_prefix(begins).unwrap_or(pattern);
            let rest = rest
                .replace("{group}", self.section.group.key())
                .replace("{section}", self.section.key);
            let rest = rest.replace("{version}", "2");
            format!("{}{rest}", self.place())
        };
        own.map(full).filter(|address| !address.contains('{')).collect()
    }

    /// The form's fields with these in the place of others.
    fn filled(&self, with: &Fragment) -> Fragment {
        let key = |name: &str| name.split('.').next().unwrap_or_default().to_owned();
        let rest = samples::complete(self.section).into_iter();
        let rest = rest.filter(|(name, _)| !with.iter().any(|(own, _)| key(own) == key(name)));
        rest.chain(with.iter().cloned()).collect()
    }

    /// Saves it by a plain form, or as a script does; what it answers.
    async fn save(&mut self, version: i64, with: &Fragment, plain: bool) -> crate::harness::Answer {
        let (belongs, id) = match self.section.scope {
            Scope::Store { .. } => ("_store", self.w.company.store.to_string()),
            Scope::Organization { .. } => {
                ("_organization", self.w.company.organization.to_string())
            }
        };
        let version = version.to_string();
        let fields = self.filled(with);
        let mut parts: Vec<(&str, Option<&str>, &[u8])> = vec![
            (belongs, None, id.as_bytes()),
            ("_group", None, self.section.group.key().as_bytes()),
            ("_section", None, self.section.key.as_bytes()),
            ("_version", None, version.as_bytes()),
        ];
        parts.extend(fields.iter().map(|(name, text)| (name.as_str(), None, text.as_bytes())));
        if plain {
            self.client.upload(SAVE, &parts).await
        } else {
            self.client.fetch_upload(SAVE, &parts).await
        }
    }

    /// The version that the page's form names.
    async fn version(&mut self) -> i64 {
        let page = self.client.get(&self.page()).await.text();
        let (_, rest) = page.split_once("name=\"_version\" value=\"").unwrap();
        rest.split('"').next().unwrap().parse().unwrap()
    }

    /// The form as a browser's scripts know it.
    async fn form(&mut self) -> model::panel::drawn::Form {
        let panel = self.client.read("/api/panel", &[("path", &self.page())]).await;
        let drawn: Drawn = serde_json::from_str(&panel.text()).unwrap();
        let form = drawn.parts.into_iter().find_map(|part| match part {
            Part::Form(form) if form.action == SAVE => Some(*form),
            _ => None,
        });
        form.unwrap()
    }
}

/// Text that breaks out of whatever is not escaped, in every field that can hold it.
fn scripts(section: &Section) -> Fragment {
    let mut found = Vec::new();
    for field in section.fields() {
        let text: String = SCRIPT.chars().take(field.max as usize).collect();
        match field.kind {
            Kind::Text | Kind::Lines | Kind::Rich | Kind::Tags(model::settings::Item::Text) => {
                found.push((field.key.to_owned(), text));
            }
            Kind::Url { hosts } => {
                let host = hosts.first().copied().unwrap_or("shop.example");
                found.push((
                    field.key.to_owned(),
                    format!("https://{host}/<script>alert(1)</script>"),
                ));
            }
            Kind::Rows(columns) => found.extend(columns.iter().map(|column| {
                let right = samples::right(section, column).swap_remove(0).swap_remove(0).1;
                let text: String = SCRIPT.chars().take(column.max as usize).collect();
                (
                    field.cell(0, column),
                    if matches!(column.kind, Kind::Text) { text } else { right },
                )
            })),
            _ => {}
        }
    }
    found
}

/// A world in whose store nobody else is: no save has to be confirmed for the sake of others.
async fn world(app: &TestApp) -> World {
    let w = World::new(app, "shop").await;
    let others = "DELETE FROM store_member
         WHERE person_id IN (SELECT id FROM person WHERE email NOT LIKE 'ad.min@%')";
    domain::testing::execute(&app.t.domain, others).await;
    w
}

domain::both_engines! {
    async fn every_section_is_saved_by_a_plain_form_and_shown(t: TestDomain) {
        domain::testing::specimen::install();
        let app = TestApp::new(t);
        let w = world(&app).await;
        for section in sections() {
            let mut desk = Desk::new(&app, &w, section);
            for field in section.fields() {
                for right in samples::right(section, field) {
                    let version = desk.version().await;
                    let saved = desk.save(version, &right, true).await;
                    assert_eq!(saved.location(), desk.page(), "{} {right:?}: {}", section.key, saved.text());
                }
            }
            assert!(desk.version().await > 1, "{}", section.key);
        }
    }

    async fn a_browser_refuses_what_the_server_refuses(t: TestDomain) {
        domain::testing::specimen::install();
        let app = TestApp::new(t);
        let w = world(&app).await;
        for section in sections() {
            let mut desk = Desk::new(&app, &w, section);
            let (form, version) = (desk.form().await, desk.version().await);
            let checked = |name: &str| form.fields.iter().any(|field| {
                field.name == name && (field.rule.form != Shape::Any || field.rule.required)
            });
            for field in section.fields() {
                for wrong in samples::wrong(section, field) {
                    let answer = desk.save(version, &wrong.input, false).await.text();
                    let named = format!("\"field\":\"{}\"", wrong.at);
                    assert!(answer.contains(&named), "{}: {answer} for {wrong:?}", section.key);
                    let simple = matches!(field.kind, Kind::Text | Kind::Email | Kind::Url { .. } | Kind::Phone);
                    if simple && checked(&wrong.at) {
                        let input: Input = desk.filled(&wrong.input).into_iter().collect();
                        let told = form.check(&input);
                        assert!(told.iter().any(|e| e.field == wrong.at && e.fault == wrong.fault), "{told:?} for {wrong:?}");
                    }
                }
            }
        }
    }

    async fn a_stale_save_of_any_section_is_refused(t: TestDomain) {
        domain::testing::specimen::install();
        let app = TestApp::new(t);
        let w = world(&app).await;
        for section in sections() {
            let mut desk = Desk::new(&app, &w, section);
            let version = desk.version().await;
            desk.save(version, &Fragment::new(), true).await;
            let base = desk.version().await;
            let Some((one, other)) = section.fields().find_map(|field| {
                let mut right = samples::right(section, field).into_iter();
                let list = matches!(field.kind, Kind::Tags(_) | Kind::Rows(_) | Kind::Secret);
                (!list).then_some((right.next()?, right.next()?))
            }) else { continue };
            desk.save(base, &one, true).await;
            let second = if desk.version().await > base {
                other
            } else {
                desk.save(base, &other, true).await;
                one
            };
            let next = desk.version().await;
            assert!(next > base, "{}", section.key);
            let stale = desk.save(base, &second, false).await.text();
            assert!(stale.contains("\"stale\""), "{}: {stale}", section.key);
            assert_eq!(desk.version().await, next);
        }
    }

    async fn markup_and_secrets_come_out_of_no_page(t: TestDomain) {
        domain::testing::specimen::install();
        let app = TestApp::new(t);
        let w = world(&app).await;
        for section in sections() {
            let mut desk = Desk::new(&app, &w, section);
            let mut with = scripts(section);
            let secrets = section.fields().filter(|field| field.is_secret());
            with.extend(secrets.map(|field| (field.key.to_owned(), CANARY.to_owned())));
            let version = desk.version().await;
            let saved = desk.save(version, &with, true).await;
            assert_eq!(saved.location(), desk.page(), "{}: {}", section.key, saved.text());
            // What was refused comes back, but for secrets.
            let version = desk.version().await;
            let field = section.fields().find(|f| f.required && matches!(f.kind, Kind::Text));
            let mut wrong = with.clone();
            wrong.extend(field.map(|field| (field.key.to_owned(), String::new())));
            let refused = desk.save(version, &wrong, true).await;
            let mut seen = vec![desk.client.follow(&refused).await.text()];
            for address in desk.pages() {
                seen.push(desk.client.get(&address).await.text());
                seen.push(desk.client.read("/api/panel", &[("path", &address)]).await.text());
            }
            for text in seen {
                assert!(!text.contains("<script>alert"), "{}: {text}", section.key);
                assert!(!text.contains(CANARY), "{}: {text}", section.key);
            }
        }
        let stored = format!("{:?}", app.stored().await);
        assert!(!stored.contains(CANARY));
    }
}
