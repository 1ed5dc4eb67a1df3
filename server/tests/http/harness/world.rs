use super::{Client, TestApp};
use domain::{
    access::{ManageMembers, SignedIn},
    crypto::Token,
    testing::{self, Company},
};
use model::{InvitationId, MemberId, access::StoreRole};

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Nobody is signed in.
    Anonymous,
    /// A Marketer of the store.
    Marketer,
    /// An Administrator of the store.
    Administrator,
    /// An Administrator of another organization's store.
    Outsider,
}

impl Actor {
    /// Every actor, those who may do least first.
    pub const ALL: [Actor; 4] =
        [Actor::Anonymous, Actor::Outsider, Actor::Marketer, Actor::Administrator];
}

/// A company with people in it, a pending invitation, and another company.
pub struct World {
    /// The company whose store the requests are about.
    pub company: Company,
    /// The Marketer's membership.
    pub member: MemberId,
    /// A pending invitation to the store.
    pub invitation: InvitationId,
    /// Makes e-mail addresses of this world differ from others'.
    pub name: String,
    marketer: Token,
    administrator: Token,
    outsider: Token,
}

impl World {
    /// A new world on `app`'s database; `name` must be new there.
    pub async fn new(app: &TestApp, name: &str) -> World {
        let domain = &app.t.domain;
        let company = testing::company(domain, &format!("Secret {name}")).await;
        let other = testing::company(domain, &format!("Rival {name}")).await;
        let join =
            async |company: &Company, role: StoreRole, who: &str| -> (SignedIn, Token, MemberId) {
                let email = format!("{who}@{name}.example");
                let (person, token) = testing::person_and_token(domain, &email).await;
                let member = testing::join(domain, company, &person, role).await;
                (person, token, member)
            };
        let (_, marketer, member) = join(&company, StoreRole::Marketer, "mark.eter").await;
        let (person, administrator, _) = join(&company, StoreRole::Administrator, "ad.min").await;
        let (_, outsider, _) = join(&other, StoreRole::Administrator, "out.sider").await;
        let access = testing::access::<ManageMembers>(domain, &person, &company.store).await;
        let invited = format!("invited@{name}.example");
        let invitation =
            domain::members::invite(domain, &access, &invited, "marketer").await.unwrap();
        World {
            company,
            member,
            invitation,
            name: name.to_owned(),
            marketer,
            administrator,
            outsider,
        }
    }

    /// The browser of an actor.
    pub fn client(&self, app: &TestApp, actor: Actor) -> Client {
        match actor {
            Actor::Anonymous => app.client(),
            Actor::Marketer => app.client_of(&self.marketer),
            Actor::Administrator => app.client_of(&self.administrator),
            Actor::Outsider => app.client_of(&self.outsider),
        }
    }

    /// The path of the store's pages.
    pub fn store_path(&self) -> String {
        format!("/stores/{}", self.company.store)
    }

    /// The token in the invitation's mail.
    pub fn invitation_token(&self, app: &TestApp) -> String {
        testing::invitation_token(&app.t.domain, &self.invitation).expose().to_owned()
    }
}
