// What the twins keep their data in. It is made from the same members as ours.
export const SCHEMA = `
  CREATE TABLE store (id TEXT PRIMARY KEY, name TEXT NOT NULL, organization TEXT NOT NULL);
  CREATE TABLE role (code TEXT PRIMARY KEY, name TEXT NOT NULL, position INTEGER NOT NULL);
  CREATE TABLE person (id TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT NOT NULL, name_key TEXT NOT NULL, theme TEXT NOT NULL DEFAULT 'system');
  CREATE TABLE session (token_hash TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES person (id), expires_at INTEGER NOT NULL);
  CREATE TABLE member (
    id TEXT PRIMARY KEY,
    store TEXT NOT NULL REFERENCES store (id),
    person TEXT REFERENCES person (id),
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    email TEXT NOT NULL,
    role TEXT NOT NULL REFERENCES role (code),
    seen INTEGER NOT NULL,
    status TEXT NOT NULL,
    UNIQUE (store, email)
  );
  CREATE INDEX member_name ON member (store, name_key, id);
`;
