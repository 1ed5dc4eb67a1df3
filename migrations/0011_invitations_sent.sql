-- Mails of invitations are counted by when one was last sent, which expires_at follows from.
DROP INDEX invitation_sent;
CREATE INDEX invitation_sent ON invitation (organization_id, expires_at);
