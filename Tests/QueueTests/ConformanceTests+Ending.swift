import Postgres
import Queue
import Testing
import Threads

extension ConformanceTests {
    @Suite("Ending")
    struct Ending {
        let fixture: QueueFixture
        let queue: JobQueue

        init() throws {
            fixture = try QueueFixture()
            queue = try fixture.queue()
        }

        @Test("well leaves the job done, also when said twice")
        func finish() throws {
            let number = try queue.add("1")
            let lease = try queue.taken()
            try queue.finish(lease)
            let ended = try queue.found(number).finishedAt
            try fixture.advance(1)
            try queue.finish(lease)
            let job = try queue.found(number)
            #expect(job.state == .done && job.finishedAt == ended && job.error == nil)
        }

        @Test("badly waits about twice as long each time, with chance in it")
        func backOff() throws {
            try fixture.freeze()
            let count = 40
            try queue.enqueue(
                (0..<count).map { (101, JobRequest(kind: "ref", uniqueKey: "\($0)")) })
            for attempt in 1...13 {
                let leases = try (0..<count).map { _ in try queue.taken() }
                for lease in leases {
                    #expect(lease.job.attempts == attempt)
                    #expect(try queue.fail(lease, error: "no", retry: true) == .waiting)
                }
                let delays = try queue.connection.query(
                    "SELECT extract(epoch FROM run_after - statement_timestamp())::float8 FROM jobs"
                ).map { try $0.double(0) }
                let whole = min(Double(1 << (attempt - 1)), 900)
                #expect(delays.allSatisfy { $0 >= whole / 2 && $0 <= whole }, "\(delays)")
                #expect(Set(delays).count > count / 2, "they do not come again together")
                try fixture.advance(whole)
            }
        }

        @Test("badly for the last attempt leaves the job failed, with the reason")
        func attempts() throws {
            let number = try queue.add("1") { $0.maximumAttempts = 3 }
            for state in [JobState.waiting, .waiting, .failed] {
                let lease = try queue.taken()
                #expect(try queue.fail(lease, error: "disk\0 full", retry: true) == state)
                try fixture.advance(10)
            }
            let job = try queue.found(number)
            #expect(job.state == .failed && job.attempts == 3 && job.error == "disk full")
            #expect(job.finishedAt != nil)
            #expect(try queue.take() == nil)
        }

        @Test("badly for good leaves it failed at once")
        func permanent() throws {
            let number = try queue.add("1")
            let text = String(repeating: "e\u{301}", count: 5000)
            #expect(try queue.fail(try queue.taken(), error: text, retry: false) == .failed)
            #expect(try queue.found(number).error?.unicodeScalars.count == 4000)
        }

        @Test("badly while a newer one waits leaves the work to that")
        func superseded() throws {
            let first = try queue.add("1")
            let lease = try queue.taken()
            let second = try queue.add("1")
            #expect(try queue.fail(lease, error: "no", retry: true) == .superseded)
            #expect(try queue.found(first).state == .superseded)
            #expect(try queue.take()?.job.id == second)
        }

        @Test("badly while a newer one is being added leaves the work to that", arguments: [1, 2])
        func supersededInRace(depth: Int) async throws {
            try queue.add("1")
            let lease = try queue.taken()
            let fixture = fixture
            let adder = try fixture.queue()
            let thread = SerialThread(name: "fails")
            try adder.connection.script("BEGIN")
            try adder.add("1")
            // Sees no waiting job, then meets the index entry of one that is not committed yet.
            async let state = thread.run {
                let queue = try fixture.queue()
                if depth == 1 { return try queue.fail(lease, error: "no", retry: true) }
                return try queue.connection.transaction {
                    try queue.fail(lease, error: "no", retry: true)
                }
            }
            let observer = try fixture.connect()
            while try observer.query("SELECT 1 FROM pg_locks WHERE NOT granted").isEmpty {
                await Task.yield()
            }
            try adder.connection.script("COMMIT")
            #expect(try await state == .superseded)
        }

        @Test("by handing back counts no attempt and makes the job due at once")
        func giveBack() throws {
            let number = try queue.add("1")
            try queue.giveBack(try queue.taken())
            let job = try queue.found(number)
            #expect(job.state == .waiting && job.attempts == 0)
            let lease = try queue.taken()
            #expect(lease.job.attempts == 1)
            try queue.add("1")
            try queue.giveBack(lease)
            #expect(try queue.found(number).state == .superseded)
        }

        @Test("by an own delay waits at least so long")
        func ownDelay() throws {
            try fixture.freeze()
            try queue.add("1")
            try queue.fail(try queue.taken(), error: "limit", retry: true, delay: .seconds(600))
            #expect(try queue.timeUntilNextDue() == .seconds(600))
        }
    }

    @Suite("Pauses")
    struct Pauses {
        let fixture: QueueFixture
        let queue: JobQueue

        init() throws {
            fixture = try QueueFixture()
            queue = try fixture.queue()
        }

        @Test("hold the jobs of a scope in a workspace, and end by themselves")
        func hold() throws {
            try fixture.freeze()
            for workspace in [101, 102] {
                try queue.add("1", workspace: workspace) { $0.scope = "example.org" }
            }
            try queue.add("2", workspace: 101)
            try queue.pause(workspace: 101, scope: "example.org", for: .seconds(60))
            try queue.pause(workspace: 101, scope: "example.org", for: .seconds(5))
            let taken = try [queue.taken(), queue.taken()]
            #expect(
                Set(taken.map { [$0.job.workspace, Int($0.job.uniqueKey) ?? 0] })
                    == [[101, 2], [102, 1]])
            #expect(try queue.take() == nil)
            #expect(try queue.timeUntilNextDue() == .seconds(60))
            try fixture.advance(60)
            #expect(try queue.taken().job.scope == "example.org")
            #expect(try !queue.resume(workspace: 101, scope: "example.org"))
        }

        @Test("can be ended")
        func resume() throws {
            try queue.add("1") { $0.scope = "example.org" }
            try queue.pause(workspace: 101, scope: "example.org", for: .seconds(60))
            #expect(try queue.take() == nil)
            #expect(try queue.resume(workspace: 101, scope: "example.org"))
            #expect(try queue.take() != nil)
        }
    }
}
