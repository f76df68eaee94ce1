-- Remote repositories, what GitHub delivered about them, and what browsers are told.

-- A secret stands here encrypted only. location and full_name are url in the forms that a delivery
-- names it by; the program computes both.
ALTER TABLE repositories
    ADD COLUMN location text,
    ADD COLUMN full_name text,
    ADD COLUMN provider_id bigint,
    ADD COLUMN default_ref text,
    ADD COLUMN archived boolean NOT NULL DEFAULT false,
    ADD COLUMN credentials text,
    ADD COLUMN webhook_secret text,
    -- Also valid for a while after a change, since both sides cannot change at one moment.
    ADD COLUMN previous_webhook_secret text,
    ADD COLUMN previous_secret_until timestamptz,
    -- The provider's own time of the newest description that was taken over: an older one that
    -- comes late changes nothing.
    ADD COLUMN described_at timestamptz,
    -- The provider said that it was deleted or hidden. Whether that is so shows at the remote.
    ADD COLUMN access_doubted_at timestamptz,
    ADD COLUMN last_reconciled_at timestamptz,
    ADD COLUMN poll_interval_seconds integer,
    ADD CONSTRAINT repository_location_length CHECK (length(location) BETWEEN 1 AND 8192),
    ADD CONSTRAINT repository_full_name_length CHECK (length(full_name) BETWEEN 1 AND 1024),
    ADD CONSTRAINT repository_default_ref_length CHECK (length(default_ref) BETWEEN 1 AND 1024),
    ADD CONSTRAINT repository_poll_interval_in_range
        CHECK (poll_interval_seconds BETWEEN 1 AND 31536000),
    ADD CONSTRAINT repository_previous_secret_ends
        CHECK ((previous_webhook_secret IS NULL) = (previous_secret_until IS NULL));
-- A delivery names a repository, never a workspace.
CREATE INDEX repositories_by_provider_id ON repositories (provider_id);
CREATE INDEX repositories_by_location ON repositories USING hash (location);
CREATE INDEX repositories_by_full_name ON repositories (full_name);
CREATE INDEX repositories_by_reconciliation ON repositories (last_reconciled_at)
    WHERE provider <> 'local';

-- updated_at is the provider's. A pull request that was closed stays closed when an older event
-- about it comes late.
CREATE TABLE pull_requests (
    workspace_id bigint NOT NULL,
    repository_id bigint NOT NULL,
    number integer NOT NULL,
    state text NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, repository_id, number),
    FOREIGN KEY (workspace_id, repository_id)
        REFERENCES repositories (workspace_id, id) ON DELETE CASCADE,
    CONSTRAINT pull_request_number_positive CHECK (number > 0),
    CONSTRAINT pull_request_state_known CHECK (state IN ('open', 'closed'))
);

-- What was accepted, one row for each workspace that it concerns. guid is GitHub's name for a
-- delivery, which a redelivery keeps. run counts how often its jobs were queued.
CREATE TABLE deliveries (
    workspace_id bigint NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id bigint GENERATED ALWAYS AS IDENTITY,
    repository_id bigint,
    received_at timestamptz NOT NULL DEFAULT now(),
    run integer NOT NULL DEFAULT 1,
    guid text NOT NULL,
    event text NOT NULL,
    content_type text NOT NULL,
    body bytea NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, guid),
    FOREIGN KEY (workspace_id, repository_id)
        REFERENCES repositories (workspace_id, id) ON DELETE SET NULL (repository_id),
    CONSTRAINT delivery_guid_length CHECK (length(guid) BETWEEN 1 AND 128),
    CONSTRAINT delivery_event_length CHECK (length(event) BETWEEN 1 AND 128),
    CONSTRAINT delivery_content_type_known CHECK (content_type IN ('json', 'form')),
    CONSTRAINT delivery_body_within_limit CHECK (length(body) <= 26214400)
);
CREATE INDEX deliveries_by_time ON deliveries (received_at);

-- The jobs that a run of a delivery queued or joined. A job is forgotten sooner than its row here.
CREATE TABLE delivery_jobs (
    workspace_id bigint NOT NULL,
    delivery_id bigint NOT NULL,
    run integer NOT NULL,
    job_id bigint NOT NULL,
    PRIMARY KEY (workspace_id, delivery_id, run, job_id),
    FOREIGN KEY (workspace_id, delivery_id)
        REFERENCES deliveries (workspace_id, id) ON DELETE CASCADE
);

-- What browsers are told. Whoever has read up to a number goes on after it and must miss nothing, so
-- numbers have to become visible in their order: the triggers run when a transaction commits and let
-- one after another through. NOTIFY does the same, so that this costs no commit more than it did.
-- Without a foreign key, whose lock on the workspace could be waited for in the other order.
CREATE TABLE events (
    workspace_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    created_at timestamptz NOT NULL DEFAULT now(),
    kind text NOT NULL,
    payload jsonb NOT NULL,
    PRIMARY KEY (workspace_id, id),
    CONSTRAINT event_kind_known CHECK (kind IN ('index', 'job'))
);
CREATE INDEX events_by_time ON events (created_at);

CREATE FUNCTION record_event(workspace bigint, event_kind text, content jsonb) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('gitdex events', 0));
    INSERT INTO events (workspace_id, kind, payload)
        SELECT id, event_kind, content FROM workspaces WHERE id = workspace;
    PERFORM pg_notify('gitdex_events', workspace::text);
END
$$;

CREATE FUNCTION record_ref_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM record_event(OLD.workspace_id, 'index', jsonb_build_object(
            'repository', OLD.repository_id, 'ref', OLD.name, 'commit', NULL));
    ELSE
        PERFORM record_event(NEW.workspace_id, 'index', jsonb_build_object(
            'repository', NEW.repository_id, 'ref', NEW.name,
            'commit', encode(NEW.indexed_commit, 'hex')));
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER refs_insert_event AFTER INSERT ON refs
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.indexed_commit IS NOT NULL) EXECUTE FUNCTION record_ref_event();
CREATE CONSTRAINT TRIGGER refs_update_event AFTER UPDATE OF indexed_commit ON refs
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.indexed_commit IS DISTINCT FROM OLD.indexed_commit)
    EXECUTE FUNCTION record_ref_event();
CREATE CONSTRAINT TRIGGER refs_delete_event AFTER DELETE ON refs
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.indexed_commit IS NOT NULL) EXECUTE FUNCTION record_ref_event();

CREATE FUNCTION record_job_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM record_event(NEW.workspace_id, 'job', jsonb_build_object(
        'id', NEW.id, 'kind', NEW.kind, 'state', NEW.state, 'attempts', NEW.attempts,
        'repository', NEW.payload -> 'repository', 'ref', NEW.payload -> 'ref',
        'progress', CASE WHEN NEW.progress_total IS NOT NULL THEN jsonb_build_object(
            'done', NEW.progress_done, 'total', NEW.progress_total) END));
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER jobs_insert_event AFTER INSERT ON jobs
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION record_job_event();
CREATE CONSTRAINT TRIGGER jobs_update_event
    AFTER UPDATE OF state, progress_done, progress_total ON jobs
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.state IS DISTINCT FROM OLD.state
        OR NEW.progress_done IS DISTINCT FROM OLD.progress_done
        OR NEW.progress_total IS DISTINCT FROM OLD.progress_total)
    EXECUTE FUNCTION record_job_event();

CREATE FUNCTION forget_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM events WHERE workspace_id = OLD.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER workspaces_delete_events AFTER DELETE ON workspaces FOR EACH ROW
    EXECUTE FUNCTION forget_events();
