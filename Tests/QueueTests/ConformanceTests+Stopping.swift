import GitdexTesting
import Postgres
import Queue
import Synchronization
import Testing

extension ConformanceTests {
    @Suite("Stopping and breaking")
    struct Stopping {
        let fixture: RunnerFixture
        let queue: JobQueue

        init() throws {
            fixture = try RunnerFixture()
            queue = try fixture.base.queue()
        }

        @Test("lets a running job end and takes no other", arguments: [true, false])
        func finishes(byCancelling: Bool) async throws {
            let gate = Gate()
            let runner = fixture.runner(ClosureHandler { try gate.pass($1.connection) })
            let task = Task { await runner.run() }
            let first = try queue.add("1")
            let second = try queue.add("2")
            try await fixture.reaches(.running, first)
            if byCancelling {
                task.cancel()
            } else {
                Task { await runner.stop(within: .seconds(60)) }
            }
            while !runner.isStopping { await Task.yield() }
            gate.open()
            await task.value
            #expect(try queue.found(first).state == .done)
            #expect(try queue.found(second).state == .waiting)
        }

        @Test("gives back what does not end in time, which then cannot commit")
        func givesBack() async throws {
            let gate = Gate()
            let ended = Mutex<(any Error)?>(nil)
            let runner = fixture.runner(
                ClosureHandler { _, context in
                    try gate.pass(context.connection)
                    do {
                        try context.connection.transaction {
                            try context.connection.execute("INSERT INTO work VALUES (1, 'late')")
                            try context.checkLease(on: context.connection)
                        }
                    } catch {
                        ended.withLock { $0 = error }
                        throw error
                    }
                })
            let task = Task { await runner.run() }
            let number = try queue.add("1")
            try await fixture.reaches(.running, number)
            await runner.stop(within: .zero)
            await task.value
            let job = try queue.found(number)
            #expect(job.state == .waiting && job.attempts == 0 && job.error == nil)
            gate.open()
            try await fixture.eventually { _ in ended.withLock { $0 != nil } }
            #expect(ended.withLock { ($0 as? QueueError)?.code } == .leaseLost)
            #expect(try queue.connection.query("SELECT 1 FROM work").isEmpty)
        }

        @Test("of the handler's connection in the middle loses nothing")
        func killedHandler() async throws {
            let attempts = Mutex(0)
            let fixture = fixture
            let handler = ClosureHandler { lease, context in
                let attempt = attempts.withLock { attempts in
                    attempts += 1
                    return attempts
                }
                try context.connection.transaction {
                    try context.connection.execute(
                        "INSERT INTO work VALUES (\(lease.job.id), \(String(attempt)))")
                    if attempt == 1 {
                        let killer = try fixture.base.connect()
                        try killer.query(
                            """
                            SELECT pg_terminate_backend(
                                \(Int32(context.connection.serverProcessID)), 10000)
                            """)
                    }
                    try context.checkLease(on: context.connection)
                }
            }
            let runner = fixture.runner(handler)
            let task = Task { await runner.run() }
            let number = try queue.add("1")
            try await fixture.reaches(.done, number)
            await runner.stop(within: .seconds(60))
            await task.value
            #expect(try queue.found(number).attempts == 2)
            let rows = try queue.connection.query("SELECT note FROM work")
            #expect(try rows.only().string(0) == "2")
        }

        @Test("of every connection is mended by itself")
        func killedAll() async throws {
            let runner = fixture.runner(
                slots: 2, pollInterval: .milliseconds(500), ClosureHandler { _, _ in })
            let task = Task { await runner.run() }
            try await fixture.reaches(.done, try queue.add("1"))
            let killer = try fixture.base.database.connect()
            for key in 2...4 {
                try killer.query(
                    """
                    SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid()
                    """)
                try await fixture.reaches(.done, try queue.add("\(key)"))
            }
            await runner.stop(within: .seconds(60))
            await task.value
        }
    }

