-- What an organization demands of who enters it: two-factor, session limits, addresses, single
-- sign-on; and sign-in from a store's shop.

-- One row an organization, made when something is first asked for; none: nothing is demanded.
-- guard is updated first by whatever reads these rules and then changes them, so that it locks.
-- Lists of domains have commas between them; empty: any.
CREATE TABLE organization_security (
    organization_id TEXT PRIMARY KEY REFERENCES organization (id),
    guard BIGINT NOT NULL,
    -- Whether any of it concerns who enters: where not, nothing more is asked.
    demanding BOOLEAN NOT NULL,
    -- From then on members need a second factor.
    two_factor_from BIGINT,
    -- Longest pause, and longest time since the person proved who they are, in milliseconds.
    session_idle BIGINT,
    session_absolute BIGINT,
    invitation_domains TEXT NOT NULL,
    -- Whether only the addresses of address_rule may enter.
    addresses_only BOOLEAN NOT NULL,
    -- Whether links from connected shops sign in (O-37, O-38).
    shop_sign_in BOOLEAN NOT NULL,
    -- The OpenID provider. The client's secret is sealed.
    sso_issuer TEXT,
    sso_client_id TEXT,
    sso_client_secret TEXT,
    sso_domains TEXT NOT NULL,
    -- Whether people of those domains join by signing in, and the stores that they then belong to:
    -- JSON [{"store", "role"}].
    sso_join BOOLEAN NOT NULL,
    sso_stores TEXT NOT NULL,
    -- Whether members must come that way; the Owner may still use a password.
    sso_enforced BOOLEAN NOT NULL,
    changed_at BIGINT NOT NULL,
    changed_by TEXT NOT NULL
);

-- Addresses from which an organization may be entered (G-15): networks in canonical form.
CREATE TABLE address_rule (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organization (id),
    network TEXT NOT NULL,
    label TEXT NOT NULL,
    expires_at BIGINT,
    created_by TEXT NOT NULL REFERENCES person (id),
    created_at BIGINT NOT NULL,
    UNIQUE (organization_id, network)
);

-- Members whom the addresses do not concern (G-14).
CREATE TABLE address_exemption (
    organization_id TEXT NOT NULL REFERENCES organization (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    created_by TEXT NOT NULL REFERENCES person (id),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, person_id)
);

-- Who a provider's subject is. An e-mail address is never enough to find somebody again.
CREATE TABLE sso_identity (
    organization_id TEXT NOT NULL REFERENCES organization (id),
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES person (id),
    linked_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, issuer, subject)
);
CREATE INDEX sso_identity_person ON sso_identity (person_id);

-- A sign-in that is under way at a provider: found by the hash of its state, bound to a browser by
-- the hash of a cookie, with nonce and code verifier sealed. It is used up by the first return.
CREATE TABLE sso_flow (
    state_hash TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organization (id),
    browser_hash TEXT NOT NULL,
    sealed TEXT NOT NULL,
    next TEXT NOT NULL,
    -- Set where a signed-in person links the provider to themself.
    person_id TEXT REFERENCES person (id),
    expires_at BIGINT NOT NULL
);

-- The secret with which a connected shop signs links that sign in: sealed, and shown once.
CREATE TABLE shop_secret (
    store_id TEXT PRIMARY KEY REFERENCES store (id),
    secret TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES person (id),
    created_at BIGINT NOT NULL
);

-- Links that were used, for as long as they would be valid.
CREATE TABLE shop_nonce (
    store_id TEXT NOT NULL,
    nonce TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (store_id, nonce)
);

-- How a sign-in began whose second factor is asked for: by password, or by a shop's link for a
-- member of this organization.
ALTER TABLE sign_in_step ADD COLUMN method TEXT NOT NULL DEFAULT 'password';
ALTER TABLE sign_in_step ADD COLUMN organization_id TEXT REFERENCES organization (id);

-- The longest pause since the person last proved who they are, in milliseconds.
ALTER TABLE session ADD COLUMN longest_pause BIGINT NOT NULL DEFAULT 0;
