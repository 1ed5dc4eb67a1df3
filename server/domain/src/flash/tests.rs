use super::*;
use crate::{both_engines, crypto::random_token};

both_engines! {
    async fn it_is_found_by_its_token_for_ten_minutes(t: TestDomain) {
        let d = &t.domain;
        let token = put(d, r#"{"errors":["é"]}"#).await.unwrap();
        let other = put(d, "other").await.unwrap();
        for _ in 0..2 {
            let found = get(d, token.expose()).await.unwrap();
            assert_eq!(found.as_deref(), Some(r#"{"errors":["é"]}"#));
        }
        assert_eq!(get(d, other.expose()).await.unwrap().as_deref(), Some("other"));
        assert_eq!(get(d, random_token(d).expose()).await.unwrap(), None);
        assert_eq!(get(d, "").await.unwrap(), None);
        t.advance(VALID - 1);
        assert!(get(d, token.expose()).await.unwrap().is_some());
        t.advance(1);
        assert_eq!(get(d, token.expose()).await.unwrap(), None);
    }
}
