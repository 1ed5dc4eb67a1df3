mod access;
mod faults;
mod sample;
mod secrets;
mod trip;

use super::*;
use crate::{
    Domain, Error,
    access::{SignedIn, section_edit},
    both_engines,
    settings::save,
    testing::{Company, another_store, audited, company, count, execute, specimen},
};
use model::{
    StoreId,
    settings::{Place, Section, Settings as _, StoreDetails, sections},
    text::{Lang, Texts},
};
use sample::entered;
use specimen::Specimen;

const T: Texts = Texts::of(Lang::En);

/// References lead nowhere.
fn nothing(_: &Reference) -> Found {
    Found::Nothing
}

async fn export_of(domain: &Domain, place: &Place) -> String {
    export(domain, &Who::Operator, place, T).await.unwrap()
}

async fn apply_to(domain: &Domain, place: &Place, text: &str) -> Answer {
    apply(domain, &Who::Operator, place, text, &nothing, None, T).await.unwrap()
}

async fn preview_of(domain: &Domain, place: &Place, text: &str) -> Answer {
    preview(domain, &Who::Operator, place, text, &nothing, T).await.unwrap()
}

fn person(who: &SignedIn) -> Who {
    Who::Person(Box::new(who.clone()))
}

/// The changes as `section.field: old -> new`.
fn changes(answer: &Answer) -> Vec<String> {
    let found = match answer {
        Answer::Fine(found) | Answer::Stale(found) => found,
        Answer::Wrong(faults) => panic!("{faults:?}"),
    };
    let line = |c: &Change| format!("{}.{}: {} -> {}", c.section, c.field, c.old, c.new);
    found.changes.iter().map(line).collect()
}

/// The faults as `line:column text`.
fn told(answer: &Answer) -> Vec<String> {
    match answer {
        Answer::Wrong(faults) => {
            faults.iter().map(|f| format!("{}:{} {}", f.line, f.column, f.text)).collect()
        }
        other => panic!("nothing is wrong: {other:?}"),
    }
}

/// Enters something into every field of every section.
async fn fill(domain: &Domain, company: &Company, store: &StoreId, turn: usize) {
    specimen::install();
    for section in sections() {
        let place = match survey::belongs(section, &Place::from(store)) {
            true => Place::from(store),
            false => Place::from(&company.organization),
        };
        enter(domain, &company.owner, place, section, turn).await;
    }
}

async fn enter(
    domain: &Domain,
    who: &SignedIn,
    place: Place,
    section: &'static Section,
    turn: usize,
) {
    let access = section_edit(domain, who, place, section).await.unwrap();
    let view =
        crate::access::section_view(domain, who, access.place().clone(), section).await.unwrap();
    let version = crate::settings::view(domain, &view).await.unwrap().version;
    let saved = save(domain, &access, version, &entered(section, turn), &[]).await;
    saved.unwrap_or_else(|error| panic!("{}: {error:?}", section.key));
}
