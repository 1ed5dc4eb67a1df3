//! Server functions of the home pages.
use crate::error::AppError;
use leptos::prelude::*;
use model::{StoreId, view::StoreHome};

/// A store's home page.
#[server(endpoint = "store/home", input = leptos::server_fn::codec::GetUrl)]
pub async fn load_home(store: StoreId) -> Result<StoreHome, AppError> {
    let result = async {
        let (domain, person) = crate::answer::actor()?;
        let access =
            domain::access::store::<domain::access::ViewStore>(&domain, &person, &store).await?;
        domain::store_home::home(&domain, &access).await
    };
    crate::answer::load(result.await)
}

/// Where the person is sent from the root: the own store if there is just one.
#[server(endpoint = "store/landing", input = leptos::server_fn::codec::GetUrl)]
pub async fn landing() -> Result<String, AppError> {
    use crate::path::Path;
    let result = async {
        let (domain, person) = crate::answer::actor()?;
        let viewer = domain::session::viewer(&domain, &person).await?;
        let mut stores = viewer.organizations.into_iter().flat_map(|o| o.stores);
        Ok(match (stores.next(), stores.next()) {
            (Some(only), None) => Path::Store(only.id),
            _ => Path::Stores,
        })
    };
    crate::answer::load(result.await).map(|path| path.to_string())
}
