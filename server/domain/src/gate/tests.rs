use super::*;
use crate::address_rules;
use model::AddressRuleId;

const NOW: i64 = 1_000_000;

fn listed(number: u128, network: &str, expires_at: Option<i64>) -> Listed {
    Listed {
        id: AddressRuleId::from_u128(number),
        network: address_rules::parse(network).unwrap(),
        label: String::new(),
        expires_at,
    }
}

fn facts<'a>() -> Facts<'a> {
    Facts {
        now: NOW,
        standing: Standing::Active,
        owner: false,
        address: address_rules::address("192.0.2.7"),
        exempt: false,
        session: Session {
            single_sign_on: false,
            other_door: false,
            second_factor: false,
            proved_at: NOW - 500,
            pause: 100,
        },
        demands: Demands::default(),
    }
}

fn denied(facts: &Facts<'_>) -> Barrier {
    match decide(facts) {
        Decision::Denied(barrier) => barrier,
        allowed => panic!("{allowed:?}"),
    }
}

#[test]
fn without_demands_every_member_and_nobody_else_is_let_in() {
    assert_eq!(decide(&facts()), Decision::Allowed(Reason::Unlimited));
    for (standing, barrier) in [
        (Standing::Stranger, Barrier::Stranger),
        (Standing::Suspended, Barrier::Suspended),
        (Standing::Ended, Barrier::Ended),
    ] {
        // Neither being Owner nor being exempt helps.
        let facts = Facts { standing, owner: true, exempt: true, ..facts() };
        assert_eq!(denied(&facts), barrier);
    }
}

#[test]
fn only_listed_addresses_are_let_in_and_exempt_people() {
    let list = [listed(1, "198.51.100.0/24", None), listed(2, "192.0.2.0/24", Some(NOW + 1))];
    let demands = Demands { addresses: Some(&list), ..Demands::default() };
    let here = Facts { demands, ..facts() };
    assert_eq!(decide(&here), Decision::Allowed(Reason::Listed(AddressRuleId::from_u128(2))));
    // At the end of its time a line is no longer there.
    assert_eq!(denied(&Facts { now: NOW + 1, ..here.clone() }), Barrier::Address);
    let elsewhere = Facts { address: address_rules::address("203.0.113.1"), ..here.clone() };
    assert_eq!(denied(&elsewhere), Barrier::Address);
    assert_eq!(denied(&Facts { owner: true, ..elsewhere.clone() }), Barrier::Address);
    assert_eq!(decide(&Facts { exempt: true, ..elsewhere }), Decision::Allowed(Reason::Exempt));
    // An unknown address is on no list, and an empty list lets nobody in.
    assert_eq!(denied(&Facts { address: None, ..here.clone() }), Barrier::Address);
    let demands = Demands { addresses: Some(&[]), ..Demands::default() };
    assert_eq!(denied(&Facts { demands, ..here }), Barrier::Address);
}

#[test]
fn enforced_single_sign_on_is_the_way_in_for_all_but_the_owner() {
    let demands = Demands { single_sign_on: true, ..Demands::default() };
    let password = Facts { demands, ..facts() };
    assert_eq!(denied(&password), Barrier::SingleSignOn);
    assert!(decide(&Facts { owner: true, ..password.clone() }).allowed());
    let session = Session { single_sign_on: true, ..password.session };
    assert!(decide(&Facts { session, ..password }).allowed());
}

#[test]
fn what_another_organization_has_opened_does_not_enter() {
    let session = Session { other_door: true, second_factor: true, ..facts().session };
    assert_eq!(denied(&Facts { session, owner: true, ..facts() }), Barrier::OtherDoor);
}

#[test]
fn a_second_factor_is_demanded_from_its_day_on() {
    let demands = Demands { two_factor_from: Some(NOW), ..Demands::default() };
    let without = Facts { demands, ..facts() };
    assert_eq!(denied(&without), Barrier::TwoFactor);
    assert_eq!(denied(&Facts { owner: true, ..without.clone() }), Barrier::TwoFactor);
    assert!(decide(&Facts { now: NOW - 1, ..without.clone() }).allowed());
    let session = Session { second_factor: true, ..without.session };
    assert!(decide(&Facts { session, ..without.clone() }).allowed());
    let session = Session { single_sign_on: true, ..without.session };
    assert!(decide(&Facts { session, ..without }).allowed());
}

#[test]
fn sessions_older_or_idler_than_allowed_are_stopped() {
    let demands = Demands { absolute: Some(500), ..Demands::default() };
    let facts = Facts { demands, ..facts() };
    assert!(decide(&facts).allowed());
    assert_eq!(denied(&Facts { now: NOW + 1, ..facts.clone() }), Barrier::Age);
    let demands = Demands { idle: Some(100), ..Demands::default() };
    let facts = Facts { demands, ..facts };
    assert!(decide(&facts).allowed());
    let session = Session { pause: 101, ..facts.session };
    assert_eq!(denied(&Facts { session, ..facts }), Barrier::Idle);
}

#[test]
fn what_a_person_cannot_change_is_told_first() {
    let demands = Demands {
        two_factor_from: Some(0),
        idle: Some(0),
        absolute: Some(0),
        single_sign_on: true,
        addresses: Some(&[]),
    };
    let mut facts = Facts { demands, ..facts() };
    assert_eq!(denied(&facts), Barrier::Address);
    facts.exempt = true;
    assert_eq!(denied(&facts), Barrier::SingleSignOn);
    facts.owner = true;
    assert_eq!(denied(&facts), Barrier::TwoFactor);
    facts.session.second_factor = true;
    assert_eq!(denied(&facts), Barrier::Age);
    facts.session.proved_at = NOW;
    assert_eq!(denied(&facts), Barrier::Idle);
    facts.session.pause = 0;
    assert_eq!(decide(&facts), Decision::Allowed(Reason::Exempt));
}
