//! What nobody may read again: it is put back without being shown.
use super::*;
use crate::settings::secret;
use model::{
    access::Permission,
    settings::{Field, Group, Kind, Scope, section},
    text::Key,
};

section! {
    /// How a store reaches a service.
    pub struct Service {
        key: "service", group: Group::General, icon: "store",
        scope: Scope::Store { view: Permission::ViewSettings, edit: Permission::EditSettings },
        title: Key::StoreDetailsTitle, intro: Key::StoreDetailsIntro, help: Key::StoreDetailsIntro,
    }
    Key::StoreDetailsIdentity => {
        /// Its key.
        api_key: String = Field::new("api_key", Kind::Secret, Key::StoreDetailsName);
    }
}

async fn saved(s: &Scene, edit: &SectionEdit, version: i64, text: &str) {
    let input = Input::from([("api_key".to_owned(), text.to_owned())]);
    assert_eq!(save(&s.domain, edit, version, &input, &[]).await.unwrap(), version + 1);
}

/// The secret that is stored.
async fn opened(s: &Scene) -> String {
    let (domain, scope) = (&s.domain, s.company.store.as_str());
    let field = Service::SECTION.field("api_key").unwrap();
    let read = async |conn: &mut Conn<'_>| {
        let read = async {
            let stored = stored(conn, scope, Service::SECTION).await?;
            let id = Service::read(&stored.document).api_key;
            secret(domain, conn, scope, Service::SECTION, field, &id).await
        };
        Ok(read.await)
    };
    domain.db.read(read).await.unwrap().unwrap().unwrap().to_string()
}

both_engines! {
    async fn a_secret_comes_back_sealed_and_is_never_shown(t: TestDomain) {
        let s = Scene::new(&t.domain).await;
        let (owner, store) = (&s.company.owner, &s.company.store);
        let edit = section_edit(&t.domain, owner, store, Service::SECTION).await.unwrap();
        let view = section_view(&t.domain, owner, store, Service::SECTION).await.unwrap();
        saved(&s, &edit, 0, "first-key").await;
        saved(&s, &edit, 1, "second-key").await;
        assert_eq!(opened(&s).await, "second-key");

        let preview = preview(&t.domain, &edit, &s.reader, What::Undo(2)).await.unwrap();
        let compared = compare(&t.domain, &view, &s.reader, (1, 2)).await.unwrap();
        for text in [format!("{preview:?}"), format!("{compared:?}")] {
            assert!(!text.contains("-key") && !text.contains("sec_"), "{text}");
        }
        let changes = compared.changes.unwrap();
        assert_ne!(changes[0].old, changes[0].new, "that it was changed is told");
        put_back(&t.domain, &edit, What::Undo(2), 2, &[]).await.unwrap();
        assert_eq!(opened(&s).await, "first-key");
        put_back(&t.domain, &edit, What::Return(2), 3, &[]).await.unwrap();
        assert_eq!(opened(&s).await, "second-key");

        execute(&t.domain, "DELETE FROM setting_secret").await;
        let preview = super::preview(&t.domain, &edit, &s.reader, What::Undo(2)).await.unwrap();
        assert_eq!((preview.leave, preview.possible), (vec!["api_key".to_owned()], false));
    }
}
