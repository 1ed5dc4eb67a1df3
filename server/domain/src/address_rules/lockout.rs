//! Rules that nobody could take back are refused.
use super::{network, store};
use crate::{
    Result,
    access::{ManageSecurity, OrganizationAccess},
    db::Conn,
};
use ipnet::IpNet;
use model::Refusal;
use std::net::IpAddr;

/// Checks, after a change and before it is kept, that the list lets in who makes it, now; and that
/// when all lines with an end have expired, it still lets in somebody who could change it: one
/// who is exempt, or who works from a listed address.
///
/// # Errors
/// [`Refusal::LocksYouOut`]; [`Refusal::LocksEverybodyOut`].
pub(super) async fn check(
    conn: &mut Conn<'_>,
    access: &OrganizationAccess<ManageSecurity>,
    now: i64,
) -> Result<()> {
    let organization = access.organization();
    let rules = store::rules(conn, organization).await?;
    let networks = |wanted: &dyn Fn(&store::RuleRow) -> bool| -> Vec<IpNet> {
        let rules = rules.iter().filter(|rule| wanted(rule));
        rules.filter_map(|rule| network::parse(&rule.network).ok()).collect()
    };
    let live = networks(&|rule| rule.expires_at.is_none_or(|end| end > now));
    let lasting = networks(&|rule| rule.expires_at.is_none());
    let keepers = store::keepers(conn, organization, now).await?;

    let (me, here) = (access.person().as_str(), address(&access.signed_in().origin.address));
    let exempt = keepers.iter().any(|keeper| keeper.person_id == me && keeper.exempt);
    if !exempt && !admitted(&live, here) {
        return Err(Refusal::LocksYouOut.into());
    }
    let returns = |keeper: &store::KeeperRow| {
        let own = (keeper.person_id == me).then_some(here).flatten();
        let seen = keeper.address.as_deref().and_then(network::address);
        keeper.exempt || admitted(&lasting, own) || admitted(&lasting, seen)
    };
    if keepers.iter().any(returns) { Ok(()) } else { Err(Refusal::LocksEverybodyOut.into()) }
}

fn address(text: &str) -> Option<IpAddr> {
    network::address(text)
}

fn admitted(networks: &[IpNet], address: Option<IpAddr>) -> bool {
    address.is_some_and(|address| networks.iter().any(|network| network.contains(&address)))
}
