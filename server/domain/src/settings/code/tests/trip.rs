use super::*;

both_engines! {
    async fn what_is_exported_and_applied_is_exported_alike(t: TestDomain) {
        let d = &t.domain;
        let company = company(d, "Casa Ana").await;
        let second = another_store(d, &company, "Łódź \"Nord\"").await;
        fill(d, &company, &company.store, 0).await;
        let places = [Place::from(&company.organization), Place::from(&company.store), Place::from(&second)];
        for place in &places {
            let first = export_of(d, place).await;
            let before = t.dump(&[]).await;
            let answer = apply_to(d, place, &first).await;
            assert_eq!(changes(&answer), [""; 0]);
            assert_eq!(t.dump(&[]).await, before, "nothing to do writes nothing");
            assert_eq!(export_of(d, place).await, first);
        }
    }

    async fn every_field_comes_back_as_the_file_has_it(t: TestDomain) {
        let d = &t.domain;
        let company = company(d, "Casa Ana").await;
        let place = Place::from(&company.organization);
        fill(d, &company, &company.store, 0).await;
        let first = export_of(d, &place).await;
        fill(d, &company, &company.store, 1).await;
        let second = export_of(d, &place).await;
        assert_ne!(second, first);
        let entries = audited(d, "settings.save").await;
        let answer = apply_to(d, &place, &first).await;
        let changed = changes(&answer);
        for section in sections() {
            let plain = section.fields().filter(|field| !field.is_secret() && !field.is_image());
            let differ = |field: &&'static model::settings::Field| {
                sample::sample(section, field, 0) != sample::sample(section, field, 1)
            };
            for field in plain.filter(differ) {
                let name = format!("{}.{}: ", section.key, field.key);
                assert!(changed.iter().any(|c| c.starts_with(&name)), "{name} in {changed:?}");
            }
        }
        assert_eq!(export_of(d, &place).await, first);
        let sections = i64::try_from(sections().count()).unwrap();
        assert_eq!(audited(d, "settings.save").await, entries + sections, "one entry a section");
        let applied = count(d, "SELECT COUNT(*) AS n FROM setting_change WHERE how = 'apply' AND saved_by = 'system'").await;
        assert_eq!(applied, sections);
    }

    async fn a_preview_says_what_applying_does_and_changes_nothing(t: TestDomain) {
        let d = &t.domain;
        let company = company(d, "Casa Ana").await;
        let place = Place::from(&company.store);
        fill(d, &company, &company.store, 0).await;
        let text = "format = 1\n[store.store-details]\ncity = \"Lyon\"\n[store.specimen]\ntoggle = false\nnumber = 0x10\ntags = [\"b\", \" b \", \"\"]\n";
        let before = t.dump(&[]).await;
        let answer = preview_of(d, &place, text).await;
        assert_eq!(t.dump(&[]).await, before);
        assert_eq!(changes(&answer), [
            "store-details.city: A \"b\" \\ 'c' # -> Lyon",
            "specimen.toggle: on -> off",
            "specimen.number: -5 -> 16",
            "specimen.tags: x, y, z \"quoted\" -> b",
        ]);
        assert_eq!(apply_to(d, &place, text).await, answer);
        assert_eq!(changes(&apply_to(d, &place, text).await), [""; 0]);
    }

    async fn a_file_is_for_people_to_read(t: TestDomain) {
        let d = &t.domain;
        let company = company(d, "Casa Ana").await;
        fill(d, &company, &company.store, 0).await;
        let text = export_of(d, &Place::from(&company.organization)).await;
        let store = &company.store;
        for part in [
            format!("# Settings of the organization {}", "A \"b\" \\ 'c' #"),
            "\nformat = 1\n".to_owned(),
            "\n[organization.information]\n".to_owned(),
            format!("\n[stores.{store}.specimen]\n"),
            "# Store URL: The address of the shop, for example https://shop.example\n".to_owned(),
            "# One of: \"small\", \"large\".\nchoice = \"small\"\n".to_owned(),
            "# A whole number from -5 to 120.\nnumber = -5\n".to_owned(),
            "toggle = true\n".to_owned(),
            format!("secret = {{ env = \"{}_SPECIMEN_SECRET\" }}\n", store.to_string().to_uppercase()),
            "tags = [\n    \"x, y\",\n    'z \"quoted\"',\n]\n".to_owned(),
        ] {
            assert!(text.contains(&part), "{part} is not in {text}");
        }
        assert!(!text.contains("hush"), "{text}");
        let french = export(d, &Who::Operator, &Place::from(store), Texts::of(Lang::Fr)).await.unwrap();
        assert!(french.contains("# Réglages de la boutique") && french.contains("\n[store.specimen]\n"), "{french}");
        assert_eq!(changes(&apply_to(d, &Place::from(store), &french).await), [""; 0]);
        let windows = french.replace('\n', "\r\n");
        assert_eq!(changes(&apply_to(d, &Place::from(store), &windows).await), [""; 0]);
    }

    async fn an_archived_store_has_no_part_in_it(t: TestDomain) {
        let d = &t.domain;
        let company = company(d, "Casa Ana").await;
        let place = Place::from(&company.organization);
        let text = export_of(d, &place).await;
        assert!(text.contains(company.store.as_str()));
        execute(d, "UPDATE store SET archived_at = 1").await;
        assert!(!export_of(d, &place).await.contains(company.store.as_str()));
        assert!(told(&apply_to(d, &place, &text).await)[0].contains("no open store"));
    }
}
