-- The roles stay: they belong to the whole server, and another database of it may use them.
DO $$
BEGIN
    ALTER FUNCTION pg_catalog.ts_match_vq(tsvector, tsquery) NOT LEAKPROOF;
    ALTER FUNCTION pg_catalog.textregexeq(text, text) NOT LEAKPROOF;
EXCEPTION WHEN insufficient_privilege THEN NULL;
END
$$;
CREATE OR REPLACE FUNCTION record_event(workspace bigint, event_kind text, content jsonb)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('gitdex events', 0));
    INSERT INTO events (workspace_id, kind, payload)
        SELECT id, event_kind, content FROM workspaces WHERE id = workspace;
    PERFORM pg_notify('gitdex_events', workspace::text);
END
$$;
DO $$
DECLARE
    kept regclass;
BEGIN
    FOREACH kept IN ARRAY ARRAY[
        'workspaces', 'repositories', 'refs', 'ref_files', 'paths', 'blobs', 'chunks', 'symbols',
        'contents', 'embeddings', 'jobs', 'queue_pauses', 'pull_requests', 'deliveries',
        'delivery_jobs', 'events']::regclass[] LOOP
        EXECUTE format('DROP POLICY gitdex_workspace ON %s', kept);
        EXECUTE format('DROP POLICY IF EXISTS gitdex_system ON %s', kept);
        EXECUTE format(
            'ALTER TABLE %s NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY', kept);
        EXECUTE format('REVOKE ALL ON %s FROM gitdex_app, gitdex_system', kept);
    END LOOP;
    EXECUTE format('REVOKE USAGE ON SCHEMA %I FROM gitdex_app, gitdex_system', current_schema());
    EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM gitdex_app', current_database());
    IF to_regclass('schema_migrations') IS NOT NULL THEN
        REVOKE ALL ON schema_migrations FROM gitdex_app;
    END IF;
END
$$;
REVOKE ALL ON embedders FROM gitdex_app, gitdex_system;
DROP FUNCTION gitdex_share_global(regclass);
DROP FUNCTION gitdex_share(regclass);
DROP FUNCTION gitdex_protect(regclass);
DROP FUNCTION gitdex_workspace();
