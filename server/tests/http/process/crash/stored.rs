//! What a database says after a crash, against what people were told.
use domain::{
    db::Db,
    testing::{count_in, texts_in},
};
use std::collections::{BTreeMap, BTreeSet};

/// One for each change that the workers make.
const CHANGES: &str = "SELECT request_id AS text FROM audit_entry
    WHERE action IN ('settings.save', 'member.role.change', 'member.invite')";

/// How many kinds of them succeeded.
const KINDS: &str = "SELECT COUNT(DISTINCT action) AS n FROM audit_entry
    WHERE action IN ('settings.save', 'member.role.change', 'member.invite')";

/// What would be half a change, and how many there are of it. The demonstration's own invitations
/// were never mailed.
const HALVES: [(&str, &str); 9] = [
    (
        "a version of settings without its step in the history, or the other way round",
        "SELECT COUNT(*) AS n FROM setting_document d LEFT JOIN (
             SELECT scope_id, section, MAX(version) AS last, MIN(version) AS first, COUNT(*) AS steps
             FROM setting_change GROUP BY scope_id, section
         ) c ON c.scope_id = d.scope_id AND c.section = d.section
         WHERE d.version <> COALESCE(c.last, 1) OR c.steps <> c.last - c.first + 1",
    ),
    (
        "saved settings without their entry in the audit log, or the other way round",
        "SELECT COUNT(*) AS n FROM setting_document d LEFT JOIN (
             SELECT store_id, subject, COUNT(*) AS entries FROM audit_entry
             WHERE action = 'settings.save' GROUP BY store_id, subject
         ) a ON a.store_id = d.scope_id AND a.subject = d.section
         WHERE d.version <> 1 + COALESCE(a.entries, 0)",
    ),
    (
        "a store whose name is not that of its settings",
        "SELECT COUNT(*) AS n FROM store s
         JOIN setting_document d ON d.scope_id = s.id AND d.section = 'store-details'
         WHERE d.body NOT LIKE '%\"name\":\"' || s.name || '\"%'",
    ),
    (
        "a role that is not the one of the audit log's last entry",
        "SELECT COUNT(*) AS n FROM (
             SELECT subject, MAX(position) AS last FROM audit_entry
             WHERE action = 'member.role.change' GROUP BY subject
         ) l
         JOIN store_member m ON m.id = l.subject
         JOIN audit_entry a ON a.position = l.last AND a.subject = l.subject
         WHERE a.new_value NOT LIKE '%\"role\":\"' || m.role || '\"%'",
    ),
    (
        "an invitation without its store",
        "SELECT COUNT(*) AS n FROM invitation i
         LEFT JOIN invitation_store s ON s.invitation_id = i.id WHERE s.store_id IS NULL",
    ),
    (
        "an invitation without its mail",
        "SELECT COUNT(*) AS n FROM invitation i
         LEFT JOIN outbox o ON o.id = i.outbox_id
         WHERE i.email LIKE 'p%@sto-%' AND o.id IS NULL",
    ),
    (
        "a mail without its invitation",
        "SELECT COUNT(*) AS n FROM outbox o LEFT JOIN invitation i ON i.outbox_id = o.id
         WHERE o.kind = 'invitation_mail' AND i.id IS NULL",
    ),
    (
        "an invitation without its entry in the audit log",
        "SELECT COUNT(*) AS n FROM invitation i
         LEFT JOIN audit_entry a ON a.subject = i.id AND a.action = 'member.invite'
         WHERE i.email LIKE 'p%@sto-%' AND a.id IS NULL",
    ),
    (
        "an entry in the audit log without its invitation",
        "SELECT COUNT(*) AS n FROM audit_entry a LEFT JOIN invitation i ON i.id = a.subject
         WHERE a.action = 'member.invite' AND i.id IS NULL",
    ),
];

/// Compares: every acknowledged change is there once, at most `unknown` others are, and none by
/// half.
pub async fn compare(database: &str, acknowledged: &BTreeSet<String>, unknown: usize) {
    let db = Db::open(database, 1).await.unwrap();
    let mut stored: BTreeMap<String, usize> = BTreeMap::new();
    for id in texts_in(&db, CHANGES).await {
        *stored.entry(id).or_default() += 1;
    }
    for id in acknowledged {
        assert_eq!(stored.get(id), Some(&1), "entries of the acknowledged request {id}");
    }
    let others: Vec<_> = stored.iter().filter(|(id, _)| !acknowledged.contains(*id)).collect();
    assert!(others.len() <= unknown, "{others:?}, though only {unknown} ended without a word");
    assert!(others.iter().all(|(_, entries)| **entries == 1), "{others:?}");
    assert_eq!(count_in(&db, KINDS).await, 3, "saves, roles and invitations");
    for (half, count) in HALVES {
        assert_eq!(count_in(&db, count).await, 0, "{half}");
    }
    notifications(&db).await;
    db.close().await;
}

/// Every mail about changes has what it tells, and the other way round.
async fn notifications(db: &Db) {
    let told = texts_in(db, "SELECT id AS text FROM notification").await;
    let payloads = "SELECT payload AS text FROM outbox WHERE kind = 'notification_mail'";
    let mails = texts_in(db, payloads).await.into_iter().map(|payload| {
        let payload: serde_json::Value = serde_json::from_str(&payload).unwrap();
        payload["notification"].as_str().unwrap().to_owned()
    });
    let (told, mails): (BTreeSet<String>, BTreeSet<String>) =
        (told.into_iter().collect(), mails.collect());
    assert_eq!(told, mails, "notifications and their mails");
}
