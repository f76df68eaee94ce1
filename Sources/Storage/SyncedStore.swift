import Cryptography
public import Git
public import Postgres

/// What is kept of a repository's issues, pull requests and the like, over one connection.
///
/// Not Sendable: it belongs to the thread that its connection belongs to.
public struct SyncedStore {
    /// The connection that every statement runs on.
    public let connection: Connection
    /// The workspace's number.
    public let workspace: Int
    /// The repository's number.
    public let repository: Int

    /// Opens the store of a repository; costs nothing.
    ///
    /// - Parameters:
    ///   - connection: A connection to a database with the schema of this program.
    ///   - workspace: The workspace's number.
    ///   - repository: The repository's number.
    public init(connection: Connection, workspace: Int, repository: Int) {
        self.connection = connection
        self.workspace = workspace
        self.repository = repository
    }

    /// The condition that a row of either table is this repository's.
    var isHere: SQL { "workspace_id = \(workspace) AND repository_id = \(repository)" }

    // MARK: Lists

    /// Returns how far a list has been read.
    ///
    /// - Parameter stream: Which list.
    /// - Returns: Where it stands; a list that was never read stands at its beginning.
    /// - Throws: What the database said.
    public func stream(_ stream: SyncedStream) throws -> SyncedStreamRecord {
        try connection.inScope(.workspace(workspace)) {
            let rows = try connection.query(
                """
                SELECT pass_started_at, pass_is_full, pass_newest, next_page, since, full_at,
                    completed_at, etag, etag_page, problem
                FROM synced_streams WHERE \(isHere) AND stream = \(stream.rawValue)
                """)
            var record = SyncedStreamRecord(stream)
            guard let row = rows.first else { return record }
            record.passStartedAt = try row.optionalTimestamp(0)
            record.passIsFull = try row.bool(1)
            record.passNewest = try row.optionalTimestamp(2)
            record.nextPage = try row.optionalString(3)
            record.since = try row.optionalTimestamp(4)
            record.fullAt = try row.optionalTimestamp(5)
            record.completedAt = try row.optionalTimestamp(6)
            record.etag = try row.optionalString(7)
            record.etagPage = try row.optionalString(8)
            record.problem = try row.optionalString(9)
            return record
        }
    }

    /// Writes down how far a list has been read.
    ///
    /// - Parameter record: Where it stands.
    /// - Throws: What the database said.
    public func save(_ record: SyncedStreamRecord) throws {
        try connection.inScope(.workspace(workspace)) {
            try connection.execute(
                """
                INSERT INTO synced_streams (workspace_id, repository_id, stream, pass_started_at,
                    pass_is_full, pass_newest, next_page, since, full_at, completed_at, etag,
                    etag_page, problem)
                VALUES (\(workspace), \(repository), \(record.stream.rawValue),
                    \(SQL.bound(record.passStartedAt)), \(record.passIsFull),
                    \(SQL.bound(record.passNewest)), \(SQL.bound(record.nextPage)),
                    \(SQL.bound(record.since)), \(SQL.bound(record.fullAt)),
                    CASE WHEN \(record.endsPass) THEN clock_timestamp()
                        ELSE \(SQL.bound(record.completedAt))::timestamptz END,
                    \(SQL.bound(record.etag)),
                    \(SQL.bound(record.etagPage)), \(SQL.bound(record.problem)))
                ON CONFLICT (workspace_id, repository_id, stream) DO UPDATE SET
                    pass_started_at = excluded.pass_started_at,
                    pass_is_full = excluded.pass_is_full, pass_newest = excluded.pass_newest,
                    next_page = excluded.next_page, since = excluded.since,
                    full_at = excluded.full_at, completed_at = excluded.completed_at,
                    etag = excluded.etag, etag_page = excluded.etag_page,
                    problem = excluded.problem
                """)
        }
    }

    /// Writes down why a list cannot be read.
    ///
    /// - Parameters:
    ///   - problem: Why, for people to read; without secrets.
    ///   - stream: Which list.
    /// - Throws: What the database said.
    public func setProblem(_ problem: String, of stream: SyncedStream) throws {
        var record = try self.stream(stream)
        record.problem = String(problem.prefix(1000))
        try save(record)
    }

    // MARK: Items

    /// Returns those of some items whose texts are not the ones that are indexed.
    ///
    /// - Parameter items: The items.
    /// - Returns: The items that are new, or whose text is another one.
    /// - Throws: What the database said.
    public func changed(among items: [SyncedItemRecord]) throws -> [SyncedItemRecord] {
        guard !items.isEmpty else { return [] }
        let rows = try connection.inScope(.workspace(workspace)) {
            try connection.query(
                """
                SELECT i.kind, i.external_id, i.content_hash FROM synced_items i
                JOIN unnest(\(items.map(\.kind.rawValue)), \(items.map(\.externalID)))
                    AS k (kind, id) ON i.kind = k.kind AND i.external_id = k.id
                WHERE i.workspace_id = \(workspace) AND i.repository_id = \(repository)
                """)
        }
        var hashes: [Key: SHA256Digest?] = [:]
        for row in rows {
            hashes[Key(kind: try row.string(0), id: try row.int(1))] =
                try row.optionalBytes(2).flatMap(SHA256Digest.init(bytes:))
        }
        return items.filter { item in
            let stored = hashes[Key(kind: item.kind.rawValue, id: item.externalID)] ?? nil
            return stored != item.contentHash
        }
    }

    private struct Key: Hashable {
        var kind: String
        var id: Int
    }

