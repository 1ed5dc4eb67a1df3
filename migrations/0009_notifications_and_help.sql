-- Mails about changes, digests, votes on help articles, support tickets.

-- A mail about changes: body is JSON. open_topic says what it collects until it is sent and is null
-- from then on, so that what happens next begins another. recipient is a person or an address.
CREATE TABLE notification (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organization (id),
    recipient TEXT NOT NULL,
    open_topic TEXT,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (organization_id, recipient, open_topic)
);
CREATE INDEX notification_created ON notification (created_at);

-- What the next digest of a store tells, and when. A store in which nothing happens has none.
CREATE TABLE digest (
    store_id TEXT PRIMARY KEY REFERENCES store (id),
    body TEXT NOT NULL,
    since BIGINT NOT NULL,
    due_at BIGINT NOT NULL
);
CREATE INDEX digest_due ON digest (due_at);

-- The end of its time that was told last: an invitation that is sent again gets another.
ALTER TABLE invitation ADD COLUMN expiry_told BIGINT;
CREATE INDEX invitation_expires ON invitation (expires_at) WHERE ended_at IS NULL;

-- What people of an organization thought of a help article, and the sums of it.
CREATE TABLE help_vote (
    organization_id TEXT NOT NULL REFERENCES organization (id),
    article TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES person (id),
    useful BOOLEAN NOT NULL,
    voted_at BIGINT NOT NULL,
    PRIMARY KEY (organization_id, article, person_id)
);
CREATE TABLE help_count (
    organization_id TEXT NOT NULL REFERENCES organization (id),
    article TEXT NOT NULL,
    votes BIGINT NOT NULL,
    useful BIGINT NOT NULL,
    PRIMARY KEY (organization_id, article)
);

-- A question to the specialists of a store. address is where it went, outbox_id the mail.
CREATE TABLE ticket (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organization (id),
    store_id TEXT NOT NULL REFERENCES store (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    subject TEXT NOT NULL,
    message TEXT NOT NULL,
    address TEXT NOT NULL,
    state TEXT NOT NULL,
    outbox_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    closed_at BIGINT
);
CREATE INDEX ticket_person ON ticket (store_id, person_id, created_at);
