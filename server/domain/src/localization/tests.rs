use super::*;
use crate::{
    Domain,
    access::{ManageMembers, section_edit},
    both_engines,
    db::Conn,
    instance, members,
    outbox::Effect,
    settings,
    testing::{Company, access, another_store, audited, colleague, company, count, execute},
};
use model::{
    Input, StoreId,
    access::StoreRole,
    settings::{Document, Localization, Settings as _, Value},
    text::{Lang, Texts},
    view::MembersQuery,
};

const DAY: i64 = 24 * 60 * 60 * 1000;

async fn save(domain: &Domain, company: &Company, values: &[(&str, &str)]) {
    let section = Localization::SECTION;
    let edit = section_edit(domain, &company.owner, &company.store, section).await.unwrap();
    let input: Input = values.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    settings::save(domain, &edit, 1, &input, &[]).await.unwrap();
}

async fn stored(domain: &Domain, store: &StoreId) -> Localization {
    let read = async |conn: &mut Conn<'_>| settings::read(conn, store.as_str()).await;
    domain.db.read(read).await.unwrap()
}

/// The language of the mail that was asked for last.
async fn mailed(domain: &Domain) -> Lang {
    let read = async |conn: &mut Conn<'_>| crate::outbox::recent(conn, None, 1).await;
    let row = domain.db.read(read).await.unwrap().remove(0);
    match serde_json::from_str(&row.payload).unwrap() {
        Effect::InvitationMail { lang, .. } => lang,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_the_product_does_not_speak_falls_back() {
    for (language, fallback, spoken) in
        [("pl", "es", Lang::Pl), ("de", "es", Lang::Es), ("de", "", Lang::En), ("", "fr", Lang::Fr)]
    {
        let values = [("language", language), ("fallback_language", fallback)];
        let document: Document =
            values.map(|(key, value)| (key.to_owned(), Value::from(value))).into();
        assert_eq!(super::spoken(&Localization::read(&document)), spoken, "{language}, {fallback}");
    }
}

both_engines! {
    async fn stores_of_before_get_what_their_details_said_once(t: TestDomain) {
        let domain = &t.domain;
        let company = company(domain, "Casa Ana").await;
        let (odd, bare) = (
            another_store(domain, &company, "Odd").await,
            another_store(domain, &company, "Bare").await,
        );
        execute(domain, "DELETE FROM setting_document WHERE section = 'localization'").await;
        execute(domain, "UPDATE setting_document SET body = '{\"name\":\"Casa Ana\",\"language\":\"es\",
            \"time_zone\":\"Europe/Madrid\",\"currency\":\"PLN\"}'
            WHERE section = 'store-details' AND body LIKE '%Casa Ana%'").await;
        execute(domain, "UPDATE setting_document SET body = '{\"name\":\"Odd\",\"currency\":true}'
            WHERE section = 'store-details' AND body LIKE '%Odd%'").await;
        execute(domain, "DELETE FROM setting_document WHERE body LIKE '%Bare%'").await;
        let other = t.another_process().await;
        let (first, second) = tokio::join!(instance::check(domain), instance::check(&other));
        first.unwrap();
        second.unwrap();
        let ana = stored(domain, &company.store).await;
        assert_eq!((ana.language.as_str(), ana.time_zone.as_str(), ana.currency.as_str()),
            ("es", "Europe/Madrid", "PLN"));
        assert_eq!((ana.fallback_language.as_str(), ana.week_start.as_str()), ("en", "monday"));
        for store in [&odd, &bare] {
            let own = stored(domain, store).await;
            assert_eq!((own.language.as_str(), own.currency.as_str()), ("en", "EUR"));
        }
        let made = "SELECT COUNT(*) AS n FROM setting_document
            WHERE section = 'localization' AND version = 1 AND saved_by = 'system'";
        assert_eq!(count(domain, made).await, 3);
        assert_eq!(audited(domain, "localization.adopt").await, 1);

        // What was changed since stays.
        save(domain, &company, &[("currency", "EUR")]).await;
        instance::check(domain).await.unwrap();
        assert_eq!(stored(domain, &company.store).await.currency, "EUR");
        assert_eq!(audited(domain, "localization.adopt").await, 1);
    }

    async fn a_stores_pages_write_as_the_store_does(t: TestDomain) {
        let domain = &t.domain;
        let company = company(domain, "Casa Ana").await;
        save(domain, &company, &[("time_zone", "Pacific/Auckland"), ("date_format", "dd.mm.yyyy")]).await;
        execute(domain, "UPDATE person SET last_seen_at = 1772366400000").await;
        let access = access::<ManageMembers>(domain, &company.owner, &company.store).await;
        t.advance(30 * DAY);
        let page = members::list(domain, &access, &MembersQuery::default()).await.unwrap();
        // 1 March 2026, 12:00 UTC, is 2 March there.
        assert_eq!(page.rows[0].last_seen, "02.03.2026");
        let section = Localization::SECTION;
        let view = crate::access::section_view(domain, &company.owner, &company.store, section).await.unwrap();
        let view = settings::view(domain, &view).await.unwrap();
        let shown = view.last_change.unwrap().at;
        assert!(shown.len() == 10 && shown.ends_with(".2026"), "{shown}");
        assert_eq!(view.notes["time_zone"].changed.as_ref().unwrap().at, shown);
    }

    async fn unknown_people_are_written_to_in_the_stores_language(t: TestDomain) {
        let domain = &t.domain;
        let company = company(domain, "Casa Ana").await;
        let access = access::<ManageMembers>(domain, &company.owner, &company.store).await;
        save(domain, &company, &[("language", "de"), ("fallback_language", "fr")]).await;
        members::invite(domain, &access, "new@shop.example", "marketer").await.unwrap();
        assert_eq!(mailed(domain).await, Lang::Fr);
        t.advance(1);
        let other = crate::testing::company(domain, "Other").await;
        colleague(domain, &other, "pola@shop.example", StoreRole::Marketer).await;
        execute(domain, "UPDATE person SET language = 'pl' WHERE email = 'pola@shop.example'").await;
        members::invite(domain, &access, "pola@shop.example", "marketer").await.unwrap();
        assert_eq!(mailed(domain).await, Lang::Pl, "their own comes first");
    }

    async fn a_store_says_how_it_writes(t: TestDomain) {
        let domain = &t.domain;
        let company = company(domain, "Casa Ana").await;
        save(domain, &company, &[("currency", "JPY"), ("number_format", "1'234.56"), ("week_start", "sunday")]).await;
        let read = async |conn: &mut Conn<'_>| locale(conn, &company.store, Texts::of(Lang::Fr)).await;
        let locale = domain.db.read(read).await.unwrap();
        assert_eq!(locale.money(1_234), "1\u{2019}234\u{a0}JPY");
        assert_eq!(locale.week_start(), jiff::civil::Weekday::Sunday);
        let read = async |conn: &mut Conn<'_>| language(conn, &company.store).await;
        assert_eq!(domain.db.read(read).await.unwrap(), Lang::En);
    }
}
