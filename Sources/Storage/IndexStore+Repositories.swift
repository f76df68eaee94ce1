import Postgres

extension IndexStore {
    /// Returns the repository at a place, or nil.
    ///
    /// - Parameter url: The common git directory of a local repository, else its URL.
    /// - Returns: The repository, or nil when none is known there.
    /// - Throws: What the database said.
    public func repository(url: String) throws -> RepositoryRecord? {
        try repositories(where: "url = \(url)").first
    }

    /// Returns the repository with a number, or nil.
    ///
    /// - Parameter id: Its number within the workspace.
    /// - Returns: The repository, or nil when there is none of that number.
    /// - Throws: What the database said.
    public func repository(id: Int) throws -> RepositoryRecord? {
        try repositories(where: "id = \(id)").first
    }

    /// Returns the repository with a name, or nil.
    ///
    /// - Parameter name: Its name in this workspace.
    /// - Returns: The repository, or nil when there is none of that name.
    /// - Throws: What the database said.
    public func repository(named name: String) throws -> RepositoryRecord? {
        try repositories(where: "name = \(name)").first
    }

    /// Returns every repository of the workspace, by name.
    ///
    /// - Returns: The repositories.
    /// - Throws: What the database said.
    public func repositories() throws -> [RepositoryRecord] {
        try repositories(where: "true")
    }

    /// Makes a repository known.
    ///
    /// When the name is taken, a number is added to it.
    ///
    /// - Parameters:
    ///   - url: Where it is; unique in the workspace.
    ///   - name: The name it should have.
    ///   - include: The patterns of paths that are indexed.
    ///   - exclude: The patterns of paths that are not.
    /// - Returns: The repository, as it is now or as somebody made it in the meantime.
    /// - Throws: What the database said.
    public func createRepository(
        url: String, name: String, include: [String], exclude: [String]
    ) throws -> RepositoryRecord {
        var candidate = name
        for number in 2...Self.nameAttemptLimit {
            try scoped.execute(
                """
                INSERT INTO repositories (workspace_id, url, name, include_patterns, exclude_patterns)
                VALUES (\(workspace), \(url), \(candidate), \(include), \(exclude))
                ON CONFLICT DO NOTHING
                """)
            if let found = try repository(url: url) { return found }
            candidate = "\(name)-\(number)"
        }
        throw StorageError(
            code: .nameTaken, message: "too many repositories are named '\(name)'",
            remedy: "rename the folder of this one")
    }

    /// Notes that a repository stands elsewhere now.
    ///
    /// - Parameters:
    ///   - record: The repository as it is known.
    ///   - url: Where it is now.
    ///   - name: The name it should have; a number is added when another has it.
    ///   - refs: The names of refs that change with the place.
    /// - Returns: Whether it was moved; false when somebody else was faster.
    /// - Throws: What the database said.
    public func moveRepository(
        _ record: RepositoryRecord, to url: String, name: String,
        renaming refs: [(from: String, to: String)]
    ) throws -> Bool {
        try transaction {
            let names = Set(try repositories().filter { $0.id != record.id }.map(\.name))
            let free = ([name] + (2...Self.nameAttemptLimit).map { "\(name)-\($0)" })
                .first { !names.contains($0) }
            let moved = try scoped.execute(
                """
                UPDATE repositories SET url = \(url), name = \(free ?? record.name)
                WHERE workspace_id = \(workspace) AND id = \(record.id) AND url = \(record.url)
                    AND NOT EXISTS (SELECT 1 FROM repositories o
                        WHERE o.workspace_id = \(workspace) AND o.url = \(url))
                """)
            for (old, new) in refs where moved > 0 {
                try scoped.execute(
                    """
                    UPDATE refs SET name = \(new)
                    WHERE workspace_id = \(workspace) AND repository_id = \(record.id)
                        AND name = \(old)
                    """)
            }
            return moved > 0
        }
    }

    /// Changes which paths of a repository are indexed.
    ///
    /// - Parameters:
    ///   - repository: The repository's number.
    ///   - include: The patterns of paths that are indexed.
    ///   - exclude: The patterns of paths that are not.
    /// - Throws: What the database said.
    public func setPatterns(
        ofRepository repository: Int, include: [String], exclude: [String]
    ) throws {
        try scoped.execute(
            """
            UPDATE repositories SET include_patterns = \(include), exclude_patterns = \(exclude)
            WHERE workspace_id = \(workspace) AND id = \(repository)
            """)
    }

    /// Forgets a repository with its refs; contents stay until they are collected.
    ///
    /// - Parameter repository: The repository's number.
    /// - Throws: What the database said.
    public func deleteRepository(_ repository: Int) throws {
        try scoped.execute(
            "DELETE FROM repositories WHERE workspace_id = \(workspace) AND id = \(repository)")
    }

    private static let nameAttemptLimit = 1000

    private func repositories(where condition: SQL) throws -> [RepositoryRecord] {
        let select: SQL = """
            SELECT id, name, url, include_patterns, exclude_patterns FROM repositories
            WHERE workspace_id = \(workspace) AND 
            """
        return try scoped.query(select + condition + " ORDER BY name").map { row in
            RepositoryRecord(
                id: try row.int(0), name: try row.string(1), url: try row.string(2),
                include: try row.decode(3, as: [String].self),
                exclude: try row.decode(4, as: [String].self))
        }
    }
}
