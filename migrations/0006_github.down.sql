DELETE FROM refs WHERE name = 'synced:github';
DROP TABLE synced_streams, synced_items;
ALTER TABLE repositories
    DROP COLUMN hook_id,
    DROP COLUMN synchronised_at;
DROP TABLE oauth_accounts, oauth_states;
