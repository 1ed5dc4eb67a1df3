use model::{
    Conflict, FieldError, Refusal,
    access::{OrganizationPermission, Permission},
};

/// Why a use case did not do what it was asked. Nothing of it is kept.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nobody is signed in.
    #[error("not signed in")]
    SignedOut,
    /// It does not exist, or the actor may not know that it does.
    #[error("not found")]
    NotFound,
    /// The actor may see it but lacks this permission.
    #[error("lacks the permission {0:?}")]
    Forbidden(Permission),
    /// The actor may see the organization but lacks this permission in it.
    #[error("lacks the permission {0:?} in the organization")]
    ForbiddenInOrganization(OrganizationPermission),
    /// A rule of the organization stops the actor, who belongs to it.
    #[error("stopped: {:?}", .0.barrier)]
    Stopped(Box<crate::gate::Stop>),
    /// Fields are wrong: all of them.
    #[error("{} fields are wrong", .0.len())]
    Invalid(Vec<FieldError>),
    /// A rule refused it.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// Somebody else saved first.
    #[error("somebody else saved first")]
    Stale(Box<Conflict>),
    /// Too much is going on (password hashing queue).
    #[error("too busy")]
    Busy,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] crate::db::Error),
    /// Stored data cannot be read: a fault of ours.
    #[error("stored data cannot be read: {0}")]
    Corrupt(String),
}

/// A result of a use case.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// Whether it comes from storage that takes no changes: it is full, or cannot be written.
    pub fn storage(&self) -> bool {
        matches!(self, Error::Db(error) if error.trouble().is_some())
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Error {
        Error::Refused(refusal)
    }
}
