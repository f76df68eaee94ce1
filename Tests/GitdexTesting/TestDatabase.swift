public import Postgres

/// An empty database on an embedded server that all tests share, free again with its last reference.
///
/// The server's data lies below the system's directory for temporary files, one for each checkout,
/// and it writes without care for a crash. The last test process that ends stops it. Databases are
/// emptied and used again, which costs a tenth of creating one; what belongs to the whole server,
/// such as roles, stays.
public final class TestDatabase: Sendable {
    /// The libpq URL of the database.
    public let url: String
    private let name: String

    /// Takes a database; blocks for some ten milliseconds, and for some seconds the first time.
    ///
    /// - Parameter extensions: Extensions to create, for example `vector`.
    /// - Throws: When the server cannot be started or the database not be created.
    public init(extensions: [String] = []) throws {
        name = try TestServer.takeDatabase()
        url = try TestServer.url(ofDatabase: name)
        if !extensions.isEmpty {
            let connection = try connect()
            for name in extensions {
                try connection.execute("CREATE EXTENSION \(identifier: name)")
            }
        }
    }

    deinit {
        TestServer.giveBack(database: name)
    }

    /// Connects to the database.
    ///
    /// - Parameter options: How to connect.
    /// - Returns: The connection.
    /// - Throws: ``PostgresError``.
    public func connect(
        _ options: ConnectionOptions = .init()
    ) throws(PostgresError) -> Connection {
        try Connection(url, options: options)
    }
}
