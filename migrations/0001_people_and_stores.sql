-- People, organizations, stores, members; sessions; settings; audit; outbox.
-- Portable SQL only: see README.md beside this file. Times are Unix milliseconds (UTC).

-- One row: what must be the same for every process that uses this database.
CREATE TABLE instance (
    id TEXT PRIMARY KEY CHECK (id = 'instance'),
    key_fingerprint TEXT NOT NULL,
    demo BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);

-- name_key is the name in lower case without diacritics: what search and sorting use.
CREATE TABLE person (
    id TEXT PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    name_key TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    language TEXT NOT NULL,
    theme TEXT NOT NULL,
    data_consent_at BIGINT,
    marketing_consent_at BIGINT,
    last_seen_at BIGINT,
    created_at BIGINT NOT NULL
);

CREATE TABLE organization (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- name is a copy of the store-details section's name, written in the same transaction.
-- guard is updated first by whatever reads members and then changes them, so that it locks.
CREATE TABLE store (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organization (id),
    name TEXT NOT NULL,
    guard BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX store_organization ON store (organization_id, name);

CREATE TABLE organization_member (
    organization_id TEXT NOT NULL REFERENCES organization (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    role TEXT NOT NULL,
    joined_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, person_id)
);
CREATE INDEX organization_member_person ON organization_member (person_id);

CREATE TABLE store_member (
    id TEXT PRIMARY KEY,
    store_id TEXT NOT NULL REFERENCES store (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    role TEXT NOT NULL,
    joined_at BIGINT NOT NULL,
    UNIQUE (store_id, person_id)
);
CREATE INDEX store_member_person ON store_member (person_id);

-- ended_at is set when it was accepted or cancelled; how tells which.
CREATE TABLE invitation (
    id TEXT PRIMARY KEY,
    store_id TEXT NOT NULL REFERENCES store (id),
    email TEXT NOT NULL,
    role TEXT NOT NULL,
    language TEXT NOT NULL,
    invited_by TEXT NOT NULL REFERENCES person (id),
    token_hash TEXT NOT NULL UNIQUE,
    outbox_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT,
    how TEXT
);
CREATE UNIQUE INDEX invitation_pending ON invitation (store_id, email) WHERE ended_at IS NULL;

CREATE TABLE registration (
    id TEXT PRIMARY KEY,
    email TEXT NOT NULL,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    phone TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    language TEXT NOT NULL,
    organization_name TEXT NOT NULL,
    store_name TEXT NOT NULL,
    marketing_consent BOOLEAN NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    confirmed_at BIGINT
);

CREATE TABLE session (
    id TEXT PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    person_id TEXT NOT NULL REFERENCES person (id),
    address TEXT NOT NULL,
    user_agent TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX session_person ON session (person_id);

-- Counts of attempts by a hashed subject (e-mail, address, both) in a window of time.
CREATE TABLE attempt (
    subject TEXT NOT NULL,
    window_start BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    PRIMARY KEY (subject, window_start)
);

-- What the next page shows after a plain form post; found by the hash of a short-lived cookie.
CREATE TABLE flash (
    token_hash TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE TABLE setting_document (
    scope_id TEXT NOT NULL,
    section TEXT NOT NULL,
    version BIGINT NOT NULL,
    body TEXT NOT NULL,
    saved_by TEXT NOT NULL REFERENCES person (id),
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (scope_id, section)
);

-- One row a save: the fields it changed, as JSON [{"field", "old", "new"}].
CREATE TABLE setting_change (
    scope_id TEXT NOT NULL,
    section TEXT NOT NULL,
    version BIGINT NOT NULL,
    changes TEXT NOT NULL,
    saved_by TEXT NOT NULL REFERENCES person (id),
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (scope_id, section, version)
);

CREATE TABLE image (
    id TEXT PRIMARY KEY,
    store_id TEXT NOT NULL REFERENCES store (id),
    content_type TEXT NOT NULL,
    body TEXT NOT NULL,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

-- A hash chain for each organization, and one named 'instance' for what belongs to none.
CREATE TABLE audit_chain (
    chain TEXT PRIMARY KEY,
    length BIGINT NOT NULL,
    head TEXT NOT NULL
);
CREATE TABLE audit_entry (
    id TEXT PRIMARY KEY,
    chain TEXT NOT NULL,
    position BIGINT NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    address TEXT NOT NULL,
    request_id TEXT NOT NULL,
    action TEXT NOT NULL,
    store_id TEXT,
    subject TEXT NOT NULL,
    old_value TEXT NOT NULL,
    new_value TEXT NOT NULL,
    hash TEXT NOT NULL,
    UNIQUE (chain, position)
);

-- Effects that leave: state is waiting, sent, failed (given up) or dropped (its reason is gone,
-- such as a cancelled invitation). A worker takes a row by moving
-- next_attempt_at past the time it needs, so that a crash of the worker only delays it.
CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    next_attempt_at BIGINT NOT NULL,
    last_error TEXT,
    created_at BIGINT NOT NULL,
    finished_at BIGINT
);
CREATE INDEX outbox_waiting ON outbox (next_attempt_at) WHERE state = 'waiting';
