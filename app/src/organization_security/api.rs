//! Server functions of an organization's security and of the ways in that belong to it.
use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::{
    answer::{actor, answer, context, session_cookie, set_cookie},
    path::{Path, encode, local},
    session::api::fields,
};
#[cfg(feature = "ssr")]
use domain::{
    Domain, Error, address_rules, security, session, shop_sign_in,
    single_sign_on::{self, Failure},
};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use leptos::server_fn::ServerFn;
use model::{AddressRuleId, OrganizationId, Outcome, PersonId, StoreId};
#[cfg(feature = "ssr")]
use model::{Input, Notice, Refusal};

#[cfg(feature = "ssr")]
type Access = domain::access::OrganizationAccess<domain::access::ManageSecurity>;

#[cfg(feature = "ssr")]
async fn manage(organization: &OrganizationId) -> domain::Result<(Domain, Access)> {
    let (domain, person) = actor()?;
    let access = domain::access::organization(&domain, &person, organization).await?;
    Ok((domain, access))
}

/// A page of this room; `rest` follows the organization's security.
#[cfg(feature = "ssr")]
fn page(organization: &OrganizationId, rest: impl Into<String>) -> Path {
    Path::Security(organization.clone(), rest.into())
}

#[cfg(feature = "ssr")]
fn saved(page: &Path) -> Outcome {
    Outcome::done(Notice::Saved, page.to_string())
}

#[cfg(feature = "ssr")]
fn leads(location: String) -> Outcome {
    Outcome::Done { notice: None, location, reload: false }
}

/// Demands two-factor sign-in from a day on, or no longer.
#[server(endpoint = "security/two-factor")]
pub async fn set_two_factor(
    organization: OrganizationId,
    #[server(default)] on: String,
    #[server(default)] from: String,
) -> Result<Outcome, AppError> {
    let form = page(&organization, if on.is_empty() { "" } else { "two-factor" });
    let result = async {
        let (domain, access) = manage(&organization).await?;
        security::demand_two_factor(&domain, &access, !on.is_empty(), &from).await?;
        Ok(saved(&page(&organization, "")))
    };
    answer(SetTwoFactor::PATH, &form, fields(&[("from", &from)]), result.await).await
}

/// Limits sessions.
#[server(endpoint = "security/sessions")]
pub async fn set_session_limits(
    organization: OrganizationId,
    #[server(default)] idle: String,
    #[server(default)] absolute: String,
) -> Result<Outcome, AppError> {
    let page = page(&organization, "");
    let input = fields(&[("idle", &idle), ("absolute", &absolute)]);
    let result = async {
        let (domain, access) = manage(&organization).await?;
        security::set_session_limits(&domain, &access, &idle, &absolute).await?;
        Ok(saved(&page))
    };
    answer(SetSessionLimits::PATH, &page, input, result.await).await
}

/// Limits invitations to domains.
#[server(endpoint = "security/invitation-domains")]
pub async fn set_invitation_domains(
    organization: OrganizationId,
    #[server(default)] domains: String,
) -> Result<Outcome, AppError> {
    let page = page(&organization, "");
    let result = async {
        let (domain, access) = manage(&organization).await?;
        security::set_invitation_domains(&domain, &access, &domains).await?;
        Ok(saved(&page))
    };
    answer(SetInvitationDomains::PATH, &page, fields(&[("domains", &domains)]), result.await).await
}

/// Lets the list of addresses count, or not (G-15).
#[server(endpoint = "security/addresses/only")]
pub async fn set_addresses_only(
    organization: OrganizationId,
    #[server(default)] on: String,
) -> Result<Outcome, AppError> {
    let page = page(&organization, "addresses");
    let result = async {
        let (domain, access) = manage(&organization).await?;
        address_rules::set_only(&domain, &access, !on.is_empty()).await?;
        Ok(saved(&page))
    };
    answer(SetAddressesOnly::PATH, &page, Input::new(), result.await).await
}

/// Puts an address on the list.
#[server(endpoint = "security/addresses/add")]
pub async fn add_address(
    organization: OrganizationId,
    network: String,
    #[server(default)] label: String,
    #[server(default)] until: String,
) -> Result<Outcome, AppError> {
    let form = page(&organization, "addresses/new");
    let input = fields(&[("network", &network), ("label", &label), ("until", &until)]);
    let result = async {
        let (domain, access) = manage(&organization).await?;
        address_rules::add(&domain, &access, &network, &label, &until).await?;
        Ok(saved(&page(&organization, "addresses")))
    };
    answer(AddAddress::PATH, &form, input, result.await).await
}