    @Suite("Racing")
    struct Racing {
        @Test("two runners do each of 2,000 jobs once")
        func once() async throws {
            let fixture = try RunnerFixture()
            let queue = try fixture.base.queue()
            let handler = ClosureHandler { lease, context in
                try context.connection.transaction {
                    try context.connection.execute(
                        "INSERT INTO work VALUES (\(lease.job.id), 'done')")
                    try context.checkLease(on: context.connection)
                }
            }
            let runners = (1...2).map { fixture.runner(worker: "host \($0)", slots: 2, handler) }
            let tasks = runners.map { runner in Task { await runner.run() } }
            for part in 0..<20 {
                try queue.enqueue(
                    (0..<100).map {
                        (101 + $0 % 3, JobRequest(kind: "ref", uniqueKey: "\(part * 100 + $0)"))
                    })
            }
            try await fixture.eventually { try $0.counts().isEmpty }
            for runner in runners { await runner.stop(within: .seconds(60)) }
            for task in tasks { await task.value }
            let row = try queue.connection.query(
                """
                SELECT (SELECT count(*) FROM work), (SELECT count(DISTINCT job) FROM work),
                    (SELECT count(*) FROM jobs WHERE state = 'done' AND attempts = 1),
                    (SELECT count(DISTINCT worker) FROM jobs)
                """
            ).only()
            #expect(try (0...2).map { try row.int($0) } == [2000, 2000, 2000])
            #expect(try row.int(3) > 1, "both took part")
        }

        @Test("a stop waits no longer than it may for a transaction that commits")
        func stopBesideCommit() async throws {
            let fixture = try RunnerFixture()
            let gate = Gate()
            let locked = Mutex(false)
            let runner = fixture.runner(
                ClosureHandler { _, context in
                    let connection = context.connection
                    try connection.transaction {
                        try connection.execute("INSERT INTO work VALUES (1, 'committed')")
                        try context.checkLease(on: connection)
                        locked.withLock { $0 = true }
                        try gate.pass(connection)
                    }
                })
            let number = try fixture.base.queue().add("1")
            let task = Task { await runner.run() }
            while !locked.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(1)) }
            // Ends although the job's row stays locked until the gate opens.
            await runner.stop(within: .milliseconds(20))
            await task.value
            #expect(try fixture.base.queue().found(number).state == .running)
            gate.open()
            // It was not given back, so that what it committed counts.
            try await fixture.reaches(.done, number)
        }

        @Test("adders and workers on few keys leave nothing undone and nothing doubled")
        func fewKeys() async throws {
            let fixture = try RunnerFixture()
            let active = Mutex<[String: Int]>([:])
            let overlaps = Mutex(0)
            let handler = ClosureHandler { lease, context in
                let key = lease.job.uniqueKey
                let count = active.withLock { active in
                    active[key, default: 0] += 1
                    return active[key, default: 0]
                }
                if count > 1 { overlaps.withLock { $0 += 1 } }
                try context.connection.execute(
                    """
                    INSERT INTO work
                    VALUES (\(Int(key) ?? 0), \(lease.job.payload))
                    """)
                active.withLock { $0[key, default: 0] -= 1 }
                if Int.random(in: 0..<10) == 0 { throw JobFailure("chance", retry: true) }
            }
            let runner = fixture.runner(slots: 3, pollInterval: .milliseconds(200), handler)
            let task = Task { await runner.run() }
            try await withThrowingTaskGroup { group in
                for adder in 0..<3 {
                    group.addTask {
                        let queue = try fixture.base.queue()
                        for round in 1...60 {
                            // Each adder names the keys in another order.
                            let keys = (0..<8).map { ($0 * (adder * 2 + 1)) % 8 }
                            try queue.enqueue(
                                keys.map {
                                    var request = JobRequest(kind: "ref", uniqueKey: "\($0)")
                                    request.payload = #"{"r": \#(round)}"#
                                    return (101, request)
                                })
                            await Task.yield()
                        }
                    }
                }
                try await group.waitForAll()
            }
            try await fixture.eventually { try $0.counts().isEmpty }
            await runner.stop(within: .seconds(60))
            await task.value
            #expect(overlaps.withLock { $0 } == 0)
            let last = try fixture.base.connect().query(
                """
                SELECT count(DISTINCT job) FROM work WHERE note = '{"r": 60}'
                """
            ).only()
            #expect(try last.int(0) == 8, "the last request of every key was done")
        }
    }
}
