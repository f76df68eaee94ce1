import Postgres

extension IndexStore {
    /// How long the end of another's session is waited for.
    private static let endingMilliseconds = 5_000

    /// Runs `body` as the only one that follows a ref of a remote: another that still does has lost
    /// its right to, and its session is ended.
    ///
    /// A worker whose lease ran out may hold the ref's lock for as long as its connection lives: it
    /// may be stopped, or cut off without a word. Whoever has the job now would wait for it. What its
    /// session had begun is rolled back.
    ///
    /// Sessions that hold the ref for another reason, such as a verification, are waited for as ever.
    ///
    /// - Parameters:
    ///   - name: The ref's full name.
    ///   - repository: The repository's number.
    ///   - onEnded: Called when a session of another was ended.
    ///   - body: The work.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws, or what the database said.
    public func followingAlone<R>(
        _ name: String, ofRepository repository: Int, onEnded: () -> Void = {},
        _ body: () throws -> R
    ) throws -> R {
        let key = "gitdex follow \(workspace) \(repository) \(name)"
        // The login's sessions are its own to end.
        let rows = try connection.scoped(.owner).pipeline([
            // Shared, so that the one before does not hold it up.
            "SELECT pg_advisory_lock_shared(hashtextextended(\(key), 0))",
            """
            SELECT pg_terminate_backend(pid, \(Self.endingMilliseconds)) FROM pg_locks
            WHERE locktype = 'advisory' AND objsubid = 1 AND granted
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                AND classid::bigint << 32 | objid::bigint = hashtextextended(\(key), 0)
                AND pid <> pg_backend_pid()
            """,
        ])
        if !rows[1].isEmpty { onEnded() }
        defer {
            // A connection that is gone has let go of its locks already.
            _ = try? connection.query(
                "SELECT pg_advisory_unlock_shared(hashtextextended(\(key), 0))")
        }
        return try body()
    }
}
