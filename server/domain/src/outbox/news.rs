use super::{Effect, enqueue};
use crate::{Domain, Result, access::Person, db::Conn};
use serde::{Deserialize, Serialize};

/// What happened to a person's account that they should know of, whoever did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecurityNews {
    /// The password was changed.
    PasswordChanged,
    /// Two-factor sign-in was turned on.
    TwoFactorOn,
    /// Two-factor sign-in was turned off.
    TwoFactorOff,
    /// New recovery codes replaced the old ones.
    RecoveryCodesNew,
    /// Somebody signed in with a recovery code.
    RecoveryCodeUsed,
    /// A passkey was added.
    PasskeyAdded,
    /// A passkey was removed.
    PasskeyRemoved,
}

/// Tells a person what happened to their account, in the transaction in which it happens.
pub(crate) async fn tell(
    domain: &Domain,
    conn: &mut Conn<'_>,
    person: &Person,
    news: SecurityNews,
) -> Result<()> {
    let effect = Effect::SecurityMail { person: person.id.clone(), news, lang: person.language };
    enqueue(domain, conn, &effect).await?;
    Ok(())
}
