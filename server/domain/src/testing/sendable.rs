//! A web server runs use cases on several threads: their futures must be able to cross. That
//! this compiles is the proof.
use crate::{
    Domain, Result,
    access::{self, ManageMembers, SignedIn, StoreAccess, ViewStore},
    account,
    context::Origin,
    demo, housekeeping, invitation, members, passkey, password_reset, registration, session,
    store_home, two_factor,
};
use model::{
    StoreId,
    settings::Section,
    text::{Lang, Texts},
    view::MembersQuery,
};

fn crosses<T>(_: impl Future<Output = Result<T>> + Send) {}

#[expect(dead_code, reason = "it is compiled and never run")]
fn people(domain: &Domain, origin: &Origin, signed_in: &SignedIn) {
    crosses(session::sign_in(domain, origin, "", ""));
    crosses(session::sign_out(domain, signed_in));
    crosses(session::find(domain, "", origin.clone()));
    crosses(session::set_language(domain, signed_in, Lang::En));
    crosses(session::viewer(domain, signed_in));
    crosses(registration::sign_up(domain, origin, registration::SignUp::default()));
    crosses(registration::pending(domain, ""));
    crosses(registration::confirm(domain, origin, "", ""));
    crosses(invitation::view(domain, "", Some(signed_in), Texts::of(Lang::En)));
    let form = invitation::Acceptance::default();
    crosses(invitation::accept(domain, origin, Some(signed_in), "", form));
    crosses(demo::fill(domain));
    crosses(housekeeping::run_once(domain));
}

#[expect(dead_code, reason = "it is compiled and never run")]
fn accounts(domain: &Domain, origin: &Origin, signed_in: &SignedIn) {
    crosses(session::step::pending(domain, ""));
    crosses(session::step::verify(domain, origin, "", ""));
    crosses(session::step::verify_passkey(domain, origin, "", "", ""));
    crosses(session::devices(domain, signed_in));
    crosses(session::end_device(domain, signed_in, &signed_in.session));
    crosses(session::end_others(domain, signed_in));
    crosses(password_reset::ask(domain, origin, ""));
    crosses(password_reset::set(domain, origin, "", ""));
    crosses(account::save_profile(domain, signed_in, account::ProfileForm::default()));
    crosses(account::change_password(domain, signed_in, "", ""));
    crosses(account::ask_email(domain, signed_in, "", ""));
    crosses(account::confirm_email(domain, origin, ""));
    crosses(account::ways(domain, signed_in));
    crosses(account::confirm(domain, signed_in, account::Proof::Code(String::new())));
    crosses(two_factor::status(domain, signed_in));
    crosses(two_factor::begin(domain, signed_in));
    crosses(two_factor::confirm(domain, signed_in, ""));
    crosses(two_factor::turn_off(domain, signed_in));
    crosses(two_factor::new_codes(domain, signed_in));
    crosses(two_factor::shown(domain, signed_in, ""));
    crosses(passkey::offer_new(domain, signed_in));
    crosses(passkey::add(domain, signed_in, "", "", ""));
    crosses(passkey::sign_in(domain, origin, "", ""));
}

#[expect(dead_code, reason = "it is compiled and never run")]
fn stores(
    domain: &Domain,
    signed_in: &SignedIn,
    store: &StoreId,
    section: &'static Section,
    members: &StoreAccess<ManageMembers>,
    home: &StoreAccess<ViewStore>,
    query: &MembersQuery,
) {
    crosses(access::store::<ManageMembers>(domain, signed_in, store));
    crosses(access::section_view(domain, signed_in, store, section));
    crosses(access::section_edit(domain, signed_in, store, section));
    crosses(members::list(domain, members, query));
    crosses(members::removal(domain, members, ""));
    crosses(members::invite(domain, members, "", ""));
    crosses(members::change_role(domain, members, "", ""));
    crosses(members::remove(domain, members, ""));
    crosses(store_home::home(domain, home));
    crosses(store_home::administrators(domain, signed_in, store));
}
