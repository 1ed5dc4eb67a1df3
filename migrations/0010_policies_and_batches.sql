-- What an organization decides of its stores' settings: fields that it locks, and values that it
-- applies to many stores at once.

-- A locked field. rule is JSON: {"value": ..}, {"one_of": [..]} or {"range": {"min", "max"}}.
CREATE TABLE setting_policy (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organization (id),
    section TEXT NOT NULL,
    field TEXT NOT NULL,
    rule TEXT NOT NULL,
    reason TEXT NOT NULL,
    version BIGINT NOT NULL,
    set_by TEXT NOT NULL REFERENCES person (id),
    set_at BIGINT NOT NULL,
    UNIQUE (organization_id, section, field)
);

-- Values that are written to many stores. task is JSON: what to do in each.
CREATE TABLE batch (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organization (id),
    task TEXT NOT NULL,
    started_by TEXT NOT NULL REFERENCES person (id),
    started_at BIGINT NOT NULL,
    address TEXT NOT NULL,
    request_id TEXT NOT NULL,
    stores BIGINT NOT NULL,
    -- The batch that takes it back.
    undone_by TEXT REFERENCES batch (id)
);
CREATE INDEX batch_organization ON batch (organization_id, id);

-- What became of a store of a batch: state is waiting, applied, nothing (there was nothing to do),
-- refused, forbidden (who started it may no longer), gone (the store was archived) or failed. A
-- worker takes a row by moving next_attempt_at past the time it needs, and writes settings and state
-- in one transaction. report is JSON: what was changed, what was left, what was wrong.
CREATE TABLE batch_store (
    batch_id TEXT NOT NULL REFERENCES batch (id),
    store_id TEXT NOT NULL REFERENCES store (id),
    state TEXT NOT NULL,
    report TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    next_attempt_at BIGINT NOT NULL,
    finished_at BIGINT,
    PRIMARY KEY (batch_id, store_id)
);
CREATE INDEX batch_store_waiting ON batch_store (next_attempt_at) WHERE state = 'waiting';
