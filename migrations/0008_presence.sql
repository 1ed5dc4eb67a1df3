-- Who has a section of settings open to change it. A note that ends by itself, not a change.

CREATE TABLE presence (
    scope_id TEXT NOT NULL,
    section TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES person (id),
    opened_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    PRIMARY KEY (scope_id, section, person_id)
);
CREATE INDEX presence_by_time ON presence (seen_at);
