/// The rooms and their levels: a room may import rooms of lower levels only.
enum RoomTable {
    static let levels: [[String]] = [
        // C libraries: a module map and a shim, no logic.
        ["CLibgit2", "CLibpq", "COpenSSL", "CCurl", "CTreeSitter"],
        // What every wrapper may use.
        ["Threads", "Lexing", "Addresses"],
        // Libraries wrapped.
        [
            "Git", "Postgres", "Cryptography", "Transfer", "Syntax", "EmbeddedPostgres", "Settings",
            "Migrations", "Hooks", "Telemetry",
        ],
        // Stores and models.
        ["Queue", "Storage", "Embedding", "Chunking"],
        // Work.
        ["Indexing", "Search", "Documentation", "Accounts", "GitHub"],
        // What runs it all as jobs.
        ["Workers"],
        // Edge.
        ["API", "Webhook", "MCP"],
        // Command.
        ["gitdex"],
    ]

    /// Rooms whose folder is not `Sources/<room>`.
    static let folders = ["Hooks": "hooks", "Webhook": "webhook", "Migrations": "migrations"]

    /// Modules from outside that only these rooms may import.
    static let owners: [String: Set<String>] = [
        "ArgumentParser": ["gitdex"],
        "Configuration": ["Settings"],
        "Hummingbird": ["API"],
        "CLibgit2": ["Git"],
        "CLibpq": ["Postgres"],
        "COpenSSL": ["Cryptography"],
        "CCurl": ["Transfer"],
        "CTreeSitter": ["Syntax"],
        "JWTKit": ["Accounts"],
    ]

    /// Rooms that may hold SQL: the two that own tables, the library that speaks to the server,
    /// and the one that creates its database.
    static let mayHoldSQL: Set<String> = [
        "Storage", "Queue", "Postgres", "EmbeddedPostgres", "Migrations",
    ]

    static func level(of room: String) -> Int? {
        levels.firstIndex { $0.contains(room) }
    }

    static func room(of path: String) -> String? {
        let parts = path.split(separator: "/").map(String.init)
        if let room = folders.first(where: { $0.value == parts[0] })?.key { return room }
        return parts.count > 2 && parts[0] == "Sources" ? parts[1] : nil
    }
}
