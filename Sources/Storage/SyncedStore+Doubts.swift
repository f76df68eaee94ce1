import Git
public import Postgres

extension SyncedStore {
    /// An item of which it is not known whether it is still there.
    public struct Doubt: Sendable, Equatable {
        /// What it is.
        public var kind: SyncedKind
        /// The provider's number for it.
        public var externalID: Int
        /// The number of what it is or belongs to.
        public var number: Int?

        /// Makes a doubt; the parameters are its properties.
        public init(kind: SyncedKind, externalID: Int, number: Int?) {
            self.kind = kind
            self.externalID = externalID
            self.number = number
        }
    }

    /// Doubts the items of a list that a pass through all of it has not shown.
    ///
    /// - Parameters:
    ///   - kinds: What the list brings.
    ///   - start: When the pass began.
    /// - Returns: How many there are.
    /// - Throws: What the database said.
    @discardableResult
    public func doubtUnseen(_ kinds: [SyncedKind], since start: Timestamp) throws -> Int {
        try connection.inScope(.workspace(workspace)) {
            try connection.execute(
                """
                UPDATE synced_items SET doubted_at = now()
                WHERE \(isHere) AND kind = ANY(\(kinds.map(\.rawValue))) AND seen_at < \(start)
                    AND deleted_at IS NULL AND doubted_at IS NULL
                """)
        }
    }

    /// Doubts one item, as when a delivery says that it is gone.
    ///
    /// - Parameters:
    ///   - kind: What it is.
    ///   - externalID: The provider's number for it.
    /// - Returns: Whether it is known.
    /// - Throws: What the database said.
    @discardableResult
    public func doubt(_ kind: SyncedKind, _ externalID: Int) throws -> Bool {
        try connection.inScope(.workspace(workspace)) {
            try connection.execute(
                """
                UPDATE synced_items SET doubted_at = now()
                WHERE \(isHere) AND kind = \(kind.rawValue) AND external_id = \(externalID)
                    AND deleted_at IS NULL
                """) > 0
        }
    }

    /// Returns an item that is doubted, or nil.
    ///
    /// - Returns: The item.
    /// - Throws: What the database said.
    public func nextDoubt() throws -> Doubt? {
        try connection.inScope(.workspace(workspace)) {
            try connection.query(
                """
                SELECT kind, external_id, number FROM synced_items
                WHERE \(isHere) AND doubted_at IS NOT NULL AND deleted_at IS NULL
                ORDER BY doubted_at, kind, external_id LIMIT 1
                """
            ).first.flatMap { row in
                guard let kind = SyncedKind(rawValue: try row.string(0)) else { return nil }
                return Doubt(
                    kind: kind, externalID: try row.int(1), number: try row.optionalInt(2))
            }
        }
    }

    /// Ends the doubt about an item that is still there.
    ///
    /// - Parameter doubt: The item.
    /// - Throws: What the database said.
    public func settle(_ doubt: Doubt) throws {
        try connection.inScope(.workspace(workspace)) {
            try connection.execute(
                """
                UPDATE synced_items SET doubted_at = NULL
                WHERE \(isHere) AND kind = \(doubt.kind.rawValue)
                    AND external_id = \(doubt.externalID)
                """)
        }
    }

    /// Returns a pull request whose reviews are to be listed, or nil.
    ///
    /// - Returns: Its number, and when it last changed.
    /// - Throws: What the database said.
    public func nextWithReviewsDue() throws -> (number: Int, updatedAt: Timestamp?)? {
        try connection.inScope(.workspace(workspace)) {
            try connection.query(
                """
                SELECT external_id, updated_at FROM synced_items WHERE \(isHere) AND reviews_due
                ORDER BY external_id DESC LIMIT 1
                """
            ).first.map { (try $0.int(0), try $0.optionalTimestamp(1)) }
        }
    }

    /// Writes down that the reviews of a pull request were listed.
    ///
    /// - Parameters:
    ///   - number: The pull request.
    ///   - updatedAt: When it had last changed as the listing began; one that changed since stays
    ///     due.
    /// - Throws: What the database said.
    public func setReviewsListed(of number: Int, asOf updatedAt: Timestamp?) throws {
        try connection.inScope(.workspace(workspace)) {
            try connection.execute(
                """
                UPDATE synced_items SET reviews_due = false
                WHERE \(isHere) AND kind = 'pr' AND external_id = \(number)
                    AND updated_at IS NOT DISTINCT FROM \(SQL.bound(updatedAt))::timestamptz
                """)
        }
    }

    /// Returns the comments of a discussion that are stored.
    ///
    /// - Parameter number: The discussion.
    /// - Returns: The provider's numbers for them.
    /// - Throws: What the database said.
    public func discussionComments(of number: Int) throws -> Set<Int> {
        try connection.inScope(.workspace(workspace)) {
            Set(
                try connection.query(
                    """
                    SELECT external_id FROM synced_items
                    WHERE \(isHere) AND kind = 'discussion_comment' AND number = \(number)
                        AND deleted_at IS NULL
                    """
                ).map { try $0.int(0) })
        }
    }
}
