import Foundation
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

    @Test("is tried again while the queue of a unix socket is full")
    func fullQueue() throws {
        let directory = "/tmp/gitdex-queue-\(getpid())"
        mkdir(directory, 0o700)
        let path = directory + "/.s.PGSQL.5432"
        defer {
            unlink(path)
            rmdir(directory)
        }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let length = socklen_t(MemoryLayout<sockaddr_un>.size)
        let sockets = (0..<8).map { _ in socket(AF_UNIX, unixStream, 0) }
        defer { sockets.forEach { close($0) } }
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { name in
                #expect(bind(sockets[0], name, length) == 0)
                #expect(listen(sockets[0], 0) == 0)
                for client in sockets.dropFirst() {
                    _ = fcntl(client, F_SETFL, O_NONBLOCK)
                    _ = connect(client, name, length)
                }
            }
        }
        let error = #expect(throws: PostgresError.self) {
            try Connection(
                "postgresql://gitdex@/gitdex?host=\(directory)",
                options: .init(connectTimeoutMilliseconds: 100))
        }
        #expect(error?.code == .serverNotReady)
    }
}

#if canImport(Darwin)
    private let unixStream = SOCK_STREAM
#else
    private let unixStream = Int32(SOCK_STREAM.rawValue)
#endif