    /// Writes items, in place of what was stored of them.
    ///
    /// What is stored with a later change stays, so that a listing that comes late takes nothing
    /// back. Call it in the transaction that indexes their texts.
    ///
    /// - Parameters:
    ///   - items: The items; of two for one thing the last counts.
    ///   - seenAt: When the provider listed them, by its clock.
    /// - Throws: What the database said.
    public func write(_ items: [SyncedItemRecord], seenAt: Timestamp) throws {
        let items = items.reduce(into: [Key: SyncedItemRecord]()) {
            $0[Key(kind: $1.kind.rawValue, id: $1.externalID)] = $1
        }.values.sorted { ($0.kind.rawValue, $0.externalID) < ($1.kind.rawValue, $1.externalID) }
        guard !items.isEmpty else { return }
        try connection.inScope(.workspace(workspace)) {
            try connection.execute(
                """
                INSERT INTO synced_items AS i (workspace_id, repository_id, kind, external_id,
                    number, path, title, url, author, state, created_at, updated_at, seen_at,
                    content_hash, body, reviews_due)
                SELECT \(workspace), \(repository), k.kind, k.id, k.number, k.path, k.title, k.url,
                    k.author, k.state, k.created_at, k.updated_at, \(seenAt), k.hash,
                    k.body::jsonb, k.kind = 'pr'
                FROM unnest(\(items.map(\.kind.rawValue)), \(items.map(\.externalID)),
                    \(items.map(\.number)), \(items.map(\.path.bytes)), \(items.map(\.title)),
                    \(items.map(\.url)), \(items.map(\.author)), \(items.map(\.state)),
                    \(items.map(\.createdAt)), \(items.map(\.updatedAt)),
                    \(items.map { $0.contentHash?.bytes }), \(items.map(\.body)))
                    AS k (kind, id, number, path, title, url, author, state, created_at,
                        updated_at, hash, body)
                ON CONFLICT (workspace_id, repository_id, kind, external_id) DO UPDATE SET
                    number = excluded.number, path = excluded.path, title = excluded.title,
                    url = excluded.url, author = excluded.author, state = excluded.state,
                    created_at = excluded.created_at, updated_at = excluded.updated_at,
                    seen_at = greatest(i.seen_at, excluded.seen_at), doubted_at = NULL,
                    deleted_at = NULL, content_hash = excluded.content_hash, body = excluded.body,
                    reviews_due = i.reviews_due OR excluded.reviews_due
                        AND i.updated_at IS DISTINCT FROM excluded.updated_at
                """)
        }
    }

    /// Returns the paths of the texts that go when an item is gone, with all that belongs to it.
    ///
    /// - Parameter doubt: The item.
    /// - Returns: The paths.
    /// - Throws: What the database said.
    public func textPaths(goingWith doubt: Doubt) throws -> [GitPath] {
        try connection.inScope(.workspace(workspace)) {
            try connection.query(
                """
                SELECT path FROM synced_items i
                WHERE \(isOrBelongs(to: doubt)) AND content_hash IS NOT NULL
                """
            ).map { GitPath(try $0.bytes(0)) }
        }
    }

    /// Marks an item as gone, with all that belongs to it.
    ///
    /// Call it in the transaction that takes their texts out of the index.
    ///
    /// - Parameter doubt: The item.
    /// - Throws: What the database said.
    public func markDeleted(_ doubt: Doubt) throws {
        try connection.inScope(.workspace(workspace)) {
            try connection.execute(
                """
                UPDATE synced_items SET deleted_at = now(), doubted_at = NULL,
                    content_hash = NULL, reviews_due = false
                WHERE \(isOrBelongs(to: doubt)) AND deleted_at IS NULL
                """)
        }
    }

    private func isOrBelongs(to doubt: Doubt) -> SQL {
        """
        \(isHere) AND (kind = \(doubt.kind.rawValue) AND external_id = \(doubt.externalID)
            OR number = \(doubt.externalID) AND kind = ANY(\(doubt.kind.kindsBelow.map(\.rawValue))))
        """
    }

    /// Hands over the texts of all items, in parts, as they are to be indexed.
    ///
    /// - Parameters:
    ///   - limit: How many at once.
    ///   - body: Gets the next of them: their paths, kinds and texts.
    /// - Throws: What `body` throws, or what the database said.
    public func forEachText(
        limit: Int, _ body: ([(path: GitPath, kind: SyncedKind, text: [UInt8])]) throws -> Void
    ) throws {
        var last: [UInt8] = []
        while true {
            let rows = try connection.inScope(.workspace(workspace)) {
                try connection.query(
                    """
                    SELECT path, kind, title, coalesce(body ->> 'body', '') FROM synced_items
                    WHERE \(isHere) AND content_hash IS NOT NULL AND path > \(last)
                    ORDER BY path LIMIT \(limit)
                    """)
            }
            let texts = try rows.compactMap { row in
                try SyncedKind(rawValue: row.string(1)).map { kind in
                    (
                        path: GitPath(try row.bytes(0)), kind: kind,
                        text: SyncedItemRecord.text(
                            of: kind, title: try row.string(2), body: try row.string(3))
                    )
                }
            }
            guard let end = texts.last else { return }
            last = end.path.bytes
            try body(texts)
        }
    }
}

extension SyncedKind {
    /// What belongs to an item of this kind, by its number.
    var kindsBelow: [SyncedKind] {
        switch self {
        case .issue: [.comment]
        case .pullRequest: [.comment, .review, .reviewComment]
        case .discussion: [.discussionComment]
        default: []
        }
    }
}
