mod invite;
mod list;
mod races;
mod roles;
mod walls;

use crate::{
    Domain,
    access::{ManageMembers, StoreAccess},
    testing::{self, Company},
};

/// The owner's access to the company's store.
async fn access(domain: &Domain, shop: &Company) -> StoreAccess<ManageMembers> {
    testing::access(domain, &shop.owner, &shop.store).await
}