/// Takes an address off the list.
#[server(endpoint = "security/addresses/remove")]
pub async fn remove_address(
    organization: OrganizationId,
    rule: AddressRuleId,
) -> Result<Outcome, AppError> {
    let form = page(&organization, format!("addresses/{rule}/remove"));
    let result = async {
        let (domain, access) = manage(&organization).await?;
        address_rules::remove(&domain, &access, &rule).await?;
        Ok(saved(&page(&organization, "addresses")))
    };
    answer(RemoveAddress::PATH, &form, Input::new(), result.await).await
}

/// Exempts a member from the list (G-14).
#[server(endpoint = "security/addresses/exempt")]
pub async fn exempt(
    organization: OrganizationId,
    #[server(default)] person: String,
) -> Result<Outcome, AppError> {
    let form = page(&organization, "addresses/exempt");
    let result = async {
        let (domain, access) = manage(&organization).await?;
        let required = model::FieldError::new("person", model::check::Fault::Required);
        let id: PersonId = person.parse().map_err(|_| Error::Invalid(vec![required]))?;
        address_rules::exempt(&domain, &access, &id).await?;
        Ok(saved(&page(&organization, "addresses")))
    };
    answer(Exempt::PATH, &form, Input::new(), result.await).await
}

/// Ends an exemption.
#[server(endpoint = "security/addresses/no-longer-exempt")]
pub async fn no_longer_exempt(
    organization: OrganizationId,
    person: PersonId,
) -> Result<Outcome, AppError> {
    let page = page(&organization, "addresses");
    let result = async {
        let (domain, access) = manage(&organization).await?;
        address_rules::no_longer_exempt(&domain, &access, &person).await?;
        Ok(saved(&page))
    };
    answer(NoLongerExempt::PATH, &page, Input::new(), result.await).await
}

/// Sets single sign-on up, or changes it.
#[server(endpoint = "security/single-sign-on/save")]
pub async fn save_single_sign_on(
    organization: OrganizationId,
    issuer: String,
    client: String,
    #[server(default)] secret: String,
    #[server(default)] domains: String,
    #[server(default)] join: String,
    #[server(default)] stores: Vec<String>,
    #[server(default)] role: String,
) -> Result<Outcome, AppError> {
    let page = page(&organization, "single-sign-on");
    let input = fields(&[("issuer", &issuer), ("client", &client), ("domains", &domains)]);
    let join = !join.is_empty();
    let form = single_sign_on::Form { issuer, client, secret, domains, join, stores, role };
    let result = async {
        let (domain, access) = manage(&organization).await?;
        single_sign_on::save(&domain, &access, &form).await?;
        Ok(saved(&page))
    };
    answer(SaveSingleSignOn::PATH, &page, input, result.await).await
}

/// Demands that members come by single sign-on, or no longer.
#[server(endpoint = "security/single-sign-on/enforce")]
pub async fn enforce_single_sign_on(
    organization: OrganizationId,
    #[server(default)] on: String,
) -> Result<Outcome, AppError> {
    let page = page(&organization, "single-sign-on");
    let result = async {
        let (domain, access) = manage(&organization).await?;
        single_sign_on::enforce(&domain, &access, !on.is_empty()).await?;
        Ok(saved(&page))
    };
    answer(EnforceSingleSignOn::PATH, &page, Input::new(), result.await).await
}

/// Takes the provider away.
#[server(endpoint = "security/single-sign-on/remove")]
pub async fn remove_single_sign_on(organization: OrganizationId) -> Result<Outcome, AppError> {
    let page = page(&organization, "single-sign-on");
    let result = async {
        let (domain, access) = manage(&organization).await?;
        single_sign_on::remove(&domain, &access).await?;
        Ok(saved(&page))
    };
    answer(RemoveSingleSignOn::PATH, &page, Input::new(), result.await).await
}

/// Asks the provider whether it answers.
#[server(endpoint = "security/single-sign-on/test")]
pub async fn test_single_sign_on(organization: OrganizationId) -> Result<Outcome, AppError> {
    let page = page(&organization, "single-sign-on");
    let result = async {
        let (domain, access) = manage(&organization).await?;
        let tested = match single_sign_on::test_connection(&domain, &access).await {
            Ok(()) => "ok",
            Err(Failure::Problem(problem)) => problem.code(),
            Err(Failure::Error(error)) => return Err(error),
        };
        Ok(leads(format!("{page}?tested={tested}")))
    };
    answer(TestSingleSignOn::PATH, &page, Input::new(), result.await).await
}

/// Switches sign-in from shops on or off (O-37, O-39).
#[server(endpoint = "security/shops/set")]
pub async fn set_shop_sign_in(
    organization: OrganizationId,
    #[server(default)] on: String,
) -> Result<Outcome, AppError> {
    let page = page(&organization, "shops");
    let result = async {
        let (domain, access) = manage(&organization).await?;
        shop_sign_in::set(&domain, &access, !on.is_empty()).await?;
        Ok(saved(&page))
    };
    answer(SetShopSignIn::PATH, &page, Input::new(), result.await).await
}

