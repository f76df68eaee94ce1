-- Accounts at GitHub, and what is kept of a repository's issues, pull requests and the like.

-- An attempt to connect an account, while the browser is at GitHub. Taken out by whoever brings the
-- name back, so that it counts once. The name and the browser's cookie stand here as hashes, the
-- verifier of the code challenge encrypted.
CREATE TABLE oauth_states (
    workspace_id bigint NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    user_id bigint,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    state_hash bytea PRIMARY KEY,
    browser_hash bytea NOT NULL,
    verifier text NOT NULL,
    CONSTRAINT oauth_state_hashes_are_sha256
        CHECK (length(state_hash) = 32 AND length(browser_hash) = 32),
    CONSTRAINT oauth_state_verifier_length CHECK (octet_length(verifier) <= 1000)
);
CREATE INDEX oauth_states_by_end ON oauth_states (expires_at);

-- The account that speaks for a workspace; its secrets are encrypted.
CREATE TABLE oauth_accounts (
    workspace_id bigint NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    account_id bigint NOT NULL,
    -- Counts changes of the token: of two that renew it at a time, the later one gives way.
    version bigint NOT NULL DEFAULT 0,
    installation_id bigint,
    connected_by bigint,
    connected_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    invalid_since timestamptz,
    provider text NOT NULL,
    login text NOT NULL,
    scopes text[] NOT NULL DEFAULT '{}',
    token text,
    refresh_token text,
    invalid_reason text,
    PRIMARY KEY (workspace_id, provider),
    CONSTRAINT oauth_account_provider_known CHECK (provider = 'github'),
    CONSTRAINT oauth_account_login_length CHECK (length(login) BETWEEN 1 AND 200),
    CONSTRAINT oauth_account_tokens_length
        CHECK (octet_length(token) <= 10000 AND octet_length(refresh_token) <= 10000),
    CONSTRAINT oauth_account_invalid_has_reason
        CHECK ((invalid_since IS NULL) = (invalid_reason IS NULL))
);

ALTER TABLE repositories
    -- The webhook that was made for the repository, so that it can be taken away again.
    ADD COLUMN hook_id bigint,
    -- When its issues and the like were read last; null where they are not to be read by themselves.
    ADD COLUMN synchronised_at timestamptz;
CREATE INDEX repositories_by_synchronisation ON repositories (synchronised_at)
    WHERE synchronised_at IS NOT NULL;

-- What GitHub has of a repository besides its files. The text of an item is indexed as a file of the
-- repository's ref 'synced:github', at `path`: so it is cut, embedded, shared and collected like code.
-- A deleted item keeps its row without its text, so that a late listing does not bring it back.
CREATE TABLE synced_items (
    workspace_id bigint NOT NULL,
    repository_id bigint NOT NULL,
    -- GitHub's number for it: within the repository where it has one, else of all GitHub.
    external_id bigint NOT NULL,
    -- The issue, pull request or discussion that it is or belongs to.
    number bigint,
    created_at timestamptz,
    updated_at timestamptz,
    -- When GitHub listed it last.
    seen_at timestamptz NOT NULL,
    -- A delivery said, or a full listing left open, that it is gone: to be asked for by its name.
    doubted_at timestamptz,
    deleted_at timestamptz,
    -- A pull request whose reviews are to be listed.
    reviews_due boolean NOT NULL DEFAULT false,
    kind text NOT NULL,
    path bytea NOT NULL,
    title text NOT NULL,
    url text NOT NULL,
    author text,
    state text,
    -- Of the item's text; null where it has none.
    content_hash bytea,
    body jsonb NOT NULL,
    PRIMARY KEY (workspace_id, repository_id, kind, external_id),
    UNIQUE (workspace_id, repository_id, path),
    FOREIGN KEY (workspace_id, repository_id)
        REFERENCES repositories (workspace_id, id) ON DELETE CASCADE,
    CONSTRAINT synced_item_kind_known CHECK (kind IN (
        'issue', 'pr', 'comment', 'review', 'review_comment', 'release', 'discussion',
        'discussion_comment')),
    CONSTRAINT synced_item_path_length CHECK (length(path) BETWEEN 1 AND 500),
    CONSTRAINT synced_item_hash_is_sha256 CHECK (length(content_hash) = 32),
    CONSTRAINT synced_item_deleted_has_no_text CHECK (deleted_at IS NULL OR content_hash IS NULL)
);
CREATE INDEX synced_items_doubted ON synced_items (workspace_id, repository_id)
    WHERE doubted_at IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX synced_items_reviews_due ON synced_items (workspace_id, repository_id, external_id)
    WHERE reviews_due;
CREATE INDEX synced_items_by_number ON synced_items (workspace_id, repository_id, number);

-- How far each list of a repository has been read. A pass is a walk through the pages of a list:
-- through all of them, or through what changed since a time. It goes on where it was cut off.
CREATE TABLE synced_streams (
    workspace_id bigint NOT NULL,
    repository_id bigint NOT NULL,
    -- When the present pass began, by GitHub's clock; null between passes.
    pass_started_at timestamptz,
    pass_is_full boolean NOT NULL DEFAULT false,
    -- The latest change that the pass has seen.
    pass_newest timestamptz,
    -- What is known completely up to here; null before the first full pass.
    since timestamptz,
    full_at timestamptz,
    completed_at timestamptz,
    stream text NOT NULL,
    -- The page that comes next in the pass: an address, or GitHub's cursor.
    next_page text,
    -- What asks whether the first page of a pass has changed since.
    etag text,
    etag_page text,
    problem text,
    PRIMARY KEY (workspace_id, repository_id, stream),
    FOREIGN KEY (workspace_id, repository_id)
        REFERENCES repositories (workspace_id, id) ON DELETE CASCADE,
    CONSTRAINT synced_stream_known CHECK (stream IN (
        'issues', 'pulls', 'comments', 'review_comments', 'reviews', 'releases', 'discussions')),
    CONSTRAINT synced_stream_page_within_pass
        CHECK (next_page IS NULL OR pass_started_at IS NOT NULL),
    CONSTRAINT synced_stream_etag_has_page CHECK ((etag IS NULL) = (etag_page IS NULL)),
    CONSTRAINT synced_stream_problem_length CHECK (length(problem) <= 4000)
);

SELECT gitdex_share_global('oauth_states');
SELECT gitdex_protect('oauth_accounts');
SELECT gitdex_protect('synced_items');
SELECT gitdex_protect('synced_streams');
