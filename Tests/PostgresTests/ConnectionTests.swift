import GitdexTesting
import Postgres
import Testing

@Suite("A connection")
struct ConnectionTests {
    private let database: TestDatabase
    private let connection: Connection

    init() throws {
        database = try TestDatabase()
        connection = try database.connect()
    }

    @Test("tells the server's version")
    func version() throws {
        #expect(connection.serverVersion >= 180_000)
        #expect(try connection.extensionVersion("vector") == nil)
        #expect(try connection.availableExtensionVersion("vector") != nil)
        #expect(try connection.availableExtensionVersion("no_such_extension") == nil)
    }
}
