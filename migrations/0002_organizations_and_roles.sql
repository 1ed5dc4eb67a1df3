-- Organizations with members of their own standing, custom roles, stores that can be archived, and
-- invitations to an organization with any number of its stores.

-- guard is updated first by whatever reads members, roles or invitations and then changes them.
ALTER TABLE organization ADD COLUMN guard BIGINT NOT NULL DEFAULT 0;

-- Nobody has access to an archived store.
ALTER TABLE store ADD COLUMN archived_at BIGINT;

-- Who is suspended, or whose membership has ended, has access to nothing of the organization.
ALTER TABLE organization_member ADD COLUMN suspended_at BIGINT;
ALTER TABLE organization_member ADD COLUMN ends_at BIGINT;
ALTER TABLE organization_member ADD COLUMN warned_at BIGINT;
CREATE INDEX organization_member_ends ON organization_member (ends_at) WHERE ends_at IS NOT NULL;

-- A custom role; store_member.role and invitation_store.role hold its id, or a preset's code.
-- permissions is a JSON list of codes, name_key the name folded: two of one name look the same.
CREATE TABLE role (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organization (id),
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    permissions TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    UNIQUE (organization_id, name_key)
);
CREATE INDEX store_member_role ON store_member (role);

-- role is the one in the organization; membership_ends_at is when the membership is to end.
-- sends counts its mails.
CREATE TABLE invitation_next (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organization (id),
    email TEXT NOT NULL,
    role TEXT NOT NULL,
    membership_ends_at BIGINT,
    language TEXT NOT NULL,
    invited_by TEXT NOT NULL REFERENCES person (id),
    token_hash TEXT NOT NULL UNIQUE,
    outbox_id TEXT NOT NULL,
    sends BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT,
    how TEXT
);

-- Of several pending invitations of one person to stores of one organization, the newest stays.
INSERT INTO invitation_next (id, organization_id, email, role, language, invited_by, token_hash,
    outbox_id, sends, created_at, expires_at, ended_at, how)
SELECT i.id, s.organization_id, i.email, 'member', i.language, i.invited_by, i.token_hash,
    i.outbox_id, 1, i.created_at, i.expires_at,
    CASE WHEN n.id IS NULL THEN i.ended_at ELSE n.created_at END,
    CASE WHEN n.id IS NULL THEN i.how ELSE 'replaced' END
FROM invitation i
JOIN store s ON s.id = i.store_id
LEFT JOIN invitation n ON i.ended_at IS NULL AND n.id = (
    SELECT MAX(o.id) FROM invitation o JOIN store t ON t.id = o.store_id
    WHERE o.ended_at IS NULL AND o.email = i.email AND t.organization_id = s.organization_id
      AND o.id > i.id);

CREATE TABLE invitation_store_next (
    invitation_id TEXT NOT NULL,
    store_id TEXT NOT NULL,
    role TEXT NOT NULL
);
INSERT INTO invitation_store_next (invitation_id, store_id, role)
SELECT id, store_id, role FROM invitation;
-- It takes over the stores of those it replaces that still worked when it was sent.
INSERT INTO invitation_store_next (invitation_id, store_id, role)
SELECT n.id, i.store_id, i.role
FROM invitation i
JOIN store s ON s.id = i.store_id
JOIN invitation n ON n.id = (
    SELECT MAX(o.id) FROM invitation o JOIN store t ON t.id = o.store_id
    WHERE o.ended_at IS NULL AND o.email = i.email AND t.organization_id = s.organization_id)
WHERE i.ended_at IS NULL AND n.id <> i.id AND i.expires_at > n.created_at;

DROP TABLE invitation;
ALTER TABLE invitation_next RENAME TO invitation;
CREATE UNIQUE INDEX invitation_pending ON invitation (organization_id, email)
    WHERE ended_at IS NULL;
CREATE INDEX invitation_sent ON invitation (organization_id, created_at);

CREATE TABLE invitation_store (
    invitation_id TEXT NOT NULL REFERENCES invitation (id),
    store_id TEXT NOT NULL REFERENCES store (id),
    role TEXT NOT NULL,
    PRIMARY KEY (invitation_id, store_id)
);
INSERT INTO invitation_store (invitation_id, store_id, role)
SELECT invitation_id, store_id, role FROM invitation_store_next;
DROP TABLE invitation_store_next;
CREATE INDEX invitation_store_store ON invitation_store (store_id);
CREATE INDEX invitation_store_role ON invitation_store (role);
