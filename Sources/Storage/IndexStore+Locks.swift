import Postgres

extension IndexStore {
    /// Runs `body` while nobody else indexes the same ref and nothing is collected.
    ///
    /// Waits for whoever holds the ref. The locks go with the connection, so a killed process leaves
    /// none behind.
    ///
    /// - Parameters:
    ///   - repository: The repository's number.
    ///   - name: The ref's full name.
    ///   - onWait: Called when somebody else holds the ref, or collects, and is waited for.
    ///   - body: The work.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws, or what the database said.
    public func withRefLock<R>(
        repository: Int, name: String, onWait: () -> Void = {}, _ body: () throws -> R
    ) throws -> R {
        let key = "gitdex ref \(workspace) \(repository) \(name)"
        let attempts = try connection.pipeline([
            "SELECT pg_try_advisory_lock_shared(hashtextextended(\(collectionKey), 0))",
            "SELECT pg_try_advisory_lock(hashtextextended(\(key), 0))",
        ])
        let isHeld = try attempts.map { try $0.only().bool(0) }
        if isHeld.contains(false) { onWait() }
        // Who collects takes no ref, so holding the one while waiting for the other is no circle.
        if !isHeld[0] {
            _ = try connection.query(
                "SELECT pg_advisory_lock_shared(hashtextextended(\(collectionKey), 0))")
        }
        if !isHeld[1] {
            _ = try connection.query("SELECT pg_advisory_lock(hashtextextended(\(key), 0))")
        }
        lockingGeneration = connection.generation
        defer {
            lockingGeneration = nil
            // A connection that is gone has let go of its locks already.
            _ = try? connection.pipeline([
                "SELECT pg_advisory_unlock(hashtextextended(\(key), 0))",
                "SELECT pg_advisory_unlock_shared(hashtextextended(\(collectionKey), 0))",
            ])
        }
        return try body()
    }

    /// Makes sure that the locks of the ref, where it was locked, are held still.
    ///
    /// A lost connection is opened anew without a word, but the locks went with the old session:
    /// content may have been collected since.
    func checkLock() throws {
        guard let lockingGeneration else { return }
        let lockLost = StorageError(
            code: .lockLost, message: "the connection to the database was lost meanwhile",
            remedy: "run the command again; what was stored is used")
        do {
            // The statement finds out whether the session lives.
            _ = try connection.query("SELECT 1")
        } catch  where error.code == .connectionLost {
            throw lockLost
        }
        if connection.generation != lockingGeneration { throw lockLost }
    }

    /// Runs `body` while nobody indexes anything in the workspace.
    ///
    /// - Parameters:
    ///   - onWait: Called when somebody indexes and is waited for.
    ///   - body: The work.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws, or what the database said.
    public func withCollectionLock<R>(
        onWait: () -> Void = {}, _ body: () throws -> R
    ) throws -> R {
        let isHeld = try connection.query(
            "SELECT pg_try_advisory_lock(hashtextextended(\(collectionKey), 0))"
        ).only().bool(0)
        if !isHeld {
            onWait()
            _ = try connection.query(
                "SELECT pg_advisory_lock(hashtextextended(\(collectionKey), 0))")
        }
        defer {
            _ = try? connection.query(
                "SELECT pg_advisory_unlock(hashtextextended(\(collectionKey), 0))")
        }
        return try body()
    }

    private var collectionKey: String { Self.collectionKey(ofWorkspace: workspace) }

    /// The name of the lock that whoever indexes in a workspace shares.
    static func collectionKey(ofWorkspace workspace: Int) -> String {
        "gitdex collect \(workspace)"
    }
}
