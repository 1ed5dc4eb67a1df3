//! A store's pages write dates, numbers and money as the store does.
use crate::harness::{Actor, TestApp, World};

domain::both_engines! {
    async fn the_section_shows_how_it_looks_and_other_pages_follow(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let mut admin = w.client(&app, Actor::Administrator);
        let page = format!("{}/settings/general/localization", w.store_path());
        let before = admin.get(&page).await;
        for part in ["12,345.67", "EUR\u{a0}12,345.67", "Monday, Feb 23, 2026"] {
            assert!(before.text().contains(part), "{part} in {}", before.text());
        }
        let store = w.company.store.to_string();
        let fields = [("_store", store.as_str()), ("_group", "general"), ("_section", "localization"),
            ("_version", "1"), ("language", "de"), ("fallback_language", "fr"), ("time_zone", "Pacific/Auckland"),
            ("currency", "JPY"), ("date_format", "dd.mm.yyyy"), ("number_format", "1'234.56"), ("week_start", "sunday")];
        let parts: Vec<(&str, Option<&str>, &[u8])> =
            fields.iter().map(|(name, value)| (*name, None, value.as_bytes())).collect();
        let saved = admin.upload("/api/settings/save", &parts).await;
        assert_eq!(saved.location(), page, "{}", saved.text());
        let after = admin.get(&page).await;
        for part in ["02.03.2026, 01:00", "12\u{2019}345.67", "JPY\u{a0}1\u{2019}234\u{2019}567", "Sunday, 01.03.2026"] {
            assert!(after.text().contains(part), "{part} in {}", after.text());
        }
        // Texts stay in the reader's language.
        assert!(after.text().contains("First day of the week"));
        let home = w.client(&app, Actor::Marketer).get(&w.store_path()).await;
        assert!(home.text().contains("02.03.2026, 01:00 (Pacific/Auckland)"), "{}", home.text());

        let values = fields.map(|(name, value)| if name == "currency" { (name, "XXQ") } else { (name, value) });
        let parts: Vec<(&str, Option<&str>, &[u8])> =
            values.iter().map(|(name, value)| (*name, None, value.as_bytes())).collect();
        let refused = admin.fetch_upload("/api/settings/save", &parts).await;
        assert!(refused.text().contains("\"field\":\"currency\""), "{}", refused.text());
    }
}
