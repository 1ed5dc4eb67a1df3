use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A text is not an identifier of the wanted kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier of this kind")]
pub struct InvalidId;

/// Declares identifier types: a prefix that tells the kind and 32 hexadecimal digits of a
/// time-ordered UUID, so that they sort by age and can be told apart in logs.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => { $(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// What every identifier of this kind begins with.
            pub const PREFIX: &'static str = $prefix;

            /// The identifier with these 128 bits.
            pub fn from_u128(bits: u128) -> Self {
                Self(format!(concat!($prefix, "{:032x}"), bits))
            }

            /// The identifier as people, addresses and the database see it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;
            fn from_str(text: &str) -> Result<Self, InvalidId> {
                Self::try_from(text.to_owned())
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;
            fn try_from(text: String) -> Result<Self, InvalidId> {
                let digits = text.strip_prefix($prefix).ok_or(InvalidId)?;
                let lower_hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
                if digits.len() == 32 && digits.bytes().all(lower_hex) { Ok(Self(text)) } else { Err(InvalidId) }
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }
    )* };
}

ids! {
    /// A person who can sign in.
    PersonId = "per_";
    /// An organization: owns stores.
    OrganizationId = "org_";
    /// A store of an organization.
    StoreId = "sto_";
    /// A person's membership in one store.
    MemberId = "mem_";
    /// An invitation to an organization and stores of it, not yet accepted or already ended.
    InvitationId = "inv_";
    /// A role that an organization made for its stores.
    RoleId = "rol_";
    /// A sign-up that waits for its confirmation by mail.
    RegistrationId = "reg_";
    /// A sign-in session on one device.
    SessionId = "ses_";
    /// A passkey of a person.
    PasskeyId = "pky_";
    /// A request for a new password.
    ResetId = "rst_";
    /// A change of an e-mail address that waits for its confirmation by mail.
    EmailChangeId = "emc_";
    /// An uploaded and re-encoded image.
    ImageId = "img_";
    /// A sealed secret of a section of settings.
    SecretId = "sec_";
    /// An entry of the audit log.
    AuditId = "aud_";
    /// An effect that waits in the outbox.
    OutboxId = "out_";
    /// An address from which an organization may be entered.
    AddressRuleId = "adr_";
    /// A mail about changes.
    NotificationId = "ntf_";
    /// A question to the specialists of a store.
    TicketId = "tic_";
    /// A field of settings that an organization locks.
    PolicyId = "pol_";
    /// Settings that are applied to many stores.
    BatchId = "bat_";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_its_own_kind_parses() {
        let id = StoreId::from_u128(7);
        assert_eq!(id.as_str(), "sto_00000000000000000000000000000007");
        assert_eq!(id.as_str().parse(), Ok(id.clone()));
        assert_eq!(id.as_str().parse::<PersonId>(), Err(InvalidId));
        assert_eq!("sto_7".parse::<StoreId>(), Err(InvalidId));
        assert_eq!(id.as_str().replace('7', "G").parse::<StoreId>(), Err(InvalidId));
    }
}
