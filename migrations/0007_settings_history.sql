-- History of settings that can be undone, and secrets.

-- saved_by is a person's identifier or 'system'; touched tells of each field which version changed
-- it last, by whom and when, as JSON {field: {version, by, at}}.
CREATE TABLE setting_document_next (
    scope_id TEXT NOT NULL,
    section TEXT NOT NULL,
    version BIGINT NOT NULL,
    body TEXT NOT NULL,
    touched TEXT NOT NULL,
    saved_by TEXT NOT NULL,
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (scope_id, section)
);
INSERT INTO setting_document_next (scope_id, section, version, body, touched, saved_by, saved_at)
SELECT scope_id, section, version, body, '{}', saved_by, saved_at FROM setting_document;
DROP TABLE setting_document;
ALTER TABLE setting_document_next RENAME TO setting_document;

-- how: save, undo:<version>, return:<version>, apply, batch:<id>. snapshot: the whole document as
-- it was after this save, at every fiftieth version.
CREATE TABLE setting_change_next (
    scope_id TEXT NOT NULL,
    section TEXT NOT NULL,
    version BIGINT NOT NULL,
    changes TEXT NOT NULL,
    how TEXT NOT NULL,
    address TEXT NOT NULL,
    request_id TEXT NOT NULL,
    snapshot TEXT,
    saved_by TEXT NOT NULL,
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (scope_id, section, version)
);
INSERT INTO setting_change_next (scope_id, section, version, changes, how, address, request_id,
    snapshot, saved_by, saved_at)
SELECT scope_id, section, version, changes, 'save', '', '', NULL, saved_by, saved_at
FROM setting_change;
DROP TABLE setting_change;
ALTER TABLE setting_change_next RENAME TO setting_change;
CREATE INDEX setting_change_place ON setting_change (scope_id, saved_at, section, version);
CREATE INDEX setting_change_snapshot ON setting_change (scope_id, section, version)
    WHERE snapshot IS NOT NULL;

-- A value that nobody may read again. A row never changes: documents, also past ones, name it by
-- its id.
CREATE TABLE setting_secret (
    id TEXT PRIMARY KEY,
    scope_id TEXT NOT NULL,
    section TEXT NOT NULL,
    field TEXT NOT NULL,
    sealed TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
