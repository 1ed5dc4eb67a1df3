use super::{Client, TestApp};
use domain::{
    Domain,
    access::{self, ManageMembers, SignedIn},
    crypto::Token,
    organization::{self, RoleForm},
    testing::{self, Company},
};
use model::{
    InvitationId, MemberId, PersonId,
    access::{RoleRef, StoreRole},
};

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
    /// An Administrator of the store who is suspended in the organization.
    Suspended,
    /// An Administrator of the store whose membership has ended.
    Expired,
    /// An Administrator of the organization who is no member of the store.
    Manager,
    /// A member of the store with a role that the organization made: to look at its settings and
    /// to make content.
    Custom,
    /// The Owner of the organization, who is an Administrator of the store.
    Owner,
}

impl Actor {
    /// Every actor, those who may do least first.
    pub const ALL: [Actor; 9] = [
        Actor::Anonymous,
        Actor::Outsider,
        Actor::Suspended,
        Actor::Expired,
        Actor::Marketer,
        Actor::Custom,
        Actor::Administrator,
        Actor::Manager,
        Actor::Owner,
    ];
}

impl Actor {
    /// Whether the company's people do not know them, or no longer.
    pub const fn is_stranger(self) -> bool {
        matches!(self, Actor::Anonymous | Actor::Outsider | Actor::Suspended | Actor::Expired)
    }
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
    suspended: Token,
    expired: Token,
    manager: Token,
    custom: Token,
    owner: Token,
    /// The Marketer.
    pub person: PersonId,
}

/// What makes those who joined in the same way stand differently.
const STANDINGS: [&str; 4] = [
    "UPDATE organization_member SET suspended_at = 1
     WHERE person_id IN (SELECT id FROM person WHERE email LIKE 'sus.pended@%')",
    "UPDATE organization_member SET ends_at = 1
     WHERE person_id IN (SELECT id FROM person WHERE email LIKE 'ex.pired@%')",
    "UPDATE organization_member SET role = 'administrator'
     WHERE person_id IN (SELECT id FROM person WHERE email LIKE 'man.ager@%')",
    "DELETE FROM store_member
     WHERE person_id IN (SELECT id FROM person WHERE email LIKE 'man.ager@%')",
];

/// A role that no preset is: who has it looks at the settings and changes none.
async fn custom_role(domain: &Domain, company: &Company, name: &str) -> RoleRef {
    let access = access::organization(domain, &company.owner, &company.organization).await.unwrap();
    let permissions = ["view_settings", "edit_content"].map(str::to_owned).to_vec();
    let form = RoleForm { name: format!("Role {name}"), permissions, version: 0 };
    RoleRef::Custom(organization::put_role(domain, &access, None, &form).await.unwrap())
}

impl World {
    /// A new world on `app`'s database; `name` must be new there.
    pub async fn new(app: &TestApp, name: &str) -> World {
        let domain = &app.t.domain;
        let company = testing::company(domain, &format!("Secret {name}")).await;
        let other = testing::company(domain, &format!("Rival {name}")).await;
        let join =
            async |company: &Company, role: RoleRef, who: &str| -> (SignedIn, Token, MemberId) {
                let email = format!("{who}@{name}.example");
                let (person, token) = testing::person_and_token(domain, &email).await;
                let member = testing::join(domain, company, &person, role).await;
                (person, token, member)
            };
        let administrator_of = || RoleRef::from(StoreRole::Administrator);
        let (mark, marketer, member) =
            join(&company, StoreRole::Marketer.into(), "mark.eter").await;
        let (person, administrator, _) = join(&company, administrator_of(), "ad.min").await;
        let (_, outsider, _) = join(&other, administrator_of(), "out.sider").await;
        let (_, suspended, _) = join(&company, administrator_of(), "sus.pended").await;
        let (_, expired, _) = join(&company, administrator_of(), "ex.pired").await;
        let (_, manager, _) = join(&company, administrator_of(), "man.ager").await;
        let role = custom_role(domain, &company, name).await;
        let (_, custom, _) = join(&company, role, "cus.tom").await;
        let owner = testing::another_session(domain, &company.owner).await;
        for statement in STANDINGS {
            testing::execute(domain, statement).await;
        }
        let access = testing::access::<ManageMembers>(domain, &person, &company.store).await;
        let invited = format!("invited@{name}.example");
        let invitation =
            domain::members::invite(domain, &access, &invited, "marketer").await.unwrap();
        // What a test does next is newer, its mails among them.
        app.t.advance(1);
        World {
            company,
            member,
            invitation,
            name: name.to_owned(),
            marketer,
            administrator,
            outsider,
            suspended,
            expired,
            manager,
            custom,
            owner,
            person: mark.person.id,
        }
    }

    /// The browser of an actor.
    pub fn client(&self, app: &TestApp, actor: Actor) -> Client {
        match actor {
            Actor::Anonymous => app.client(),
            Actor::Marketer => app.client_of(&self.marketer),
            Actor::Administrator => app.client_of(&self.administrator),
            Actor::Outsider => app.client_of(&self.outsider),
            Actor::Suspended => app.client_of(&self.suspended),
            Actor::Expired => app.client_of(&self.expired),
            Actor::Manager => app.client_of(&self.manager),
            Actor::Custom => app.client_of(&self.custom),
            Actor::Owner => app.client_of(&self.owner),
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
