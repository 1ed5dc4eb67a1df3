use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::{
    answer::{actor, answer, back_to},
    path::Path,
};
#[cfg(feature = "ssr")]
use domain::audit::{Log, STEPS, check};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use leptos::server_fn::ServerFn;
#[cfg(feature = "ssr")]
use model::{Input, Notice};
use model::{OrganizationId, Outcome};

/// Proves an organization's audit log, or goes on where a long one was left.
#[server(endpoint = "audit/check")]
pub async fn check_audit(organization: OrganizationId) -> Result<Outcome, AppError> {
    let page = Path::Audit(organization.clone());
    let result = async {
        let (domain, person) = actor()?;
        let access = domain::access::organization(&domain, &person, &organization).await?;
        check(&domain, &Log::organization(&access), STEPS).await?;
        Ok(Outcome::done(Notice::AuditChecked, back_to(&page)))
    };
    answer(CheckAudit::PATH, &page, Input::new(), result.await).await
}
