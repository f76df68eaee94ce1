import GitdexTesting
import Postgres
import Testing

@Suite("A pool", .timeLimit(.minutes(2)))
struct PoolTests {
    private let database: TestDatabase

    init() throws {
        database = try TestDatabase()
    }

    private func pool(limit: Int) -> Pool {
        Pool(url: database.url, limit: limit)
    }

    /// Waits until a session runs a statement that contains `text`.
    private func waitUntilRunning(_ text: String) async throws {
        let watcher = try database.connect()
        let pattern = "%\(text)%"
        while try watcher.query(
            """
            SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE \(pattern)
            AND datname = current_database() AND pid <> pg_backend_pid()
            """
        ).isEmpty {
            await Task.yield()
        }
    }

    @Test("serves more tasks than it has connections")
    func sharing() async throws {
        let pool = pool(limit: 3)
        let sessions = try await withThrowingTaskGroup(of: (Int, Int).self) { group in
            for number in 0..<60 {
                group.addTask {
                    try await pool.withConnection { connection in
                        (
                            try connection.query("SELECT \(number)").only().int(0),
                            connection.serverProcessID
                        )
                    }
                }
            }
            return try await group.reduce(into: (0, Set<Int>())) {
                $0.0 += $1.0
                $0.1.insert($1.1)
            }
        }
        #expect(sessions.0 == 59 * 60 / 2)
        #expect((1...3).contains(sessions.1.count))
        pool.shutdown()
    }

    @Test("cancels on the server what a cancelled task was running")
    func cancellation() async throws {
        let pool = pool(limit: 1)
        let task = Task {
            try await pool.withConnection { connection in
                _ = try connection.query("SELECT pg_sleep(600)")
            }
        }
        try await waitUntilRunning("pg_sleep(600)")
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        let answer = try await pool.withConnection { try $0.query("SELECT 5").only().int(0) }
        #expect(answer == 5)
    }

    @Test("starts no further statement of a cancelled task")
    func cancelledBetweenStatements() async throws {
        let pool = pool(limit: 1)
        let (started, startedContinuation) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            try await pool.withConnection { connection in
                startedContinuation.finish()
                while true { try connection.query("SELECT 1") }
            }
        }
        for await _ in started {}
        task.cancel()
        await #expect(throws: (any Error).self) { try await task.value }
        let answer = try await pool.withConnection { try $0.query("SELECT 5").only().int(0) }
        #expect(answer == 5)
    }

    @Test("lets a cancelled task stop waiting for a connection")
    func cancelledWaiting() async throws {
        let pool = pool(limit: 1)
        let holder = Task {
            try await pool.withConnection { connection in
                _ = try connection.query("SELECT pg_sleep(601)")
            }
        }
        try await waitUntilRunning("pg_sleep(601)")
        let waiter = Task { try await pool.withConnection { _ in } }
        waiter.cancel()
        await #expect(throws: CancellationError.self) { try await waiter.value }
        holder.cancel()
        _ = await holder.result
    }

    @Test("rolls back what a closure left open")
    func leftOpen() async throws {
        let pool = pool(limit: 1)
        try await pool.withConnection { connection in
            try connection.script("CREATE TABLE t (n int8); BEGIN; INSERT INTO t VALUES (1)")
        }
        let (status, count) = try await pool.withConnection { connection in
            (
                connection.transactionStatus,
                try connection.query("SELECT count(*) FROM pg_class WHERE relname = 't'").only()
                    .int(0)
            )
        }
        #expect(status == .idle)
        #expect(count == 0)
    }

    @Test("replaces a connection that broke")
    func broken() async throws {
        let pool = pool(limit: 1)
        let first = try await pool.withConnection { $0.serverProcessID }
        try database.connect().query("SELECT pg_terminate_backend(\(Int32(first)), 10000)")
        let second = try await pool.withConnection { connection in
            try connection.query("SELECT pg_backend_pid()").only().int(0)
        }
        #expect(first != second)
        let error = await #expect(throws: PostgresError.self) {
            try await pool.withConnection { connection in
                _ = try connection.query("SELECT pg_terminate_backend(pg_backend_pid())")
            }
        }
        #expect(error?.code == .connectionLost)
        #expect(try await pool.withConnection { try $0.query("SELECT 5").only().int(0) } == 5)
    }

    @Test("tries transactions again that got in each other's way")
    func contention() async throws {
        let pool = pool(limit: 4)
        try await pool.withConnection {
            try $0.script("CREATE TABLE t (n int8); INSERT INTO t VALUES (0)")
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    try await pool.withTransaction(.serializable, attempts: 100) { connection in
                        let seen = try connection.query("SELECT n FROM t").only().int(0)
                        try connection.execute("UPDATE t SET n = \(seen + 1)")
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(
            try await pool.withConnection { try $0.query("SELECT n FROM t").only().int(0) } == 20)
    }

    @Test("fails what comes after its end")
    func shutdown() async throws {
        let pool = pool(limit: 1)
        try await pool.withConnection { _ in }
        pool.shutdown()
        let error = await #expect(throws: PostgresError.self) {
            try await pool.withConnection { _ in }
        }
        #expect(error?.code == .shutDown)
    }
}
