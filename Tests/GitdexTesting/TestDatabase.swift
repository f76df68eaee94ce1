public import Postgres
internal import Synchronization

/// A fresh, empty database on an embedded server that all tests share; dropped with its last
/// reference.
///
/// The server's data lies below the system's directory for temporary files, one for each checkout,
/// and it writes without care for a crash. The last test process that ends stops it.
public final class TestDatabase: Sendable {
    private static let counter = Mutex(0)

    /// The libpq URL of the database.
    public let url: String
    private let name: String

    /// Creates a database; blocks for some ten milliseconds, and for some seconds the first time.
    ///
    /// - Parameter extensions: Extensions to create, for example `vector`.
    /// - Throws: When the server cannot be started or the database not be created.
    public init(extensions: [String] = []) throws {
        let serverURL = try TestServer.shared.get()
        let number = Self.counter.withLock { counter in
            counter += 1
            return counter
        }
        name = "test_\(TestServer.processID)_\(number)"
        url = serverURL.replacing("@/gitdex?", with: "@/\(name)?")
        let administrator = try Connection(serverURL)
        try administrator.execute("DROP DATABASE IF EXISTS \(identifier: name)")
        try administrator.execute(
            "CREATE DATABASE \(identifier: name) TEMPLATE template0 STRATEGY file_copy")
        if !extensions.isEmpty {
            let connection = try connect()
            for name in extensions {
                try connection.execute("CREATE EXTENSION \(identifier: name)")
            }
        }
    }

    deinit {
        guard let serverURL = try? TestServer.shared.get(),
            let administrator = try? Connection(serverURL)
        else { return }
        _ = try? administrator.execute("DROP DATABASE IF EXISTS \(identifier: name) WITH (FORCE)")
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
