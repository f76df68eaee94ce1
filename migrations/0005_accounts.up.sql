-- Who signs in, in which workspaces they work, and what was done that bears on security.
--
-- Passwords and tokens stand here as hashes only. Public ids are drawn by chance and say nothing
-- about how many there are. Addresses stand in the one form that the program computes.

-- A workspace that is being deleted. It gave its public id away, so that nobody finds it any more;
-- its rows go in parts, and the workspace itself last.
ALTER TABLE workspaces ADD COLUMN deleted_at timestamptz;
CREATE INDEX workspaces_being_deleted ON workspaces (id) WHERE deleted_at IS NOT NULL;

CREATE TABLE users (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    created_at timestamptz NOT NULL DEFAULT now(),
    disabled_at timestamptz,
    last_login_at timestamptz,
    password_changed_at timestamptz NOT NULL DEFAULT now(),
    public_id text NOT NULL UNIQUE,
    email text NOT NULL UNIQUE,
    -- Names its algorithm and parameters, so that they can rise.
    password_hash text NOT NULL,
    CONSTRAINT user_public_id_form CHECK (public_id ~ '^[a-z0-9]{1,64}$'),
    CONSTRAINT user_email_length CHECK (octet_length(email) BETWEEN 3 AND 254),
    CONSTRAINT user_password_hash_form
        CHECK (password_hash LIKE '$%' AND octet_length(password_hash) <= 400)
);

-- A session is the family of the refresh tokens that followed from one login.
CREATE TABLE sessions (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    -- However often it is refreshed.
    expires_at timestamptz NOT NULL,
    ended_at timestamptz,
    public_id text NOT NULL UNIQUE,
    end_reason text,
    CONSTRAINT session_public_id_form CHECK (public_id ~ '^[a-z0-9]{1,64}$'),
    CONSTRAINT session_end_has_reason CHECK ((ended_at IS NULL) = (end_reason IS NULL)),
    CONSTRAINT session_end_reason_known CHECK (
        end_reason IN ('logout', 'reuse', 'password', 'disabled'))
);
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- A used token stays until its session is forgotten: that it comes again is how theft shows.
CREATE TABLE refresh_tokens (
    session_id bigint NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    hash bytea PRIMARY KEY,
    CONSTRAINT refresh_token_hash_is_sha256 CHECK (length(hash) = 32)
);
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);

CREATE TABLE memberships (
    workspace_id bigint NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    user_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    role text NOT NULL,
    PRIMARY KEY (workspace_id, user_id),
    CONSTRAINT membership_role_known CHECK (role IN ('reader', 'member', 'admin', 'owner'))
);
CREATE INDEX memberships_by_user ON memberships (user_id);

-- Whoever is no member any more has no key either.
CREATE TABLE api_keys (
    workspace_id bigint NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    user_id bigint NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    last_used_at timestamptz,
    revoked_at timestamptz,
    public_id text NOT NULL UNIQUE,
    name text NOT NULL,
    -- How the key begins, for people to tell keys apart.
    prefix text NOT NULL,
    scopes text[] NOT NULL,
    hash bytea NOT NULL UNIQUE,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, user_id)
        REFERENCES memberships (workspace_id, user_id) ON DELETE CASCADE,
    CONSTRAINT api_key_public_id_form CHECK (public_id ~ '^[a-z0-9]{1,64}$'),
    CONSTRAINT api_key_name_length CHECK (length(name) BETWEEN 1 AND 100),
    CONSTRAINT api_key_prefix_length CHECK (length(prefix) BETWEEN 1 AND 16),
    CONSTRAINT api_key_scopes_known CHECK (
        scopes <@ ARRAY['search', 'index', 'admin'] AND cardinality(scopes) BETWEEN 1 AND 3),
    CONSTRAINT api_key_hash_is_sha256 CHECK (length(hash) = 32)
);
CREATE INDEX api_keys_by_user ON api_keys (workspace_id, user_id);

CREATE TABLE invitations (
    workspace_id bigint NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    id bigint GENERATED ALWAYS AS IDENTITY,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    ended_at timestamptz,
    public_id text NOT NULL UNIQUE,
    email text NOT NULL,
    role text NOT NULL,
    hash bytea NOT NULL UNIQUE,
    PRIMARY KEY (workspace_id, id),
    CONSTRAINT invitation_public_id_form CHECK (public_id ~ '^[a-z0-9]{1,64}$'),
    CONSTRAINT invitation_email_length CHECK (octet_length(email) BETWEEN 3 AND 254),
    CONSTRAINT invitation_role_known CHECK (role IN ('reader', 'member', 'admin', 'owner')),
    CONSTRAINT invitation_hash_is_sha256 CHECK (length(hash) = 32)
);
-- A new invitation takes the place of the one before.
CREATE UNIQUE INDEX invitations_one_pending ON invitations (workspace_id, email)
    WHERE ended_at IS NULL;

-- What bears on security. Rows are added and never changed; those of a workspace go with it.
-- actor and subject are public ids, so that they mean something when what they name is gone.
CREATE TABLE audit (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    workspace_id bigint REFERENCES workspaces (id) ON DELETE CASCADE,
    at timestamptz NOT NULL DEFAULT now(),
    actor text NOT NULL,
    event text NOT NULL,
    subject text,
    address text,
    request_id text,
    CONSTRAINT audit_actor_length CHECK (length(actor) BETWEEN 1 AND 100),
    CONSTRAINT audit_event_form CHECK (event ~ '^[a-z0-9._-]{1,64}$'),
    CONSTRAINT audit_subject_length CHECK (length(subject) BETWEEN 1 AND 300),
    CONSTRAINT audit_address_length CHECK (length(address) BETWEEN 1 AND 100),
    CONSTRAINT audit_request_id_length CHECK (length(request_id) BETWEEN 1 AND 200)
);
CREATE INDEX audit_by_workspace ON audit (workspace_id, id);

SELECT gitdex_share_global('users');
SELECT gitdex_share_global('sessions');
SELECT gitdex_share_global('refresh_tokens');
SELECT gitdex_protect('memberships'), gitdex_share('memberships');
SELECT gitdex_protect('api_keys'), gitdex_share('api_keys');
SELECT gitdex_protect('invitations'), gitdex_share('invitations');
SELECT gitdex_protect('audit'), gitdex_share('audit');
