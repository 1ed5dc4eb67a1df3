use super::access;
use crate::{
    Domain,
    access::{ManageMembers, StoreAccess},
    db::{Conn, sql},
    invitation,
    members::{invite, list},
    people::{self, NewPerson},
    testing::{self, Company},
};
use model::{
    MemberId, PersonId,
    access::StoreRole,
    text::Lang,
    view::{MemberStatus, MembersPage, MembersQuery, Sort, SortBy, StatusFilter},
};

const MINUTE: i64 = 60_000;
const COLUMNS: [SortBy; 5] =
    [SortBy::Name, SortBy::Email, SortBy::Role, SortBy::LastSeen, SortBy::Status];

/// Adds `n` members in one transaction; each fifth was never seen, each seventh administrates.
async fn crowd(domain: &Domain, shop: &Company, n: i64) {
    let (domain_, shop) = (domain.clone(), shop.clone());
    let write = async move |conn: &mut Conn<'_>| {
        for i in 0..n {
            let person = NewPerson {
                id: PersonId::from_u128(domain_.id_bits()),
                email: format!("p{:04}@shop.example", (i * 37) % n),
                first_name: format!("Ágata{}", i % 10),
                last_name: format!("Żak{:03}", i % 100),
                phone: String::new(),
                password_hash: String::new(),
                language: Lang::Pl,
                data_consent_at: None,
                marketing_consent_at: None,
                last_seen_at: (i % 5 != 0).then_some(domain_.now() - (i % 50) * MINUTE),
                created_at: 0,
            };
            people::insert(conn, &person).await?;
            let id = MemberId::from_u128(domain_.id_bits());
            let role = match i % 7 {
                0 => StoreRole::Administrator,
                _ => StoreRole::Marketer,
            };
            people::join_store(conn, &id, &shop.store, &person.id, &role.into(), 0).await?;
        }
        Ok::<_, crate::db::Error>(())
    };
    domain.db.write(write).await.unwrap();
}

async fn all(
    domain: &Domain,
    access: &StoreAccess<ManageMembers>,
    query: &MembersQuery,
) -> Vec<MembersPage> {
    let mut pages = vec![list(domain, access, query).await.unwrap()];
    while let Some(next) = pages[pages.len() - 1].next.clone() {
        let query = MembersQuery { after: Some(next), ..query.clone() };
        pages.push(list(domain, access, &query).await.unwrap());
        assert!(pages.len() < 100, "it goes on for ever");
    }
    pages
}

fn emails(page: &MembersPage) -> Vec<&str> {
    page.rows.iter().map(|row| row.email.as_str()).collect()
}

