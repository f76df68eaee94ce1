-- Row security: what a transaction sees is decided here, whatever the program's statements say.
--
-- Two roles that nobody logs in as. A transaction takes one of them and names its workspace; a
-- connection of the program starts as gitdex_app without a workspace and then sees nothing.
--   gitdex_app     the rows of the workspace that the setting gitdex.workspace names
--   gitdex_system  the rows of all workspaces, in the few tables that cannot be asked for otherwise:
--                  what a delivery concerns, whose job is next, who signs in
-- Roles belong to the whole server: another database of it may have made them already, or make them
-- at this moment.
DO $$
DECLARE
    wanted name;
    made record;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['gitdex_app', 'gitdex_system'] LOOP
        IF to_regrole(wanted::text) IS NULL THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
            EXCEPTION
                WHEN duplicate_object OR unique_violation THEN NULL;
                WHEN insufficient_privilege THEN
                    RAISE insufficient_privilege USING MESSAGE = format(
                        'the login %s may not create roles; have an administrator of the server run '
                        || 'once: CREATE ROLE gitdex_app NOLOGIN; CREATE ROLE gitdex_system NOLOGIN; '
                        || 'GRANT gitdex_app, gitdex_system TO %1$I;', session_user);
            END;
        END IF;
        SELECT rolsuper OR rolbypassrls AS is_exempt INTO made
            FROM pg_roles WHERE rolname = wanted;
        IF made.is_exempt THEN
            RAISE insufficient_privilege USING MESSAGE = format(
                'the role %s is exempt from row security; run: ALTER ROLE %1$I NOSUPERUSER NOBYPASSRLS;',
                wanted);
        END IF;
        -- A superuser may take any role; who made one need not have the right to take it.
        BEGIN
            PERFORM set_config('role', wanted::text, true);
            PERFORM set_config('role', 'none', true);
        EXCEPTION WHEN insufficient_privilege THEN
            BEGIN
                -- To be taken, not to be had all the time.
                EXECUTE format('GRANT %I TO %I', wanted, session_user)
                    || CASE WHEN current_setting('server_version_num')::integer >= 160000
                        THEN ' WITH INHERIT FALSE' ELSE '' END;
            EXCEPTION WHEN insufficient_privilege THEN
                RAISE insufficient_privilege USING MESSAGE = format(
                    'the login %s may not take the role %s; have an administrator of the server run '
                    || 'once: GRANT gitdex_app, gitdex_system TO %1$I;', session_user, wanted);
            END;
        END;
    END LOOP;
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO gitdex_app, gitdex_system', current_schema());
    -- File rows on their way into a ref lie in a temporary table.
    EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO gitdex_app', current_database());
    -- Whether the schema is the program's is asked at each start, whoever logs in.
    IF to_regclass('schema_migrations') IS NOT NULL THEN
        GRANT SELECT ON schema_migrations TO gitdex_app;
    END IF;
END
$$;

-- The transaction's workspace. A SQL function, so that the planner puts its text in its place.
CREATE FUNCTION gitdex_workspace() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT nullif(current_setting('gitdex.workspace', true), '')::bigint
$$;

-- Keeps a tenant's table: whoever does not name a workspace sees none of its rows, and nobody sees
-- those of two. FORCE makes that hold for the owner of the table too. Call it in the step that makes
-- the table.
CREATE FUNCTION gitdex_protect(tenant_table regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    -- The table of the workspaces themselves has no other column for them.
    key name := CASE WHEN tenant_table = to_regclass('workspaces') THEN 'id' ELSE 'workspace_id' END;
BEGIN
    EXECUTE format(
        'ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
        'CREATE POLICY gitdex_workspace ON %s USING (%I = gitdex_workspace()) '
        || 'WITH CHECK (%2$I = gitdex_workspace())', tenant_table, key);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO gitdex_app', tenant_table);
END
$$;

-- Opens a kept table to the service itself, over all workspaces.
CREATE FUNCTION gitdex_share(tenant_table regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'CREATE POLICY gitdex_system ON %s TO gitdex_system USING (true) WITH CHECK (true)',
        tenant_table);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO gitdex_system', tenant_table);
END
$$;

-- Keeps a table that belongs to no workspace for the service alone.
CREATE FUNCTION gitdex_share_global(global_table regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format(
        'ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', global_table);
    PERFORM gitdex_share(global_table);
END
$$;

SELECT gitdex_protect(t::regclass) FROM unnest(ARRAY[
    'workspaces', 'repositories', 'refs', 'ref_files', 'paths', 'blobs', 'chunks', 'symbols',
    'contents', 'embeddings', 'jobs', 'queue_pauses', 'pull_requests', 'deliveries',
    'delivery_jobs', 'events']) AS t;
SELECT gitdex_share(t::regclass) FROM unnest(ARRAY[
    'workspaces', 'repositories', 'refs', 'jobs', 'queue_pauses', 'pull_requests', 'deliveries',
    'delivery_jobs', 'events']) AS t;
-- Within its scope a workspace looks at its own row; only the service makes, changes or ends one.
REVOKE INSERT, UPDATE, DELETE ON workspaces FROM gitdex_app;
-- The models are the same for all.
GRANT SELECT, INSERT ON embedders TO gitdex_app;
GRANT SELECT ON embedders TO gitdex_system;

-- An event is written when the transaction commits, under whatever scope that ends in, or under the
-- owner of a table whose rows went with those they belong to: so it names its own workspace.
CREATE OR REPLACE FUNCTION record_event(workspace bigint, event_kind text, content jsonb)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    outer_workspace text := coalesce(current_setting('gitdex.workspace', true), '');
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('gitdex events', 0));
    PERFORM set_config('gitdex.workspace', workspace::text, true);
    INSERT INTO events (workspace_id, kind, payload)
        SELECT id, event_kind, content FROM workspaces WHERE id = workspace;
    PERFORM set_config('gitdex.workspace', outer_workspace, true);
    PERFORM pg_notify('gitdex_events', workspace::text);
END
$$;

-- The server looks at a row's workspace before anything that could tell of rows that are not shown.
-- A search for words or by a pattern uses its index only where its operator is known to tell
-- nothing, which these two do not: they answer yes or no, and fail for no row's sake. Only a
-- superuser may say so. Without it every text of the workspace is read, which gitdex doctor shows.
DO $$
BEGIN
    ALTER FUNCTION pg_catalog.ts_match_vq(tsvector, tsquery) LEAKPROOF;
    ALTER FUNCTION pg_catalog.textregexeq(text, text) LEAKPROOF;
EXCEPTION WHEN insufficient_privilege THEN
    RAISE NOTICE 'searches are slow until a superuser runs: '
        'ALTER FUNCTION ts_match_vq(tsvector, tsquery) LEAKPROOF; '
        'ALTER FUNCTION textregexeq(text, text) LEAKPROOF;';
END
$$;
