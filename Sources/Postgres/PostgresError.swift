/// Why something with PostgreSQL did not work.
///
/// Neither passwords nor bound values appear in it: the server's detail, which may quote a row, is
/// left out, and so is what follows the colon in messages about malformed values.
public struct PostgresError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it is; programs switch on this.
    public enum Code: String, Sendable, Hashable {
        /// The connection string is malformed.
        case invalidURL
        /// No server answers there.
        case connectionFailed
        /// The connection broke while in use.
        case connectionLost
        /// User, password or the server's access rules refuse the connection.
        case authentication
        /// The server is starting up or shutting down.
        case serverNotReady
        /// A statement, a lock or the connecting took longer than allowed.
        case timeout
        /// The statement was cancelled.
        case cancelled
        /// A unique constraint would be violated.
        case uniqueViolation
        /// A foreign key constraint would be violated.
        case foreignKeyViolation
        /// A column must not be NULL.
        case notNullViolation
        /// A CHECK constraint would be violated.
        case checkViolation
        /// An exclusion constraint would be violated.
        case exclusionViolation
        /// Concurrent transactions got in each other's way: the whole transaction can be retried.
        case serializationFailure
        /// Transactions waited for each other: the whole transaction can be retried.
        case deadlock
        /// A lock asked for with NOWAIT is taken.
        case lockNotAvailable
        /// An earlier statement of the transaction failed, or was swallowed before COMMIT.
        case transactionAborted
        /// The server's disk is full.
        case diskFull
        /// The server is out of memory or of another resource.
        case outOfResources
        /// The server takes no more connections, or the pool hands out none.
        case tooManyConnections
        /// There is no such table.
        case undefinedTable
        /// There is no such column.
        case undefinedColumn
        /// There is no such function or operator.
        case undefinedFunction
        /// There is no such type, role, constraint or other object.
        case undefinedObject
        /// There is no such database.
        case undefinedDatabase
        /// The object exists already.
        case duplicateObject
        /// The SQL is malformed.
        case syntaxError
        /// The role may not do this.
        case insufficientPrivilege
        /// A value is malformed or out of its type's range.
        case invalidValue
        /// The server lacks the feature.
        case featureNotSupported
        /// The transaction or the server is read-only.
        case readOnly
        /// A column was read as a type it does not have.
        case wrongType
        /// A column that is NULL was read as a value.
        case unexpectedNull
        /// There is no column of that number or name.
        case noSuchColumn
        /// A call came in a state that does not allow it, or the server said something unexpected.
        case protocolViolation
        /// The pool, the connection or the listener has been shut down.
        case shutDown
        /// Anything else; the SQLSTATE tells.
        case other
    }

    /// What kind of failure it is.
    public let code: Code
    /// The server's five-character code, where the server spoke.
    public let sqlState: String?
    /// What happened.
    public let message: String
    /// What to do.
    public let remedy: String
    /// The constraint that was violated.
    public let constraint: String?
    /// The table that the failure concerns, where the server names it.
    public let table: String?
    /// The failed statement's place in its pipeline, counted from 0.
    public internal(set) var statementIndex: Int?

    init(
        _ code: Code, sqlState: String? = nil, message: String, remedy: String? = nil,
        constraint: String? = nil, table: String? = nil
    ) {
        self.code = code
        self.sqlState = sqlState
        self.message = message
        self.remedy = remedy ?? Self.defaultRemedy(code)
        self.constraint = constraint
        self.table = table
    }

    /// What happened and what to do.
    public var description: String {
        let state = sqlState.map { " (SQLSTATE \($0))" } ?? ""
        return "PostgreSQL: \(message)\(state): \(remedy)"
    }

    /// Whether running the whole transaction again can succeed.
    public var isRetryable: Bool {
        switch code {
        case .serializationFailure, .deadlock: true
        default: false
        }
    }

    /// Whether no service answers, as opposed to a service that says no.
    public var isUnreachable: Bool {
        switch code {
        case .connectionFailed, .connectionLost, .authentication, .serverNotReady,
            .undefinedDatabase, .tooManyConnections:
            true
        default: false
        }
    }
}
