//! Reading the log: pages, filters, plans, names.
use super::super::{
    browse::Log,
    list_sql::{self, Lead},
    view::{csv, csv_head},
    *,
};
use crate::{
    Domain, both_engines,
    context::Origin,
    db::{self, Conn, testing::Engine},
    row,
    testing::{company, execute, origin, person},
};
use futures::TryStreamExt as _;
use model::{
    AuditId, OrganizationId, StoreId,
    text::{Lang, Texts},
};
use serde_json::{Value, json};

row! { struct Plan { detail: String } }

fn organization() -> OrganizationId {
    OrganizationId::from_u128(1)
}

fn log() -> Log {
    Log::of(organization().as_str())
}

/// An entry of the organization's chain by `actor`.
async fn write(domain: &Domain, actor: &str, action: &'static str, subject: &str, value: Value) {
    let (domain_, actor, subject) = (domain.clone(), actor.to_owned(), subject.to_owned());
    let write = async move |conn: &mut Conn<'_>| {
        let (chain, store) = (organization(), StoreId::from_u128(7));
        let change = Change {
            chain: Some(&chain),
            store: action.starts_with("settings").then_some(&store),
            actor: &actor,
            action,
            subject: &subject,
            old: Value::Null,
            new: value,
        };
        record(&domain_, conn, &origin(), change).await
    };
    domain.db.write(write).await.unwrap();
}

/// Entries of four kinds by three actors, a minute apart.
async fn many(t: &db::testing::TestDomain, count: usize) {
    let actions = ["settings.save", "member.invite", "member.remove", "session.sign_in"];
    for index in 0..count {
        let actor = ["per_a", "per_b", SYSTEM][index % 3];
        write(&t.domain, actor, actions[index % 4], "store-details", json!({})).await;
        t.advance(60_000);
    }
}

fn positions(page: &AuditPage) -> Vec<i64> {
    page.entries.iter().map(|entry| entry.position).collect()
}

/// The positions of all pages from the newest on.
async fn walk(domain: &Domain, filter: &Filter) -> Vec<Vec<i64>> {
    let (mut pages, mut place) = (Vec::new(), Place::Newest);
    loop {
        let page = list(domain, &log(), filter, place).await.unwrap();
        pages.push(positions(&page));
        match page.older {
            Some(cursor) => place = Place::OlderThan(cursor),
            None => return pages,
        }
    }
}

