-- An organization's settings: its information, with a logo.

-- store_id is null where the image is the organization's own.
CREATE TABLE image_next (
    id TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organization (id),
    store_id TEXT REFERENCES store (id),
    content_type TEXT NOT NULL,
    body TEXT NOT NULL,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
INSERT INTO image_next (id, organization_id, store_id, content_type, body, width, height,
    created_at)
SELECT i.id, s.organization_id, i.store_id, i.content_type, i.body, i.width, i.height, i.created_at
FROM image i JOIN store s ON s.id = i.store_id;
DROP TABLE image;
ALTER TABLE image_next RENAME TO image;

-- Each organization begins with the name that it has: names hold no control characters.
INSERT INTO setting_document (scope_id, section, version, body, saved_by, saved_at)
SELECT o.id, 'information', 1,
    '{"name":"' || REPLACE(REPLACE(o.name, '\', '\\'), '"', '\"') || '"}', MIN(m.person_id),
    o.created_at
FROM organization o
JOIN organization_member m ON m.organization_id = o.id AND m.role = 'owner'
GROUP BY o.id, o.name, o.created_at;
