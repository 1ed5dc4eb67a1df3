-- The audit log's page, keys and proof; how long the outbox remembers.

-- number: the chain's place in the register (0: begun before there was one). keyed_from: the first
-- position whose hash is keyed (0: none). seal: a keyed hash of this row.
ALTER TABLE audit_chain ADD COLUMN number BIGINT NOT NULL DEFAULT 0;
ALTER TABLE audit_chain ADD COLUMN keyed_from BIGINT NOT NULL DEFAULT 0;
ALTER TABLE audit_chain ADD COLUMN seal TEXT NOT NULL DEFAULT '';

-- One row: how many chains were begun, and a keyed hash of all their names in order.
CREATE TABLE audit_register (
    id TEXT PRIMARY KEY CHECK (id = 'register'),
    chains BIGINT NOT NULL,
    head TEXT NOT NULL
);

-- How far a chain was proven. position and head: where the round under way stands. The rest is
-- what the last whole round found (broken_at is 0 where nothing is wrong). seal: a keyed hash of
-- this row.
CREATE TABLE audit_check (
    chain TEXT PRIMARY KEY,
    position BIGINT NOT NULL,
    head TEXT NOT NULL,
    finished_at BIGINT NOT NULL,
    entries BIGINT NOT NULL,
    broken_at BIGINT NOT NULL,
    problem TEXT NOT NULL,
    seal TEXT NOT NULL
);

-- A page of the list, newest first: of all, by person, by action, by store.
CREATE INDEX audit_entry_time ON audit_entry (chain, at, position);
CREATE INDEX audit_entry_actor ON audit_entry (chain, actor, at, position);
CREATE INDEX audit_entry_action ON audit_entry (chain, action, at, position);
CREATE INDEX audit_entry_store ON audit_entry (chain, store_id, at, position);

CREATE INDEX outbox_finished ON outbox (finished_at) WHERE finished_at IS NOT NULL;
