import EmbeddedPostgres
import Foundation
import GitdexTesting
import Postgres
import Testing

@Suite("The embedded server", .serialized, .timeLimit(.minutes(5)))
struct EmbeddedServerTests {
    @Test("is created and started on demand, stops, and keeps its data")
    func lifeCycle() throws {
        let fixture = try ServerFixture(extraSettings: [:])
        let server = fixture.server
        #expect(server.status().state == .notInitialised)
        #expect(try !server.stop())
        #expect(try server.ensureRunning() == server.url)
        #expect(server.status().state == .running)
        let process = try #require(server.status().processID)
        try server.ensureRunning()
        #expect(server.status().processID == process)
        let connection = try fixture.connect()
        try connection.script("CREATE TABLE t (n int8); INSERT INTO t VALUES (7)")
        let names = try connection.query("SELECT current_database()::text, current_user::text")
        #expect(try names.only().string(0) == "gitdex" && names.only().string(1) == "gitdex")
        #expect(try server.stop())
        #expect(server.status().state == .stopped)
        #expect(try !server.stop())
        try server.ensureRunning()
        #expect(try fixture.connect().query("SELECT n FROM t").only().int(0) == 7)
    }

    @Test("runs with settings for safety and small machines, and offers the extensions")
    func settings() throws {
        let fixture = try ServerFixture(extraSettings: [:])
        try fixture.server.ensureRunning()
        let connection = try fixture.connect()
        let expected = [
            "listen_addresses": "", "fsync": "on", "synchronous_commit": "on",
            "wal_level": "minimal", "jit": "off", "max_connections": "200",
            "server_encoding": "UTF8", "unix_socket_permissions": "0700",
        ]
        for (name, value) in expected {
            let shown = try connection.query("SELECT current_setting(\(name))").only().string(0)
            #expect(shown == value, "\(name)")
        }
        #if os(Linux)
            let shown = try connection.query("SHOW dynamic_shared_memory_type").only().string(0)
            #expect(shown == "mmap")
        #endif
        for name in ["vector", "pg_trgm"] {
            #expect(try connection.availableExtensionVersion(name) != nil)
        }
        #expect(try connection.query("SELECT 'ä' < 'b' COLLATE \"C\"").only().bool(0) == false)
    }

    @Test("is started once when several want it at the same time")
    func concurrentStart() async throws {
        let fixture = try ServerFixture()
        let server = fixture.server
        for _ in 0..<2 {
            let urls = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        try await withCheckedThrowingContinuation { continuation in
                            Thread.detachNewThread {
                                continuation.resume(with: Result { try server.ensureRunning() })
                            }
                        }
                    }
                }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(urls == [server.url])
            #expect(try fixture.connect().query("SELECT 1").only().int(0) == 1)
            try server.stop()
        }
    }

    @Test("comes back at once after a kill, with what was committed")
    func killed() throws {
        let fixture = try ServerFixture()
        let server = fixture.server
        try server.ensureRunning()
        try fixture.connect().script("CREATE TABLE t (n int8)")
        for round in 1...3 {
            let connection = try fixture.connect()
            try connection.execute("INSERT INTO t VALUES (\(round))")
            let process = try #require(server.status().processID)
            kill(pid_t(process), SIGKILL)
            // The signal is on its way; the start is to meet the dead server.
            while server.status().processID == process { usleep(100) }
            try server.ensureRunning()
            #expect(server.status().processID != process)
            let count = try fixture.connect().query("SELECT count(*) FROM t").only().int(0)
            #expect(count == round)
        }
    }

    @Test("starts where a pid file names a process that is something else now")
    func reusedProcessID() throws {
        let other = try ServerFixture()
        try other.server.ensureRunning()
        let foreign = try #require(other.server.status().processID)
        let fixture = try ServerFixture()
        let server = fixture.server
        try server.ensureRunning()
        let file = server.clusterDirectory + "/postmaster.pid"
        var lines = try String(contentsOfFile: file, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        try server.stop()
        lines[0] = "\(foreign)"
        try lines.joined(separator: "\n").write(toFile: file, atomically: false, encoding: .utf8)
        let owner = try FileManager.default.attributesOfItem(atPath: server.clusterDirectory)
        try FileManager.default.setAttributes(
            [
                .ownerAccountID: owner[.ownerAccountID] as Any,
                .groupOwnerAccountID: owner[.groupOwnerAccountID] as Any,
                .posixPermissions: 0o600,
            ], ofItemAtPath: file)
        #expect(server.status().state == .stopped)
        try server.ensureRunning()
        #expect(other.server.status().processID == foreign)
        #expect(try fixture.connect().query("SELECT 1").only().int(0) == 1)
    }

    @Test("holds no file and no terminal of the command that started it")
    func daemon() throws {
        var ends: [Int32] = [-1, -1]
        #expect(pipe(&ends) == 0)
        let fixture = try ServerFixture()
        try fixture.server.ensureRunning()
        close(ends[1])
        var entry = pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)
        // The end of the pipe shows only when nobody holds the writing end any more.
        #expect(poll(&entry, 1, 10_000) == 1)
        var byte: UInt8 = 0
        #expect(read(ends[0], &byte, 1) == 0)
        close(ends[0])
        let process = pid_t(try #require(fixture.server.status().processID))
        #expect(getsid(process) != getsid(0))
    }

    @Test("keeps its log small while it runs")
    func logSize() throws {
        let fixture = try ServerFixture()
        let server = fixture.server
        try server.ensureRunning()
        let log = try #require(FileHandle(forWritingAtPath: server.logFile))
        try log.seekToEnd()
        for _ in 0..<9 { try log.write(contentsOf: Data(repeating: 0x0A, count: 1 << 20)) }
        try log.close()
        try server.ensureRunning()
        func size() throws -> Int {
            let attributes = try FileManager.default.attributesOfItem(atPath: server.logFile)
            return attributes[.size] as? Int ?? 0
        }
        #expect(try size() <= 2 << 20)
        try server.stop()
        let text = try String(contentsOfFile: server.logFile, encoding: .utf8)
        #expect(text.contains("database system is shut down"))
    }

    @Test(
        "takes any path for its data",
        arguments: [
            "with blanks and ünicode/data", #"with "quotes" and 'quotes'/data"#, "with, comma/data",
            "100% & more?a=b#c/data", String(repeating: "long", count: 40) + "/data",
        ])
    func paths(_ subpath: String) throws {
        let fixture = try ServerFixture(subpath: subpath)
        try fixture.server.ensureRunning()
        #expect(try fixture.connect().query("SELECT 1").only().int(0) == 1)
        #expect(fixture.runDirectory.utf8.count < 100)
        try fixture.server.stop()
    }
}
