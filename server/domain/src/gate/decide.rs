//! The decision itself, of facts alone.
use ipnet::IpNet;
use model::AddressRuleId;
use std::net::IpAddr;

/// What is known of somebody who wants to enter an organization.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    /// The time.
    pub now: i64,
    /// Their place in the organization.
    pub standing: Standing,
    /// Whether they are its Owner.
    pub owner: bool,
    /// Where the request comes from; `None` where that cannot be told.
    pub address: Option<IpAddr>,
    /// Whether the list of addresses does not concern them.
    pub exempt: bool,
    /// How they signed in.
    pub session: Session,
    /// What the organization demands.
    pub demands: Demands<'a>,
}

/// A person's place in an organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// None.
    Stranger,
    /// A member who is suspended.
    Suspended,
    /// A member whose time is over.
    Ended,
    /// A member.
    Active,
}

/// What counts of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Session {
    /// It was opened by this organization's single sign-on.
    pub single_sign_on: bool,
    /// It was opened by another organization, on whose word alone this one does not rely.
    pub other_door: bool,
    /// The person has a second factor set up.
    pub second_factor: bool,
    /// When the person last proved who they are.
    pub proved_at: i64,
    /// The longest pause since then, in milliseconds.
    pub pause: i64,
}

impl Session {
    /// A session that was opened just now, in the best of ways.
    pub const fn fresh(now: i64) -> Session {
        Session {
            single_sign_on: true,
            other_door: false,
            second_factor: true,
            proved_at: now,
            pause: 0,
        }
    }
}

/// What an organization demands; by default nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Demands<'a> {
    /// From when on a second factor is needed.
    pub two_factor_from: Option<i64>,
    /// The longest pause, in milliseconds.
    pub idle: Option<i64>,
    /// The longest time since the person proved who they are, in milliseconds.
    pub absolute: Option<i64>,
    /// Members must come by single sign-on.
    pub single_sign_on: bool,
    /// The only addresses from which it may be entered, if they are limited.
    pub addresses: Option<&'a [Listed]>,
}

/// A line of the list of addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its identifier.
    pub id: AddressRuleId,
    /// Which addresses.
    pub network: IpNet,
    /// What it is called.
    pub label: String,
    /// Until when.
    pub expires_at: Option<i64>,
}

impl Listed {
    /// Whether it lets this address in at this time.
    pub fn admits(&self, address: IpAddr, now: i64) -> bool {
        self.expires_at.is_none_or(|end| end > now) && self.network.contains(&address)
    }
}

/// What was decided, and by which rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// In, because of this.
    Allowed(Reason),
    /// Not in, because of this.
    Denied(Barrier),
}

/// Why somebody is let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Addresses are not limited.
    Unlimited,
    /// The list of addresses does not concern them.
    Exempt,
    /// This line of the list.
    Listed(AddressRuleId),
}

/// Why somebody is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Barrier {
    /// Not a member.
    Stranger,
    /// Suspended.
    Suspended,
    /// The membership has ended.
    Ended,
    /// The address is not on the list.
    Address,
    /// The session was opened by another organization.
    OtherDoor,
    /// It was not entered by single sign-on.
    SingleSignOn,
    /// No second factor is set up.
    TwoFactor,
    /// It is too long ago that the person proved who they are.
    Age,
    /// The pause was too long.
    Idle,
}

impl Decision {
    /// Whether somebody is let in.
    pub const fn allowed(&self) -> bool {
        matches!(self, Decision::Allowed(_))
    }
}

/// Decides. What somebody cannot change comes first (who they are, where they are), then what they
/// can: how they signed in.
pub fn decide(facts: &Facts<'_>) -> Decision {
    match barrier(facts) {
        Ok(reason) => Decision::Allowed(reason),
        Err(barrier) => Decision::Denied(barrier),
    }
}

fn barrier(facts: &Facts<'_>) -> Result<Reason, Barrier> {
    match facts.standing {
        Standing::Stranger => return Err(Barrier::Stranger),
        Standing::Suspended => return Err(Barrier::Suspended),
        Standing::Ended => return Err(Barrier::Ended),
        Standing::Active => {}
    }
    let reason = address(facts).ok_or(Barrier::Address)?;
    let (session, demands) = (&facts.session, &facts.demands);
    if session.other_door {
        return Err(Barrier::OtherDoor);
    }
    // The Owner breaks the glass when the provider fails.
    if demands.single_sign_on && !session.single_sign_on && !facts.owner {
        return Err(Barrier::SingleSignOn);
    }
    // Who comes by single sign-on has shown the provider what the provider asks for.
    let two_factor = demands.two_factor_from.is_some_and(|from| from <= facts.now);
    if two_factor && !session.second_factor && !session.single_sign_on {
        return Err(Barrier::TwoFactor);
    }
    let age = facts.now - session.proved_at;
    if demands.absolute.is_some_and(|limit| age > limit) {
        return Err(Barrier::Age);
    }
    if demands.idle.is_some_and(|limit| session.pause > limit) {
        return Err(Barrier::Idle);
    }
    Ok(reason)
}

/// Why the address is let in.
fn address(facts: &Facts<'_>) -> Option<Reason> {
    let Some(list) = facts.demands.addresses else { return Some(Reason::Unlimited) };
    if facts.exempt {
        return Some(Reason::Exempt);
    }
    let address = facts.address?;
    let line = list.iter().find(|line| line.admits(address, facts.now))?;
    Some(Reason::Listed(line.id.clone()))
}
