-- A workspace whose deletion has begun stays, under the name that nobody knows.
DROP TABLE audit, invitations, api_keys, memberships, refresh_tokens, sessions;
ALTER TABLE workspaces DROP COLUMN deleted_at;
DROP TABLE users;
