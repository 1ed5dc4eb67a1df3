use super::*;
use crate::{both_engines, crypto::Keys};
use std::sync::Arc;

both_engines! {
    async fn the_first_key_stays_the_only_one(t: TestDomain) {
        check(&t.domain).await.unwrap();
        check(&t.domain).await.unwrap();
        let mut other = t.domain.clone();
        other.keys = Arc::new(Keys::from_bytes([9; 32]));
        let error = check(&other).await.unwrap_err().to_string();
        assert!(error.contains("key file"), "{error}");
        check(&t.another_process().await).await.unwrap();
    }
}
