import Postgres
import Storage

@testable import Accounts

/// Rows of a workspace in every table that has any.
struct TenantRows {
    let connection: Connection

    /// The tables whose rows belong to workspaces.
    func tables() throws -> [String] {
        try connection.query(
            """
            SELECT table_name FROM information_schema.columns
            WHERE table_schema = 'public' AND column_name = 'workspace_id' ORDER BY table_name
            """
        ).map { try $0.string(0) }
    }

    /// How many rows of a workspace each table has.
    func counts(_ workspace: Int) throws -> [String: Int] {
        var counts: [String: Int] = [:]
        for table in try tables() {
            counts[table] = try connection.query(
                """
                SELECT count(*) FROM \(identifier: table)
                WHERE workspace_id = \(workspace)
                """
            ).only().int(0)
        }
        return counts
    }

    /// The index of a repository with one file, what was delivered about it, and its jobs.
    ///
    /// - Returns: The repository's number.
    @discardableResult
    func fill(_ workspace: Int) throws -> Int {
        let repository = try RemoteStore(connection: connection).connect(
            workspace: workspace, url: "https://example.org/octo/hello")
        try connection.script(
            script.replacing("WORKSPACE", with: String(workspace))
                .replacing("REPOSITORY", with: String(repository.id)))
        return repository.id
    }

    private var script: String {
        """
        INSERT INTO refs (workspace_id, repository_id, name, indexed_commit)
            VALUES (WORKSPACE, REPOSITORY, 'refs/heads/main', decode(repeat('ab', 20), 'hex'));
        INSERT INTO ref_files SELECT WORKSPACE, id, 33188, 1, 'a.py', decode(repeat('cd', 20), 'hex'),
            'python', NULL FROM refs WHERE workspace_id = WORKSPACE;
        INSERT INTO paths VALUES (WORKSPACE, 1, 'a.py', 'a');
        INSERT INTO blobs VALUES (WORKSPACE, 9, 1, 1, decode(repeat('cd', 20), 'hex'), 'python');
        INSERT INTO chunks VALUES (WORKSPACE, 1, 0, 1, 2, decode(repeat('cd', 20), 'hex'), 'python',
            'function', 'a', decode(repeat('ef', 32), 'hex'));
        INSERT INTO symbols VALUES (WORKSPACE, 1, 0, 0, 1, 2, decode(repeat('cd', 20), 'hex'),
            'python', 'function', 'a', 'a', 'a');
        INSERT INTO contents VALUES (WORKSPACE, decode(repeat('ef', 32), 'hex'), 1, 1, 'a', 'def a()');
        INSERT INTO embedders (provider, model, revision, dimensions, token_limit)
            VALUES ('p', 'm', 'r', 3, 1) ON CONFLICT DO NOTHING;
        INSERT INTO embeddings SELECT WORKSPACE, min(id), decode(repeat('ef', 32), 'hex'),
            '[1,2,3]' FROM embedders;
        INSERT INTO pull_requests VALUES (WORKSPACE, REPOSITORY, 1, 'open', now());
        INSERT INTO queue_pauses VALUES (WORKSPACE, 'example.org', now());
        INSERT INTO jobs (workspace_id, kind, unique_key) VALUES (WORKSPACE, 'ref', 'k');
        INSERT INTO deliveries (workspace_id, repository_id, guid, event, content_type, body)
            VALUES (WORKSPACE, REPOSITORY, 'g', 'push', 'json', '{}');
        INSERT INTO oauth_states (workspace_id, expires_at, state_hash, browser_hash, verifier)
            VALUES (WORKSPACE, now(), sha256('s WORKSPACE'), sha256('b'), 'v');
        INSERT INTO oauth_accounts (workspace_id, account_id, provider, login, token)
            VALUES (WORKSPACE, 1, 'github', 'ada', 't');
        INSERT INTO synced_items (workspace_id, repository_id, external_id, seen_at, kind, path, title,
            url, body) VALUES (WORKSPACE, REPOSITORY, 1, now(), 'issue', 'issues/1', 't', 'u', '{}');
        INSERT INTO synced_streams (workspace_id, repository_id, stream)
            VALUES (WORKSPACE, REPOSITORY, 'issues');
        INSERT INTO delivery_jobs SELECT WORKSPACE, id, 1, 1 FROM deliveries
            WHERE workspace_id = WORKSPACE;
        """
    }
}
