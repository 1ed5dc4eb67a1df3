use super::*;
use crate::db::Conn;
use zeroize::Zeroizing;

const FILE: &str = "format = 1\n[store.specimen]\ntext = \"x\"\nsecret = { env = \"KEY\" }\n";

/// `KEY` holds `open-sesame`; other things are not there or cannot be read.
fn key(reference: &Reference) -> Found {
    match reference {
        Reference::Variable(name) if name == "KEY" => {
            Found::Secret(Zeroizing::new("open-sesame".to_owned()))
        }
        Reference::Variable(name) if name == "LONG" => {
            Found::Secret(Zeroizing::new("x".repeat(101)))
        }
        Reference::Variable(_) => Found::Nothing,
        Reference::File(_) => Found::Unreadable("permission denied".to_owned()),
    }
}

async fn with_key(domain: &Domain, place: &Place, text: &str) -> Answer {
    apply(domain, &Who::Operator, place, text, &key, None, T).await.unwrap()
}

async fn opened(domain: &Domain, place: &Place) -> Option<String> {
    let (section, scope) = (Specimen::SECTION, place.id());
    let field = section.field("secret").unwrap();
    let read = async |conn: &mut Conn<'_>| {
        let stored = crate::settings::stored(conn, scope, section).await.unwrap();
        let id = stored.document["secret"].text().to_owned();
        Ok(crate::settings::secret(domain, conn, scope, section, field, &id).await.unwrap())
    };
    domain.db.read(read).await.unwrap().map(|secret| secret.to_string())
}

both_engines! {
    async fn a_secret_is_taken_from_where_the_file_says(t: TestDomain) {
        let d = &t.domain;
        let company = company(d, "Casa Ana").await;
        specimen::install();
        let place = Place::from(&company.store);
        let empty = export_of(d, &place).await;
        assert!(empty.contains("\nsecret = \"\"\n"), "{empty}");
        let answer = with_key(d, &place, FILE).await;
        assert_eq!(changes(&answer), ["specimen.text: (empty) -> x", "specimen.secret: (empty) -> ••••••"]);
        assert_eq!(opened(d, &place).await.as_deref(), Some("open-sesame"));
        // The same again is nothing new.
        let before = t.dump(&[]).await;
        assert_eq!(changes(&with_key(d, &place, FILE).await), [""; 0]);
        assert_eq!(t.dump(&[]).await, before);
        let stored = format!("{before:?}{:?}{}", answer, export_of(d, &place).await);
        assert!(!stored.contains("open-sesame"), "{stored}");
        // An empty text takes it away, as an export writes it.
        let away = with_key(d, &place, &FILE.replace("{ env = \"KEY\" }", "\"\"")).await;
        assert_eq!(changes(&away), ["specimen.secret: •••••• -> (empty)"]);
        assert_eq!(opened(d, &place).await, None);
        assert_eq!(export_of(d, &place).await, empty.replace("[store.specimen]\n# Store name\ntext = \"\"\n", "[store.specimen]\n# Store name\ntext = \"x\"\n"));
    }

    async fn one_that_is_not_there_keeps_what_is_stored_or_is_a_fault(t: TestDomain) {
        let d = &t.domain;
        let company = company(d, "Casa Ana").await;
        specimen::install();
        let place = Place::from(&company.store);
        let other = FILE.replace("KEY", "OTHER");
        let wrong = apply_to(d, &place, &other).await;
        assert_eq!(told(&wrong), ["4:10 Legal name: the environment variable OTHER is not set, and no secret is stored that could be kept."]);
        with_key(d, &place, FILE).await;
        let Answer::Fine(kept) = with_key(d, &place, &other).await else { panic!("kept") };
        assert_eq!(kept.changes, []);
        assert_eq!(kept.notes, ["Legal name: the environment variable OTHER is not set. The stored secret stays."]);
        let file = FILE.replace("env = \"KEY\"", "file = \"/run/key\"");
        assert_eq!(told(&with_key(d, &place, &file).await), ["4:10 Legal name: the file /run/key cannot be read: permission denied."]);
        let long = FILE.replace("KEY", "LONG");
        assert_eq!(told(&with_key(d, &place, &long).await), ["4:10 Legal name: Use at most 100 characters."]);
        assert_eq!(opened(d, &place).await.as_deref(), Some("open-sesame"));
    }

    async fn a_preview_seals_nothing_and_who_is_on_the_web_gets_no_reference_followed(t: TestDomain) {
        let d = &t.domain;
        let company = company(d, "Casa Ana").await;
        specimen::install();
        let (place, who) = (Place::from(&company.store), person(&company.owner));
        let before = t.dump(&[]).await;
        let answer = preview(d, &who, &place, FILE, &key, T).await.unwrap();
        assert_eq!(changes(&answer), ["specimen.text: (empty) -> x", "specimen.secret: (empty) -> ••••••"]);
        let never = |_: &Reference| Found::NotFollowed;
        let answer = apply(d, &who, &place, FILE, &never, None, T).await.unwrap();
        assert_eq!(told(&answer), ["4:10 Legal name: only the command line follows references. Enter the secret on the page of Store details first."]);
        assert_eq!(t.dump(&[]).await, before);
        with_key(d, &place, FILE).await;
        let Answer::Fine(kept) = apply(d, &who, &place, FILE, &never, None, T).await.unwrap() else { panic!("kept") };
        assert_eq!(kept.notes, ["Legal name: the stored secret stays. Only the command line follows references."]);
        let secret = FILE.replace("{ env = \"KEY\" }", "\"swordfish\"");
        let answer = format!("{:?}", apply(d, &who, &place, &secret, &never, None, T).await.unwrap());
        assert!(answer.contains("must not stand") && !answer.contains("swordfish"), "{answer}");
    }
}
