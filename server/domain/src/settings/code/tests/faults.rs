use super::*;

/// Everything that can be wrong, each on a line of its own.
const WRONG: &str = r##"format = 2
colour = "red"
[store]
store-details = 3
[store.specimen]
text = 5
lines = ["a"]
email = "nobody"
  select = "ŁŁ"
choice = "middle"
number = "7"
ground = "red"
tags = ["a", 7]
emails = ["a@x.example", "b@x.example", "nobody"]
links = [
    { title = "A" }, { title = "", url = "https://x.example" },
    { title = "B", url = "x" },
    { title = "C", color = "red" },
]
toggle = "on"
image = "img_00000000000000000000000000000001"
secret = "open sesame"
unheard = 1
[store.nowhere]
[store.information]
[organization.information]
"##;

both_engines! {
    async fn everything_that_is_wrong_is_told_with_its_place(t: TestDomain) {
        let d = &t.domain;
        let company = company(d, "Casa Ana").await;
        specimen::install();
        let before = t.dump(&[]).await;
        let answer = apply_to(d, &Place::from(&company.store), WRONG).await;
        assert_eq!(t.dump(&[]).await, before);
        assert_eq!(told(&answer), [
            "1:10 The file must begin with “format = 1”.",
            "2:1 “colour” is unknown here. The settings of a store stand in tables such as [store.store-details].",
            "4:17 “store-details” must be a table of settings.",
            "6:8 Store name: write a text in quotes.",
            "7:9 Street and number: write a text in quotes.",
            "8:9 Contact email: Enter an email address such as name@shop.example.",
            "9:12 Country: Choose one of the entries in the list.",
            "10:10 Region: Choose one of the entries in the list.",
            "11:10 Postal code: write a whole number without quotes.",
            "12:10 City: Choose a colour.",
            "13:14 Store name: write a list of texts, such as [\"one\", \"two\"].",
            "14:41 Contact email: Line 3 is not an email address.",
            "18:20 Social links has no part “color”.",
            "20:10 Identity: write true or false.",
            "21:9 Logo: Choose one of the entries in the list.",
            "22:10 Legal name: a secret must not stand in this file. Write { env = \"NAME\" } or { file = \"path\" } in its place.",
            "23:1 The section specimen has no field “unheard”.",
            "24:8 There is no section “nowhere” here.",
            "25:8 There is no section “information” here.",
            "26:2 “organization” is unknown here. The settings of a store stand in tables such as [store.store-details].",
        ]);
    }

    async fn a_cell_of_a_list_is_found(t: TestDomain) {
        let d = &t.domain;
        let company = company(d, "Casa Ana").await;
        specimen::install();
        let text = "format = 1\n[store.specimen]\ntext = \"x\"\nlinks = [\n  { title = \"\" }, # nothing\n  { url = \"https://x.example\" },\n  { title = \"B\", url = \"x\" },\n]\n";
        let answer = preview_of(d, &Place::from(&company.store), text).await;
        assert_eq!(told(&answer), [
            "6:3 Store name: Fill in this field.",
            "7:24 Store URL: Enter a web address that begins with https:// or http://.",
        ]);
    }

    async fn a_required_value_that_is_not_in_the_file_is_told_at_its_table(t: TestDomain) {
        let d = &t.domain;
        let company = company(d, "Casa Ana").await;
        let text = "format = 1\n\n [store.store-details]\ncity = \"Lyon\"\nstore_url = \"https://x.example\"\n";
        let answer = preview_of(d, &Place::from(&company.store), text).await;
        assert_eq!(told(&answer), ["3:9 Contact email: Fill in this field."]);
    }

    async fn what_is_no_toml_is_told_beside_the_rest(t: TestDomain) {
        let d = &t.domain;
        let company = company(d, "Casa Ana").await;
        let text = "format = 1\n[store.store-details]\ncity = \"Lyon\ncountry = 4\nname = \"A\"\nname = \"B\"\nunheard = 1\n";
        assert_eq!(told(&preview_of(d, &Place::from(&company.store), text).await), [
            "2:8 Contact email: Fill in this field.",
            "2:8 Store URL: Fill in this field.",
            "3:13 This is not TOML: invalid basic string, expected `\"`.",
            "4:11 Country: write a text in quotes.",
            "6:1 This is not TOML: duplicate key.",
            "7:1 The section store-details has no field “unheard”.",
        ]);
        for text in ["", "format", "format = ", "[", "[[store]]\n", "\u{feff}format = 1\n[store", "format = 1\nstore = [1]", "a = {", "format = 1\n[store.specimen]\nsecret = { env = \"\" }\n"] {
            let answer = apply_to(d, &Place::from(&company.store), text).await;
            assert!(matches!(&answer, Answer::Wrong(faults) if !faults.is_empty()), "{text:?}: {answer:?}");
        }
    }

    async fn one_wrong_value_anywhere_keeps_everything_as_it_is(t: TestDomain) {
        let d = &t.domain;
        let company = company(d, "Casa Ana").await;
        let second = another_store(d, &company, "Zweite").await;
        fill(d, &company, &company.store, 0).await;
        let text = |zone: &str| format!(
            "format = 1\n[organization.information]\ncity = \"Lyon\"\n[stores.{}.store-details]\ncity = \"Lyon\"\n[stores.{second}.localization]\ntime_zone = \"{zone}\"\n",
            company.store,
        );
        let place = Place::from(&company.organization);
        let before = t.dump(&[]).await;
        let answer = apply_to(d, &place, &text("Mars/Base")).await;
        assert_eq!(told(&answer), ["7:13 Time zone: Choose one of the entries in the list."]);
        assert_eq!(t.dump(&[]).await, before);
        let answer = apply_to(d, &place, &text("Asia/Tokyo")).await;
        assert_eq!(changes(&answer).len(), 3);
        assert_eq!(count(d, "SELECT COUNT(*) AS n FROM setting_change WHERE how = 'apply'").await, 3);
    }

    async fn a_store_of_somebody_else_is_unknown(t: TestDomain) {
        let d = &t.domain;
        let (ours, theirs) = (company(d, "Ours").await, company(d, "Theirs").await);
        let text = format!("format = 1\n[stores.{}.store-details]\ncity = \"Lyon\"\n[stores.x]\n", theirs.store);
        let answer = apply_to(d, &Place::from(&ours.organization), &text).await;
        let (first, second) = (format!("2:9 This organization has no open store “{}”.", theirs.store), "4:9 This organization has no open store “x”.");
        assert_eq!(told(&answer), [first.as_str(), second]);
        let none = export(d, &Who::Operator, &Place::Store(StoreId::from_u128(1)), T).await;
        assert!(matches!(none, Err(Error::NotFound)));
    }
}
