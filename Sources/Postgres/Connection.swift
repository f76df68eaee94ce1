internal import CLibpq

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// One session with a PostgreSQL server, used by one thread at a time.
///
/// All calls block; ``Pool`` runs them on threads made for that. A session that broke while idle is
/// opened anew before the next statement, unless a transaction was open; session-level locks and
/// temporary tables are then gone, and ``generation`` has grown.
public final class Connection {
    let options: ConnectionOptions
    private let connector: Connector
    private(set) var handle: OpaquePointer
    /// Whether the session has the role of the options, where they name one.
    private(set) var hasRole: Bool
    var statements = StatementCache()
    var namedTypes: [String: TypeOID] = [:]
    var channels: Set<String> = []
    /// How deep transactions are nested; 0 outside.
    var transactionDepth = 0
    /// A BEGIN that goes out together with the next statement.
    var pendingBegin: String?
    /// Whose rows the next statement is to see.
    var scope: TransactionScope?
    /// Whose rows the open transaction sees; of no meaning without one.
    var appliedScope: TransactionScope?
    /// Set while rows stream or a COPY runs, when no other statement may start.
    var isStreaming = false
    /// How many rows the last COPY loaded.
    var lastCopyCount = 0

    /// Cancels this connection's statements from other threads; valid for all its life.
    public let cancellation = Cancellation()
    /// How often the session has been opened: 1, and one more after each reconnect.
    public private(set) var generation = 1

    /// Connects.
    ///
    /// - Parameters:
    ///   - url: A `postgresql://` URL or a libpq connection string.
    ///   - options: How to connect.
    /// - Throws: ``PostgresError`` with code `invalidURL`, `connectionFailed`, `authentication`,
    ///   `undefinedDatabase`, `tooManyConnections` or `serverNotReady`.
    public init(_ url: String, options: ConnectionOptions = .init()) throws(PostgresError) {
        self.options = options
        connector = try Connector(url, options: options)
        (handle, hasRole) = try connector.connect()
        cancellation.update(for: handle)
    }

    deinit {
        cancellation.update(for: nil)
        PQfinish(handle)
    }

    /// The server's version, for example 180006 for 18.6.
    public var serverVersion: Int { Int(PQserverVersion(handle)) }

    /// The server process that serves this session, as `pg_stat_activity.pid` shows it.
    public var serverProcessID: Int { Int(PQbackendPID(handle)) }

    /// Where the session stands.
    public enum TransactionStatus: Sendable {
        /// No transaction is open.
        case idle
        /// A transaction is open.
        case inTransaction
        /// A transaction is open and failed: only a roll-back is possible.
        case failed
        /// A statement is running.
        case active
        /// The connection is broken.
        case unknown
    }

    /// Where the session stands.
    public var transactionStatus: TransactionStatus {
        if pendingBegin != nil { return .inTransaction }
        switch PQtransactionStatus(handle) {
        case PQTRANS_IDLE: return .idle
        case PQTRANS_INTRANS: return .inTransaction
        case PQTRANS_INERROR: return .failed
        case PQTRANS_ACTIVE: return .active
        default: return .unknown
        }
    }

    /// Whether the connection broke.
    public var isBroken: Bool { PQstatus(handle) == CONNECTION_BAD }

    /// Opens the session anew, with the same settings and channels.
    ///
    /// - Throws: ``PostgresError`` as when connecting.
    public func reconnect() throws(PostgresError) {
        let (fresh, hasRole) = try connector.connect()
        cancellation.update(for: fresh)
        PQfinish(handle)
        handle = fresh
        self.hasRole = hasRole
        generation += 1
        appliedScope = nil
        statements.removeAll()
        namedTypes.removeAll()
        for channel in channels.sorted() { try simple("LISTEN \(SQL.quoted(channel))") }
    }

    /// Makes sure that a statement can be sent.
    func prepareForUse() throws(PostgresError) {
        if isStreaming {
            throw PostgresError(
                .protocolViolation,
                message: "a statement came while rows or a COPY were being streamed",
                remedy: "use a second connection, or read the rows first")
        }
        if cancellation.isRefusing {
            throw PostgresError(.cancelled, message: "the work was cancelled")
        }
        let before = transactionStatus
        discardInput()
        guard isBroken else {
            if before == .idle {
                appliedScope = nil
                if !hasRole { assumeRole() }
            }
            return
        }
        let wasOpen = transactionDepth > 0 || before == .inTransaction || before == .failed
        // A BEGIN that was not sent yet has lost nothing.
        if wasOpen && pendingBegin == nil {
            throw PostgresError(
                .connectionLost, message: "the connection broke inside a transaction")
        }
        try reconnect()
    }

    /// Takes the role of the options, once the database has it.
    private func assumeRole() {
        // The owner makes the roles in the first place.
        guard scope != .owner, let role = options.role else { return }
        hasRole = (try? simple("SET ROLE \(SQL.quoted(role))")) != nil
    }

    /// Takes in what the server said while the session was idle: notifications, or its end.
    private func discardInput() {
        // A terminated session first sends a message and then ends: two reads see both.
        for _ in 0..<3 where Poll.wait(PQsocket(handle), for: Int16(POLLIN), milliseconds: 0) {
            if PQconsumeInput(handle) == 0 { return }
        }
    }

    /// The failure of a libpq call that returned no result.
    func localFailure() -> PostgresError {
        let text = PQerrorMessage(handle).map { String(cString: $0) } ?? ""
        return PostgresError(
            isBroken ? .connectionLost : .protocolViolation, message: firstLine(text))
    }

    /// Runs a statement without parameters at once, without the cache.
    @discardableResult
    func simple(_ text: String) throws(PostgresError) -> ResultSet {
        guard let result = PQexec(handle, text) else { throw localFailure() }
        let rows = ResultSet(result)
        if let error = rows.error { throw error }
        return rows
    }
}
