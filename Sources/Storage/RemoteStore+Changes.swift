import Postgres

extension RemoteStore {
    // MARK: What an administrator sets

    /// Sets or takes away what a repository is fetched with.
    ///
    /// - Parameters:
    ///   - credentials: The credentials, encrypted; nil for none.
    ///   - workspace: The workspace's number.
    ///   - id: The repository's number.
    /// - Throws: ``StorageError`` with code `notFound`, or what the database said.
    public func setCredentials(_ credentials: String?, workspace: Int, id: Int) throws {
        try update("credentials = \(SQL.bound(credentials))", workspace, id)
    }

    /// Changes what a repository's deliveries are signed with.
    ///
    /// The secret before stays valid for a while, and the one before that ends.
    ///
    /// - Parameters:
    ///   - secret: The new secret, encrypted; nil for the global one.
    ///   - seconds: For how long the present secret stays valid; 0 ends it at once.
    ///   - workspace: The workspace's number.
    ///   - id: The repository's number.
    /// - Throws: ``StorageError`` with code `notFound`, or what the database said.
    public func setWebhookSecret(
        _ secret: String?, keepingPreviousFor seconds: Int, workspace: Int, id: Int
    ) throws {
        if seconds <= 0 {
            try update(
                """
                webhook_secret = \(SQL.bound(secret)), previous_webhook_secret = NULL,
                previous_secret_until = NULL
                """, workspace, id)
            return
        }
        try update(
            """
            webhook_secret = \(SQL.bound(secret)), previous_webhook_secret = webhook_secret,
            previous_secret_until = CASE WHEN webhook_secret IS NOT NULL
                THEN now() + make_interval(secs => \(Double(seconds))) END
            """, workspace, id)
    }

    /// Renames a repository.
    ///
    /// - Parameters:
    ///   - name: Its new name.
    ///   - workspace: The workspace's number.
    ///   - id: The repository's number.
    /// - Throws: ``StorageError`` with code `notFound` or `nameTaken`, or what the database said.
    public func setName(_ name: String, workspace: Int, id: Int) throws {
        do {
            try update("name = \(name)", workspace, id)
        } catch let error as PostgresError where error.code == .uniqueViolation {
            throw StorageError(
                code: .nameTaken, message: "the name '\(name)' is taken",
                remedy: "choose another one")
        }
    }

    /// Sets how often a remote is compared.
    ///
    /// - Parameters:
    ///   - seconds: The time between two comparisons; nil for the server's own.
    ///   - workspace: The workspace's number.
    ///   - id: The repository's number.
    /// - Throws: ``StorageError`` with code `notFound`, or what the database said.
    public func setPollInterval(seconds: Int?, workspace: Int, id: Int) throws {
        try update("poll_interval_seconds = \(SQL.bound(seconds))::integer", workspace, id)
    }

    // MARK: What the remote showed

    /// Writes down that a remote's refs were compared just now.
    ///
    /// The remote has answered, so that what was in doubt when the comparison began is so no more;
    /// a doubt that came meanwhile stays.
    ///
    /// - Parameters:
    ///   - repository: The repository as it was read before the remote was asked.
    ///   - defaultRef: The ref that the remote's HEAD names; nil leaves what is stored.
    /// - Throws: ``StorageError`` with code `notFound`, or what the database said.
    public func markReconciled(
        _ repository: RemoteRepository, defaultRef: String? = nil
    ) throws {
        try update(
            """
            last_reconciled_at = now(), access_doubted_at =
                nullif(access_doubted_at, \(SQL.bound(repository.accessDoubtedAt))::timestamptz),
            default_ref = coalesce(\(SQL.bound(defaultRef)), default_ref)
            """, repository.workspace, repository.id)
    }

    private func update(_ assignments: SQL, _ workspace: Int, _ id: Int) throws {
        let count = try scoped(to: workspace).execute(
            """
            UPDATE repositories SET \(assignments)
            WHERE workspace_id = \(workspace) AND id = \(id) AND provider <> 'local'
            """)
        if count == 0 { throw StorageError.noSuchRepository }
    }

    // MARK: What the provider said

    /// Writes down that a repository was said to be deleted or hidden.
    ///
    /// Whether it is so shows when the remote is asked the next time.
    ///
    /// - Parameters:
    ///   - workspace: The workspace's number.
    ///   - id: The repository's number.
    /// - Throws: ``StorageError`` with code `notFound`, or what the database said.
    public func doubtAccess(workspace: Int, id: Int) throws {
        // Each time anew, so that a comparison sees that it began before this.
        try update("access_doubted_at = clock_timestamp()", workspace, id)
    }

    /// Takes over what a provider said about a repository, unless something newer is known.
    ///
    /// The address changes only within the host it was connected at, since credentials go there.
    ///
    /// - Parameters:
    ///   - description: What was said.
    ///   - workspace: The workspace's number.
    ///   - id: The repository's number.
    /// - Throws: What the database said.
    public func describe(_ description: RemoteDescription, workspace: Int, id: Int) throws {
        let time = description.describedAt
        guard let stored = try repository(workspace: workspace, id: id) else { return }
        let url = Self.address(description.url, replacing: stored.url)
        let location = url.flatMap(RemoteLocation.init)
        try scoped(to: workspace).execute(
            """
            UPDATE repositories r SET
                provider_id = coalesce(\(SQL.bound(description.providerID)), provider_id),
                archived = coalesce(\(SQL.bound(description.archived)), archived),
                url = coalesce(\(SQL.bound(url)), url),
                location = coalesce(\(SQL.bound(location?.normalised)), location),
                full_name = coalesce(\(SQL.bound(location?.fullName)), full_name),
                described_at = coalesce(\(SQL.bound(time)), described_at)
            WHERE workspace_id = \(workspace) AND id = \(id) AND provider <> 'local'
                AND (described_at IS NULL OR \(SQL.bound(time))::timestamptz >= described_at)
                AND NOT EXISTS (SELECT FROM repositories o WHERE o.workspace_id = r.workspace_id
                    AND o.id <> r.id AND o.url = \(SQL.bound(url)))
            """)
    }

    /// The stored address with the path of the new one, or nil when the host is another.
    private static func address(_ new: String?, replacing old: String) -> String? {
        guard let new, let before = RemoteLocation(old), let after = RemoteLocation(new),
            let host = before.host, after.host == host, before.normalised != after.normalised
        else { return nil }
        let (prefix, separator) = split(old)
        let path = split(new).path.drop { $0 == "/" }.prefix { $0 != "?" && $0 != "#" }
        return prefix + (separator.hasPrefix("/") ? "/" : "") + path
    }

    /// The scheme, user and host of an address, and its path.
    private static func split(_ url: String) -> (prefix: String, path: String) {
        let start: String.Index
        if let scheme = url.firstRange(of: "://") {
            start = url[scheme.upperBound...].firstIndex(of: "/") ?? url.endIndex
        } else {
            start = url.firstIndex(of: ":").map { url.index(after: $0) } ?? url.startIndex
        }
        return (String(url[..<start]), String(url[start...]))
    }
}