both_engines! {
    async fn pages_are_whole_and_lead_back(t: TestDomain) {
        many(&t, 120).await;
        let domain = &t.domain;
        let pages = walk(domain, &Filter::default()).await;
        assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [50, 50, 20]);
        assert_eq!(pages.concat(), (1..=120).rev().collect::<Vec<_>>());
        let filter = Filter::default();
        let first = list(domain, &log(), &filter, Place::Newest).await.unwrap();
        assert!(first.newer.is_none());
        let second = list(domain, &log(), &filter, Place::OlderThan(first.older.unwrap())).await.unwrap();
        let back = list(domain, &log(), &filter, Place::NewerThan(second.newer.unwrap())).await.unwrap();
        assert_eq!(positions(&back), positions(&first));
        assert!(back.newer.is_none() && back.older.is_some());
        // A place beyond the end gives the first page.
        let beyond = Place::read("1-1", "");
        assert_eq!(positions(&list(domain, &log(), &filter, beyond).await.unwrap()), positions(&first));
    }

    async fn pages_stay_while_entries_are_added(t: TestDomain) {
        many(&t, 110).await;
        let (domain, filter) = (&t.domain, Filter::default());
        let mut seen = Vec::new();
        let mut place = Place::Newest;
        loop {
            let page = list(domain, &log(), &filter, place).await.unwrap();
            seen.extend(positions(&page));
            many(&t, 7).await;
            match page.older {
                Some(cursor) => place = Place::OlderThan(cursor),
                None => break,
            }
        }
        assert_eq!(seen, (1..=110).rev().collect::<Vec<_>>());
    }

    async fn entries_of_one_moment_are_not_lost_between_pages(t: TestDomain) {
        for _ in 0..130 {
            write(&t.domain, SYSTEM, "member.invite", "x", json!({})).await;
        }
        assert_eq!(walk(&t.domain, &Filter::default()).await.concat().len(), 130);
        let kind = Filter { kind: Some(Kind::Members), ..Filter::default() };
        assert_eq!(walk(&t.domain, &kind).await.concat(), (1..=130).rev().collect::<Vec<_>>());
    }

    async fn every_filter_leaves_out_what_it_should(t: TestDomain) {
        let start = t.domain.now();
        many(&t, 120).await;
        let domain = &t.domain;
        let all = |keep: fn(i64) -> bool| (1..=120).rev().filter(|p| keep(*p)).collect::<Vec<_>>();
        let by = |actor: &str| Filter { actor: Some(actor.to_owned()), ..Filter::default() };
        assert_eq!(walk(domain, &by("per_b")).await.concat(), all(|p| p % 3 == 2));
        assert!(walk(domain, &by("per_none")).await.concat().is_empty());
        let kind = Filter { kind: Some(Kind::Members), ..Filter::default() };
        assert_eq!(walk(domain, &kind).await.concat(), all(|p| matches!(p % 4, 2 | 3)));
        let both = Filter { kind: Some(Kind::Members), ..by(SYSTEM) };
        assert_eq!(walk(domain, &both).await.concat(), all(|p| matches!(p % 4, 2 | 3) && p % 3 == 0));
        let store = Filter { store: Some(StoreId::from_u128(7)), ..Filter::default() };
        assert_eq!(walk(domain, &store).await.concat(), all(|p| p % 4 == 1));
        let elsewhere = Filter { store: Some(StoreId::from_u128(8)), ..Filter::default() };
        assert!(walk(domain, &elsewhere).await.concat().is_empty());
        let section = |key: &str| Filter { section: Some(key.to_owned()), ..Filter::default() };
        assert_eq!(walk(domain, &section("store-details")).await.concat(), all(|p| p % 4 == 1));
        assert!(walk(domain, &section("other")).await.concat().is_empty());
        let time = Filter {
            from: Some(start + 10 * 60_000),
            until: Some(start + 80 * 60_000),
            ..Filter::default()
        };
        assert_eq!(walk(domain, &time).await.concat(), (11..=81).rev().collect::<Vec<_>>());
        // A cursor from outside of the time counts as its edge.
        let newest = Place::read(&format!("{}-9", domain.now()), "");
        assert_eq!(list(domain, &log(), &time, newest).await.unwrap().entries[0].position, 81);
    }

    async fn nobody_reads_another_chain(t: TestDomain) {
        many(&t, 3).await;
        let other = Log::of(OrganizationId::from_u128(2).as_str());
        let (domain, filter) = (&t.domain, Filter::default());
        assert!(list(domain, &other, &filter, Place::Newest).await.unwrap().entries.is_empty());
        let page = list(domain, &log(), &filter, Place::Newest).await.unwrap();
        let id: AuditId = page.entries[0].id.parse().unwrap();
        assert!(entry(domain, &log(), &id).await.is_ok());
        assert!(matches!(entry(domain, &other, &id).await, Err(crate::Error::NotFound)));
        assert!(actors(domain, &other).await.unwrap().is_empty());
        assert_eq!(actors(domain, &log()).await.unwrap().len(), 3);
    }

    async fn a_person_sees_what_they_did_and_nothing_else(t: TestDomain) {
        let (ana, jan) = (person(&t.domain, "ana@x.example").await, person(&t.domain, "jan@x.example").await);
        for somebody in [&ana, &jan] {
            crate::session::sign_out(&t.domain, somebody).await.unwrap();
        }
        let own = Log::own(&ana);
        // A filter by somebody else does not widen it.
        let filter = Filter::of(&jan.person.id);
        let page = list(&t.domain, &own, &filter, Place::Newest).await.unwrap();
        assert_eq!(page.entries.len(), 1);
        assert_eq!(page.entries[0].actor, ana.person.id.as_str());
        let others = list(&t.domain, &Log::own(&jan), &filter, Place::Newest).await.unwrap();
        let id = others.entries[0].id.parse().unwrap();
        assert!(matches!(entry(&t.domain, &own, &id).await, Err(crate::Error::NotFound)));
    }

    async fn an_export_has_every_entry_of_the_list(t: TestDomain) {
        many(&t, 1_203).await;
        let kind = Filter { kind: Some(Kind::Members), ..Filter::default() };
        for (filter, count) in [(Filter::default(), 1_203), (kind, 602)] {
            let pages: Vec<AuditPage> =
                all(&t.domain, log(), &filter).try_collect().await.unwrap();
            assert!(pages.iter().all(|page| page.entries.len() <= 500));
            let mut found: Vec<i64> = pages.iter().flat_map(positions).collect();
            assert!(found.is_sorted_by(|a, b| a > b));
            found.dedup();
            assert_eq!(found.len(), count);
        }
    }

    async fn entries_are_told_in_words(t: TestDomain) {
        let company = company(&t.domain, "Casa Ana").await;
        let (owner, member) = (&company.owner, company.member.clone());
        let (chain, store, actor) = (company.organization.clone(), company.store.clone(), owner.person.id.clone());
        let domain = t.domain.clone();
        let write = async move |conn: &mut Conn<'_>| {
            let who = actor.as_str();
            let change = Change {
                chain: Some(&chain), store: Some(&store), actor: who,
                action: "member.role.change", subject: member.as_str(),
                old: json!({ "who": who, "role": "marketer", "password": "hunter2" }),
                new: json!({ "who": who, "role": "administrator", "ends_at": 1_772_366_400_000_i64 }),
            };
            record(&domain, conn, &Origin::default(), change).await?;
            let change = Change {
                chain: Some(&chain), store: None, actor: SYSTEM, action: "thing.of.the.future.refused",
                subject: "", old: json!(true), new: json!(["a", "b"]),
            };
            record(&domain, conn, &Origin::default(), change).await
        };
        t.domain.db.write(write).await.unwrap();
        let log = Log::of(company.organization.as_str());
        let page = list(&t.domain, &log, &Filter::default(), Place::Newest).await.unwrap();
        let reader = Reader { t: Texts::of(Lang::En), zone: "Europe/Warsaw".into() };
        let entries = read(&t.domain, &log, &page, &reader).await.unwrap();
        let [future, role] = &entries[..] else { panic!("{entries:?}") };
        assert_eq!((role.what.as_str(), role.who.as_str()), ("Changed a member's role", "Owner Casa-ana"));
        assert_eq!(role.at, "Mar 1, 2026, 13:00:00");
        assert_eq!(role.store.as_ref().unwrap().1, "Casa Ana");
        let pairs: Vec<(&str, &str, &str)> = role.differences.iter()
            .map(|d| (d.field.as_str(), d.old.as_str(), d.new.as_str())).collect();
        assert!(pairs.contains(&("Role", "Marketer", "Administrator")), "{pairs:?}");
        assert!(pairs.contains(&("Person", "Owner Casa-ana", "Owner Casa-ana")));
        assert!(pairs.contains(&("Ends", "—", "Mar 1, 2026, 13:00:00")));
        assert!(role.summary(reader.t).contains("Role: Marketer → Administrator"));
        assert_eq!((future.what.as_str(), future.who.as_str()), ("Refused: thing.of.the.future", "Store Manager"));
        assert_eq!((future.differences[0].old.as_str(), future.differences[0].new.as_str()), ("on", "a, b"));
        let csv = String::from_utf8([csv_head(reader.t), csv(&reader, &entries)].concat()).unwrap();
        assert!(csv.starts_with("\u{feff}When,Who,What,Store,") && csv.contains("2026-03-01T13:00:00+01:00,Owner Casa-ana"), "{csv}");
        assert!(!csv.contains("hunter2") && !format!("{entries:?}").contains("hunter2"));
    }

    async fn a_long_chain_is_proven_in_steps(t: TestDomain) {
        many(&t, 1_100).await;
        let domain = &t.domain;
        assert_eq!(proven(domain, &log()).await.unwrap(), Proof { length: 1_100, ..Proof::default() });
        let proof = check(domain, &log(), 1).await.unwrap();
        assert_eq!((proof.under_way, proof.last), (500, None));
        // Whoever lacks the key cannot say that more is proven.
        execute(domain, "UPDATE audit_check SET position = 1000").await;
        assert_eq!(proven(domain, &log()).await.unwrap().under_way, 0);
        check(domain, &log(), 2).await.unwrap();
        let proof = check(domain, &log(), 2).await.unwrap();
        let round = Round { finished_at: domain.now(), entries: 1_100, broken: None };
        assert_eq!(proof, Proof { length: 1_100, last: Some(round), under_way: 0 });
        execute(domain, "UPDATE audit_entry SET actor = 'x' WHERE position = 700").await;
        // The last whole round stays while the next one is under way.
        assert_eq!(check(domain, &log(), 1).await.unwrap().last, Some(round));
        check_all(domain, STEPS).await.unwrap();
        let broken = proven(domain, &log()).await.unwrap().last.unwrap();
        assert_eq!((broken.entries, broken.broken), (699, Some((700, Problem::Changed))));
    }

    async fn pages_follow_an_index(t: TestDomain) {
        if t.engine == Engine::Postgres {
            return;
        }
        for (lead, index) in [
            (Lead::Time, "audit_entry_time"),
            (Lead::Actor, "audit_entry_actor"),
            (Lead::Action, "audit_entry_action"),
            (Lead::Store, "audit_entry_store"),
        ] {
            for newer in [false, true] {
                let text: &'static str =
                    format!("EXPLAIN QUERY PLAN {}", list_sql::page(lead, newer)).leak();
                let read = async |conn: &mut Conn<'_>| {
                    db::sql(text).bind("c").bind("x").bind(5).bind(5).bind(5).bind("").bind("")
                        .bind("").bind(51).all::<Plan>(conn).await
                };
                let plan = t.domain.db.read(read).await.unwrap();
                let [step] = &plan[..] else { panic!("{lead:?}: {plan:?}") };
                let wanted = format!("SEARCH e USING INDEX {index} (");
                assert!(step.detail.starts_with(&wanted) && step.detail.contains("at"), "{lead:?} {newer}: {step:?}");
            }
        }
    }
}
