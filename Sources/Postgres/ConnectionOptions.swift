/// How to connect, beside what the connection string says.
public struct ConnectionOptions: Sendable {
    /// The name that the server shows in `pg_stat_activity`.
    public var applicationName: String
    /// How long connecting may take, the wait for a server that is starting up included.
    public var connectTimeoutMilliseconds: Int
    /// How long a statement may run on the server; nil leaves the server's own setting.
    public var statementTimeoutMilliseconds: Int?
    /// Settings of the session, for example `hnsw.iterative_scan`; they hold after a reconnect.
    public var settings: [String: String]
    /// The role that the session begins with; nil for the login's own.
    ///
    /// Where the database does not have it, or the login may not take it, it is taken as soon as that
    /// is so.
    public var role: String?
    /// Whether a statement that is seen again is prepared; off for poolers that share sessions.
    public var preparesStatements: Bool

    /// Makes options.
    ///
    /// - Parameters:
    ///   - applicationName: The name that the server shows.
    ///   - connectTimeoutMilliseconds: How long connecting may take.
    ///   - statementTimeoutMilliseconds: How long a statement may run on the server.
    ///   - settings: Settings of the session.
    ///   - role: The role that the session begins with.
    ///   - preparesStatements: Whether a statement that is seen again is prepared.
    public init(
        applicationName: String = "gitdex", connectTimeoutMilliseconds: Int = 10_000,
        statementTimeoutMilliseconds: Int? = nil, settings: [String: String] = [:],
        role: String? = nil, preparesStatements: Bool = true
    ) {
        self.applicationName = applicationName
        self.connectTimeoutMilliseconds = connectTimeoutMilliseconds
        self.statementTimeoutMilliseconds = statementTimeoutMilliseconds
        self.settings = settings
        self.role = role
        self.preparesStatements = preparesStatements
    }

    /// The options of the program's own connections: outside a scope they see no tenant's row.
    ///
    /// - Parameters:
    ///   - applicationName: The name that the server shows.
    ///   - settings: Settings of the session.
    /// - Returns: The options.
    public static func program(
        _ applicationName: String = "gitdex", settings: [String: String] = [:]
    ) -> ConnectionOptions {
        ConnectionOptions(
            applicationName: applicationName, settings: settings,
            role: TransactionScope.applicationRole)
    }

    /// The settings as the `options` start-up parameter takes them.
    func startupOptions(withRole: Bool) -> String {
        var all = settings
        if withRole, let role { all["role"] = role }
        if let statementTimeoutMilliseconds {
            all["statement_timeout"] = String(statementTimeoutMilliseconds)
        }
        return all.sorted { $0.key < $1.key }
            .map { "-c \(Self.escaped($0.key))=\(Self.escaped($0.value))" }
            .joined(separator: " ")
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text {
            if character == " " || character == "\\" { escaped += "\\" }
            escaped.append(character)
        }
        return escaped
    }
}
