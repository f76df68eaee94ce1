import GitdexTesting
import Postgres
import Testing

@Suite("Connecting that fails")
struct ConnectingTests {
    @Test(
        "never shows the password",
        arguments: [
            "postgresql://someone:hunter2@127.0.0.1:1/db",
            "postgresql://someone:hun/ter2@127.0.0.1/db",
            "postgresql://someone:hunter2:x@127.0.0.1:port/db",
            "postgresql://someone:a@hunter2@127.0.0.1:1/db",
            "postgresql://someone:hunter2@127.0.0.1:1/db?nonsense=hunter2",
            "postgresql://someone:%zzhunter2@127.0.0.1:1/db",
            "host=127.0.0.1 port=1 password=hunter2 hunter2",
            "host=127.0.0.1 port=1 password=hunter2",
            "host=no-such-host.invalid password=hunter2",
        ])
    func password(_ url: String) throws {
        let error = #expect(throws: PostgresError.self) { try Connection(url) }
        let text = String(describing: error)
        #expect(!text.contains("hunter2") && !text.contains("ter2"), "\(text)")
        #expect(error?.code == .invalidURL || error?.code == .connectionFailed)
    }

    @Test("says what to do when nobody answers")
    func refused() throws {
        let error = #expect(throws: PostgresError.self) {
            try Connection("postgresql://someone@127.0.0.1:1/db")
        }
        #expect(error?.code == .connectionFailed)
        #expect(error?.isUnreachable == true)
        #expect(error?.description.contains("DATABASE_URL") == true)
        #expect(error?.description.contains("gitdex db start") == true)
    }

    @Test("tells a missing database and a missing role apart")
    func refusedByServer() throws {
        let database = try TestDatabase()
        let missing = database.url.replacing(/\/test_[0-9_]+/, with: "/no_such_database")
        let noDatabase = #expect(throws: PostgresError.self) { try Connection(missing) }
        #expect(noDatabase?.code == .undefinedDatabase)
        #expect(noDatabase?.sqlState == "3D000")
        let other = database.url.replacing("gitdex@", with: "nobody_here@")
        let noRole = #expect(throws: PostgresError.self) { try Connection(other) }
        #expect(noRole?.code == .authentication)
        #expect(noRole?.message.contains("nobody_here") == true)
    }

    @Test("keeps to its time limit when the server says nothing")
    func silent() throws {
        // An address of the range reserved for documentation: packets to it lead nowhere.
        let error = #expect(throws: PostgresError.self) {
            try Connection(
                "postgresql://someone@192.0.2.1/db", options: .init(connectTimeoutMilliseconds: 50))
        }
        #expect(error?.code == .connectionFailed)
    }
}
