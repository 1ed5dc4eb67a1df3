-- Account security: how a session was opened and when its person last proved who they are, second
-- factors, passkeys, and the links with which a password or an e-mail address is changed.
-- No secret stands here as it is: tokens and codes are hashes, what must be read again is sealed
-- with the instance's key.

-- The IANA zone in which a person reads times; empty: none chosen.
ALTER TABLE person ADD COLUMN time_zone TEXT NOT NULL DEFAULT '';

-- method: password, passkey, single_sign_on (of organization_id), shop_link or invitation.
ALTER TABLE session ADD COLUMN method TEXT NOT NULL DEFAULT 'password';
ALTER TABLE session ADD COLUMN organization_id TEXT REFERENCES organization (id);
ALTER TABLE session ADD COLUMN confirmed_at BIGINT NOT NULL DEFAULT 0;

-- Codes from an app. confirmed_at is null while it is being set up: until then it is not asked
-- for. last_step is the step of the newest code that was accepted: none is accepted twice.
CREATE TABLE two_factor (
    person_id TEXT PRIMARY KEY REFERENCES person (id),
    secret TEXT NOT NULL,
    last_step BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    confirmed_at BIGINT
);

CREATE TABLE recovery_code (
    person_id TEXT NOT NULL REFERENCES person (id),
    code_hash TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (person_id, code_hash)
);

-- body is the public key with its counter, as JSON.
CREATE TABLE passkey (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    credential_id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT
);
CREATE INDEX passkey_person ON passkey (person_id);

-- A sign-in between the right password and the second factor.
CREATE TABLE sign_in_step (
    token_hash TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    attempts BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- Passkey ceremonies that were completed: a page carries the sealed state of its ceremony, and
-- here stands that it was used, until it would have expired.
CREATE TABLE spent_ceremony (
    token_hash TEXT PRIMARY KEY,
    expires_at BIGINT NOT NULL
);

CREATE TABLE password_reset (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    token_hash TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX password_reset_person ON password_reset (person_id);

-- how: confirmed or replaced, once ended_at is set.
CREATE TABLE email_change (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    old_email TEXT NOT NULL,
    new_email TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT,
    how TEXT
);
CREATE UNIQUE INDEX email_change_pending ON email_change (person_id) WHERE ended_at IS NULL;
