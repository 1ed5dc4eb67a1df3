//! A web server runs use cases on several threads: their futures must be able to cross. That
//! this compiles is the proof.
use crate::{
    Domain, Result,
    access::{self, ManageMembers, SignedIn, StoreAccess, ViewStore},
    context::Origin,
    demo, housekeeping, invitation, members, registration, session, store_home,
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
    crosses(registration::confirm(domain, origin, ""));
    crosses(invitation::view(domain, "", Some(signed_in), Texts::of(Lang::En)));
    let form = invitation::Acceptance::default();
    crosses(invitation::accept(domain, origin, Some(signed_in), "", form));
    crosses(demo::fill(domain));
    crosses(housekeeping::run_once(domain));
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
