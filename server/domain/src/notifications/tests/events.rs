//! What happens to members and to the store itself.
use super::*;
use crate::{
    access::{ManageMembers, ManageStores, OrganizationAccess, StoreAccess, organization},
    both_engines, housekeeping,
    invitation::{self, Acceptance},
    members,
    testing::{access, enqueued, execute, invitation_token, origin},
};

const ALL: [(&str, &str); 6] = [
    ("member_joined", "addresses"),
    ("member_removed", "addresses"),
    ("role_changed", "addresses"),
    ("invitation_expired", "addresses"),
    ("store_archived", "both"),
    ("addresses", "desk@ana.example"),
];

both_engines! {
    async fn members_and_their_roles_are_told_together(t: TestDomain) {
        let domain = &t.domain;
        let (shop, _, id) = shop(domain).await;
        wanted(domain, &shop, &ALL).await;
        let admin: StoreAccess<ManageMembers> = access(domain, &shop.owner, &shop.store).await;
        let invited = members::invite(domain, &admin, "ben@ana.example", "marketer").await.unwrap();
        let form = Acceptance {
            first_name: "Ben".into(), last_name: "Box".into(), password: "three blind mice".into(),
        };
        let token = invitation_token(domain, &invited);
        invitation::accept(domain, &origin(), None, token.expose(), form).await.unwrap();
        members::change_role(domain, &admin, id.as_str(), "analyst").await.unwrap();
        members::remove(domain, &admin, id.as_str()).await.unwrap();
        let mails = mails(domain).await;
        assert_eq!(mails.len(), 1, "{mails:?}");
        let (to, subject, text) = &mails[0];
        assert_eq!((to.as_str(), subject.as_str()), ("desk@ana.example", "Casa Ana: several changes"));
        for part in [
            "Ben Box is now a member of Casa Ana as Marketer.",
            "Eva Cruz in Casa Ana: Administrator → Analyst, changed by Owner Casa",
            "Eva Cruz is no longer a member of Casa Ana, removed by Owner Casa",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }

    async fn an_invitation_that_expires_is_told_once(t: TestDomain) {
        let domain = &t.domain;
        let (shop, _, _) = shop(domain).await;
        wanted(domain, &shop, &ALL).await;
        let admin: StoreAccess<ManageMembers> = access(domain, &shop.owner, &shop.store).await;
        members::invite(domain, &admin, "ben@ana.example", "marketer").await.unwrap();
        housekeeping::run_once(domain).await.unwrap();
        assert_eq!(enqueued(domain, "notification_mail").await, 0);
        t.advance(8 * 24 * 60 * MINUTE);
        let (one, two) = futures::join!(housekeeping::run_once(domain), housekeeping::run_once(domain));
        one.unwrap();
        two.unwrap();
        assert_eq!(enqueued(domain, "notification_mail").await, 1);
        let told = mails(domain).await;
        assert!(told[0].2.contains("invitation of ben@ana.example to Casa Ana"), "{}", told[0].2);
        t.advance(24 * 60 * MINUTE);
        housekeeping::run_once(domain).await.unwrap();
        assert_eq!(enqueued(domain, "notification_mail").await, 1);
    }

    async fn an_archived_store_still_tells_its_people(t: TestDomain) {
        let domain = &t.domain;
        let (shop, eva, _) = shop(domain).await;
        wanted(domain, &shop, &ALL).await;
        let owner: OrganizationAccess<ManageStores> =
            organization(domain, &shop.owner, &shop.organization).await.unwrap();
        assert!(crate::organization::archive(domain, &owner, &shop.store).await.unwrap());
        let told = mails(domain).await;
        let to: Vec<&str> = told.iter().map(|mail| mail.0.as_str()).collect();
        assert_eq!(to, ["desk@ana.example", eva.person.email.as_str()]);
        assert!(told[0].1.ends_with("store archived") && told[1].2.contains("archived by Owner"));
        execute(domain, "DELETE FROM notification").await;
        execute(domain, "DELETE FROM outbox").await;
        assert!(crate::organization::restore(domain, &owner, &shop.store).await.unwrap());
        assert_eq!(addressees(domain).await.len(), 2);
    }
}