crate::both_engines! {
    async fn every_order_shows_everybody_once_forth_and_back(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        crowd(domain, &shop, 170).await;
        let access = access(domain, &shop).await;
        for n in 0..9 {
            let email = format!("new{n}@b.example");
            invite(domain, &access, &email, "administrator").await.unwrap();
        }
        for by in COLUMNS {
            let mut orders = Vec::new();
            for descending in [false, true] {
                let query =
                    MembersQuery { sort: Sort { by, descending }, ..MembersQuery::default() };
                let pages = all(domain, &access, &query).await;
                assert_eq!(pages.len(), 4);
                assert_eq!((pages[0].rows.len(), pages[3].rows.len()), (50, 30));
                assert_eq!(pages[0].previous, None);
                for i in (1..4).rev() {
                    let before = pages[i].previous.clone();
                    let query = MembersQuery { before, ..query.clone() };
                    let back = list(domain, &access, &query).await.unwrap();
                    assert_eq!(back.rows, pages[i - 1].rows);
                    assert!(back.next.is_some());
                    assert_eq!(back.previous.is_some(), i > 1);
                }
                let ids: Vec<_> =
                    pages.iter().flat_map(|p| p.rows.iter().map(|r| r.id.clone())).collect();
                let mut unique = ids.clone();
                unique.sort();
                unique.dedup();
                assert_eq!(unique.len(), 180, "{by:?}");
                orders.push(ids);
            }
            orders[1].reverse();
            assert_eq!(orders[0], orders[1], "{by:?}");
        }
    }

    async fn orders_mean_what_they_say(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        for email in ["zoe.abel@shop.example", "adam.zorn@shop.example"] {
            testing::colleague(domain, &shop, email, StoreRole::Marketer).await;
        }
        testing::execute(
            domain,
            "UPDATE person SET last_seen_at = NULL WHERE email = 'zoe.abel@shop.example'",
        )
        .await;
        testing::execute(
            domain,
            "UPDATE person SET last_seen_at = 5 WHERE email = 'adam.zorn@shop.example'",
        )
        .await;
        let access = access(domain, &shop).await;
        invite(domain, &access, "mia@b.example", "administrator").await.unwrap();
        let sorted = async |by| {
            let sort = Sort { by, descending: false };
            let query = MembersQuery { sort, ..MembersQuery::default() };
            let page = list(domain, &access, &query).await.unwrap();
            emails(&page).iter().map(|email| email[..3].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(sorted(SortBy::Name).await, ["ada", "mia", "own", "zoe"]);
        assert_eq!(sorted(SortBy::Email).await, ["ada", "mia", "own", "zoe"]);
        assert_eq!(sorted(SortBy::Role).await, ["mia", "own", "ada", "zoe"]);
        assert_eq!(sorted(SortBy::Status).await, ["ada", "own", "zoe", "mia"]);
        let seen = sorted(SortBy::LastSeen).await;
        assert!(seen[..2].contains(&"zoe".to_owned()) && seen[..2].contains(&"mia".to_owned()));
        assert_eq!(seen[2..], ["ada", "own"]);
    }

    async fn search_is_literal_and_forgives_accents(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        for email in ["łucja.żak@shop.example", "a_b.c@shop.example", "axb.c@shop.example"] {
            testing::colleague(domain, &shop, email, StoreRole::Marketer).await;
        }
        let access = access(domain, &shop).await;
        invite(domain, &access, "100%sure@b.example", "marketer").await.unwrap();
        let found = async |search: &str| {
            let query = MembersQuery { search: search.into(), ..MembersQuery::default() };
            list(domain, &access, &query).await.unwrap().rows.len()
        };
        assert_eq!(found("lucja ZAK").await, 1);
        assert_eq!(found(" ŻAK ").await, 1);
        assert_eq!(found("SHOP.example").await, 4);
        assert_eq!(found("a_b").await, 1);
        assert_eq!(found("%").await, 1);
        assert_eq!(found("\\").await, 0);
        assert_eq!(found("100%sure").await, 1);
        assert_eq!(found("'; DROP TABLE person; --").await, 0);
        assert_eq!(found("nobody\0").await, 0);
        assert_eq!(found("").await, 5);
    }

    async fn the_status_says_where_somebody_stands(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let access = access(domain, &shop).await;
        invite(domain, &access, "old@b.example", "marketer").await.unwrap();
        t.advance(invitation::VALID);
        let failed = invite(domain, &access, "failed@b.example", "marketer").await.unwrap();
        invite(domain, &access, "fresh@b.example", "marketer").await.unwrap();
        let write = async move |conn: &mut Conn<'_>| {
            sql("UPDATE outbox SET attempts = 1, last_error = 'mailbox full'
                 WHERE id = (SELECT outbox_id FROM invitation WHERE id = $1)")
            .bind(failed.as_str())
            .execute(conn)
            .await
        };
        domain.db.write(write).await.unwrap();
        let sort = Sort { by: SortBy::Status, descending: false };
        let query = MembersQuery { sort, ..MembersQuery::default() };
        let page = list(domain, &access, &query).await.unwrap();
        let stand: Vec<_> = page.rows.iter().map(|row| row.status.clone()).collect();
        let reason = "mailbox full".to_owned();
        assert_eq!(
            stand,
            [
                MemberStatus::Active,
                MemberStatus::Invited,
                MemberStatus::Expired,
                MemberStatus::MailFailed { reason },
            ]
        );
        let filtered = async |status| {
            let query = MembersQuery { status: Some(status), ..query.clone() };
            list(domain, &access, &query).await.unwrap().rows.len()
        };
        assert_eq!(filtered(StatusFilter::Active).await, 1);
        assert_eq!(filtered(StatusFilter::Invited).await, 3);
    }

    async fn rows_say_who_and_when(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let access = access(domain, &shop).await;
        t.advance(3 * MINUTE);
        invite(domain, &access, "new@b.example", "marketer").await.unwrap();
        let page = list(domain, &access, &MembersQuery::default()).await.unwrap();
        let [new, owner] = page.rows.as_slice() else { panic!("{page:?}") };
        assert_eq!((new.name.as_str(), new.last_seen.as_str(), new.you), ("", "", false));
        assert_eq!((owner.name.as_str(), owner.you), ("Owner Shop", true));
        assert_eq!(owner.last_seen, "3 minutes ago");
        assert_eq!((&page.next, &page.previous), (&None, &None));
    }

    async fn a_place_that_has_gone_gives_the_first_page(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        crowd(domain, &shop, 60).await;
        let access = access(domain, &shop).await;
        let first = list(domain, &access, &MembersQuery::default()).await.unwrap();
        for after in ["", "x", "%00", "WzFd"] {
            let query = MembersQuery { after: Some(after.into()), ..MembersQuery::default() };
            assert_eq!(list(domain, &access, &query).await.unwrap().rows, first.rows);
        }
        // The cursor of another column does not count either.
        let sort = Sort { by: SortBy::LastSeen, descending: true };
        let query = MembersQuery { sort, after: first.next.clone(), ..MembersQuery::default() };
        assert_eq!(list(domain, &access, &query).await.unwrap().previous, None);
        // The last page has emptied while somebody looked at the one before.
        let last = MembersQuery { after: first.next.clone(), ..MembersQuery::default() };
        let place = first.rows[49].id.clone();
        let write = async move |conn: &mut Conn<'_>| {
            sql("DELETE FROM store_member WHERE id IN (SELECT m.id FROM store_member m
                 JOIN person p ON p.id = m.person_id JOIN store_member c ON c.id = $1
                 JOIN person q ON q.id = c.person_id
                 WHERE (p.name_key, m.id) > (q.name_key, c.id))")
            .bind(place)
            .execute(conn)
            .await
        };
        domain.db.write(write).await.unwrap();
        let page = list(domain, &access, &last).await.unwrap();
        assert_eq!((page.rows.len(), page.previous), (50, None));
    }

    async fn a_thousand_members_are_listed_quickly(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        crowd(domain, &shop, 1_000).await;
        let access = access(domain, &shop).await;
        let query = MembersQuery { search: "zak09".into(), ..MembersQuery::default() };
        let started = std::time::Instant::now();
        for _ in 0..10 {
            list(domain, &access, &MembersQuery::default()).await.unwrap();
            assert_eq!(list(domain, &access, &query).await.unwrap().rows.len(), 50);
        }
        // Some milliseconds each; the limit leaves room for a busy machine.
        assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
    }
}