/// Makes the secret with which a store's shop signs; it is shown next, once.
#[server(endpoint = "security/shops/secret")]
pub async fn make_shop_secret(
    organization: OrganizationId,
    store: StoreId,
) -> Result<Outcome, AppError> {
    let page = page(&organization, format!("shops/{store}/secret"));
    let result = async {
        let (domain, access) = manage(&organization).await?;
        let shown = shop_sign_in::make_secret(&domain, &access, &store).await?;
        Ok(leads(format!("{page}?shown={}", encode(&shown))))
    };
    answer(MakeShopSecret::PATH, &page, Input::new(), result.await).await
}

/// A sign-in at a provider that could not be begun, as a form is answered.
#[cfg(feature = "ssr")]
fn not_begun(failure: Failure) -> Error {
    match failure {
        Failure::Problem(single_sign_on::Problem::NotSetUp) => Refusal::NoSingleSignOn.into(),
        Failure::Problem(_) => Refusal::ProviderFailed.into(),
        Failure::Error(error) => error,
    }
}

/// Binds a sign-in at a provider to this browser; where it goes on.
#[cfg(feature = "ssr")]
fn begun(started: &single_sign_on::Started) -> domain::Result<Outcome> {
    let request = context().map_err(|_| Error::SignedOut)?;
    let seconds = single_sign_on::VALID / 1000;
    set_cookie(&request, "sso", started.browser.expose(), seconds);
    Ok(leads(format!("/account/sso/{}", started.state)))
}

/// Begins a sign-in at an organization's provider.
#[server(endpoint = "single-sign-on/start")]
pub async fn start_sign_on(
    #[server(default)] organization: String,
    #[server(default)] email: String,
    #[server(default)] next: String,
) -> Result<Outcome, AppError> {
    let request = context()?;
    let page = Path::SignOn;
    let result = async {
        let domain = &request.domain;
        let organization = match organization.parse() {
            Ok(organization) => organization,
            Err(_) => single_sign_on::find_organization(domain, &email).await?,
        };
        let next = local(&next);
        let started =
            single_sign_on::start(domain, &request.origin, &organization, next, None).await;
        begun(&started.map_err(not_begun)?)
    };
    answer(StartSignOn::PATH, &page, fields(&[("email", &email)]), result.await).await
}

/// Links an organization's provider to the person who is signed in.
#[server(endpoint = "single-sign-on/link")]
pub async fn link_sign_on(organization: OrganizationId) -> Result<Outcome, AppError> {
    let page = Path::MySignOn;
    let result = async {
        let (domain, person) = actor()?;
        person.recently_confirmed(domain.now())?;
        domain::access::organization::<domain::access::ViewOrganization>(
            &domain,
            &person,
            &organization,
        )
        .await?;
        let next = page.to_string();
        let started =
            single_sign_on::start(&domain, &person.origin, &organization, &next, Some(&person));
        begun(&started.await.map_err(not_begun)?)
    };
    answer(LinkSignOn::PATH, &page, Input::new(), result.await).await
}

/// Takes the link to an organization's provider away.
#[server(endpoint = "single-sign-on/unlink")]
pub async fn unlink(organization: OrganizationId) -> Result<Outcome, AppError> {
    let page = Path::MySignOn;
    let result = async {
        let (domain, person) = actor()?;
        single_sign_on::unlink(&domain, &person, &organization).await?;
        Ok(saved(&page))
    };
    answer(Unlink::PATH, &page, Input::new(), result.await).await
}

/// Signs in by a link that a connected shop has signed (O-37).
#[server(endpoint = "session/from-shop")]
pub async fn enter_from_shop(
    store: String,
    email: String,
    at: String,
    nonce: String,
    signature: String,
) -> Result<Outcome, AppError> {
    let request = context()?;
    let link = shop_sign_in::Link { store, email, at, nonce, signature };
    let result = async {
        let entered = shop_sign_in::enter(&request.domain, &request.origin, &link).await?;
        entered_from_shop(&request, entered)
    };
    answer(EnterFromShop::PATH, &Path::FromShop, Input::new(), result.await).await
}

#[cfg(feature = "ssr")]
fn entered_from_shop(
    request: &crate::context::Request,
    (entered, store): (session::Entered, StoreId),
) -> domain::Result<Outcome> {
    let next = Path::Store(store).to_string();
    let location = match entered {
        session::Entered::In(_, token) => {
            let seconds = session::ABSOLUTE / 1000;
            set_cookie(request, session_cookie(request.secure), token.expose(), seconds);
            next
        }
        session::Entered::Step(token) => {
            crate::account::begin_step(&token)?;
            Path::AccountThen("verify", next).to_string()
        }
    };
    Ok(Outcome::Done { notice: None, location, reload: true })
}
