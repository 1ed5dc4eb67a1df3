//! Any sequence of saves, undos and returns, against a model that keeps every document.
use super::*;

const CITIES: [&str; 4] = ["", "Lugo", "Vigo", "<b>\"Łódź\"</b>"];
const COUNTRIES: [&str; 3] = ["", "PL", "ES"];
const ROUNDS: usize = 120;

/// What the history is expected to hold: the document of every version, the first being 1.
struct Model(Vec<Document>);

impl Model {
    fn now(&self) -> &Document {
        self.0.last().unwrap()
    }

    fn at(&self, version: i64) -> &Document {
        &self.0[usize::try_from(version).unwrap() - 1]
    }

    /// The document after an undo of `version`.
    fn undone(&self, version: i64) -> Document {
        let (before, after) = (self.at(version - 1), self.at(version));
        let mut document = self.now().clone();
        for (field, value) in before.iter().filter(|(field, value)| after[*field] != **value) {
            document.insert(field.clone(), value.clone());
        }
        document
    }
}

both_engines! {
    async fn any_sequence_ends_with_what_it_says(t: TestDomain) {
        let s = Scene::new(&t.domain).await;
        s.save(&[]).await;
        let mut model = Model(vec![s.at(1).await, s.now().await.1]);
        for round in 0..ROUNDS {
            t.advance(1_000);
            let [dice, one, two, three] = t.domain.random_bytes::<4>().map(usize::from);
            let newest = i64::try_from(model.0.len()).unwrap();
            // Back to the first version one cannot: it lacks what is required.
            let version = 2 + i64::try_from(two).unwrap() % (newest - 1);
            let expected = match dice % 3 {
                1 if version > 2 => {
                    let expected = model.undone(version);
                    s.put_back(What::Undo(version)).await.unwrap();
                    expected
                }
                2 => {
                    s.put_back(What::Return(version)).await.unwrap();
                    model.at(version).clone()
                }
                _ => {
                    let (city, region) = (CITIES[one % 4], CITIES[two % 4]);
                    s.save(&[("city", city), ("region", region), ("country", COUNTRIES[three % 3])]).await;
                    let mut expected = model.now().clone();
                    for (field, value) in [("city", city), ("region", region), ("country", COUNTRIES[three % 3])] {
                        expected.insert(field.to_owned(), Value::from(value));
                    }
                    expected
                }
            };
            if expected != *model.now() {
                model.0.push(expected);
            }
            let (version, document) = s.now().await;
            assert_eq!((version, &document), (i64::try_from(model.0.len()).unwrap(), model.now()), "round {round}");
        }
        for (version, document) in (1..).zip(&model.0) {
            assert_eq!(s.at(version).await, *document, "version {version}");
        }
        let saves = i64::try_from(model.0.len()).unwrap() - 1;
        assert_eq!(audited(&t.domain, "settings.save").await, saves, "one entry a change");
        assert_eq!(count(&t.domain, "SELECT COUNT(*) AS n FROM setting_change").await, saves);
    }
}
