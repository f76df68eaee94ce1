extension PostgresError.Code {
    private static let exact: [String: PostgresError.Code] = [
        "08P01": .protocolViolation,
        "0A000": .featureNotSupported,
        "23502": .notNullViolation,
        "23503": .foreignKeyViolation,
        "23505": .uniqueViolation,
        "23514": .checkViolation,
        "23P01": .exclusionViolation,
        "25006": .readOnly,
        "25P02": .transactionAborted,
        "3D000": .undefinedDatabase,
        "40001": .serializationFailure,
        "40P01": .deadlock,
        "42501": .insufficientPrivilege,
        "42601": .syntaxError,
        "42701": .duplicateObject,
        "42703": .undefinedColumn,
        "42704": .undefinedObject,
        "42710": .duplicateObject,
        "42723": .duplicateObject,
        "42883": .undefinedFunction,
        "42P01": .undefinedTable,
        "42P04": .duplicateObject,
        "42P06": .duplicateObject,
        "42P07": .duplicateObject,
        "53100": .diskFull,
        "53300": .tooManyConnections,
        "55P03": .lockNotAvailable,
        "57014": .cancelled,
        "57P01": .connectionLost,
        "57P02": .connectionLost,
        "57P03": .serverNotReady,
        "57P05": .connectionLost,
        "25P03": .connectionLost,
        "25P04": .connectionLost,
    ]

    /// The kind of failure that a SQLSTATE stands for: the code itself, else its class.
    init(sqlState: String) {
        if let code = Self.exact[sqlState] {
            self = code
            return
        }
        switch sqlState.prefix(2) {
        case "08": self = .connectionLost
        case "22": self = .invalidValue
        case "28": self = .authentication
        case "53", "54": self = .outOfResources
        default: self = .other
        }
    }
}

extension PostgresError {
    static func defaultRemedy(_ code: Code) -> String {
        switch code {
        case .invalidURL:
            "write DATABASE_URL as postgresql://USER:PASSWORD@HOST:PORT/DATABASE, with special "
                + "characters percent-encoded"
        case .connectionFailed:
            "check DATABASE_URL, or leave it unset and run `gitdex db start`"
        case .connectionLost, .serverNotReady: "try again once the server is up"
        case .authentication: "check user and password in DATABASE_URL and the server's pg_hba.conf"
        case .timeout: "ask for less, or raise the time limit"
        case .cancelled: "run it again if it is still wanted"
        case .serializationFailure, .deadlock, .lockNotAvailable: "try again"
        case .diskFull: "free disk space on the server and try again"
        case .outOfResources: "raise the server's limits or ask for less"
        case .tooManyConnections: "raise the server's max_connections or use fewer connections"
        case .undefinedTable, .undefinedColumn, .undefinedFunction, .undefinedObject:
            "run `gitdex migrate up`"
        case .undefinedDatabase: "create the database or correct its name in DATABASE_URL"
        case .insufficientPrivilege: "grant the right to the role in DATABASE_URL"
        case .featureNotSupported: "check that the server is PostgreSQL 15 or newer with pgvector"
        case .readOnly: "point DATABASE_URL at a server that can be written"
        case .transactionAborted: "look for the first error of the transaction"
        case .wrongType, .unexpectedNull, .noSuchColumn: "correct the query or the reading of it"
        case .shutDown: "start again"
        default: "report it as a bug if it stays"
        }
    }

    /// Removes what may be a value from a server's message.
    ///
    /// Messages of class 22 (malformed values) end in a colon and the value; those about regular
    /// expressions (2201B) in one of a fixed list of reasons.
    static func withoutValue(_ message: String, sqlState: String) -> String {
        guard sqlState.hasPrefix("22"), sqlState != "2201B", let colon = message.firstIndex(of: ":")
        else {
            return message
        }
        return String(message[..<colon])
    }
}
