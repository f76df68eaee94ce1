import Postgres
import Queue
import Testing

extension ConformanceTests {
    @Suite("Running")
    struct Running {
        let fixture: RunnerFixture
        let queue: JobQueue

        init() throws {
            fixture = try RunnerFixture()
            queue = try fixture.base.queue()
        }

        /// Runs a runner while `body` does something, then stops it.
        private func running(_ runner: JobRunner, _ body: () async throws -> Void) async throws {
            let task = Task { await runner.run() }
            do {
                try await body()
            } catch {
                await runner.stop(within: .zero)
                throw error
            }
            await runner.stop(within: .seconds(60))
            await task.value
        }

        @Test("hears of a job, does it, and shows its progress")
        func runs() async throws {
            let gate = Gate()
            let handler = ClosureHandler { lease, context in
                context.progress(done: 3, total: 7)
                try gate.pass(context.connection)
                try context.connection.transaction {
                    try context.connection.execute(
                        "INSERT INTO work VALUES (\(lease.job.id), \(lease.job.payload))")
                    try context.checkLease(on: context.connection)
                }
            }
            try await running(fixture.runner(handler)) {
                let number = try queue.add("1", payload: #"{"a":1}"#)
                try await fixture.eventually {
                    try $0.found(number).progress == JobProgress(done: 3, total: 7)
                }
                #expect(try queue.found(number).worker == "host 1")
                gate.open()
                try await fixture.reaches(.done, number)
                let rows = try queue.connection.query("SELECT job, note FROM work")
                #expect(try rows.only().int(0) == number)
                #expect(try rows.only().string(1) == #"{"a": 1}"#)
            }
        }

        @Test("wakes when a delayed job falls due")
        func delayed() async throws {
            try await running(fixture.runner(ClosureHandler { _, _ in })) {
                let number = try queue.add("1") { $0.delay = .milliseconds(50) }
                try await fixture.reaches(.done, number)
            }
        }

        @Test("fails loudly where nobody knows the kind")
        func unknownKind() async throws {
            try await running(fixture.runner(ClosureHandler { _, _ in })) {
                let number = try queue.add("1", kind: "mystery")
                try await fixture.reaches(.failed, number)
                #expect(try queue.found(number).error?.contains("mystery") == true)
                #expect(try queue.found(number).attempts == 1)
                try await fixture.eventually { _ in
                    fixture.log.all.contains { $0.hasPrefix("error") && $0.contains("mystery") }
                }
            }
        }

        @Test("comes back to what had to wait for something else, and counts no attempt")
        func later() async throws {
            let isFree = Gate()
            let handler = ClosureHandler { lease, _ in
                guard isFree.isOpened else {
                    isFree.open()
                    throw JobFailure.later("busy", after: .milliseconds(20))
                }
                #expect(lease.job.attempts == 1)
            }
            try await running(fixture.runner(handler)) {
                let number = try queue.add("1")
                try await fixture.reaches(.done, number)
                let job = try queue.found(number)
                #expect(job.attempts == 1 && job.error == nil)
            }
        }

        @Test("tells a failure for good, one to try again, and a provider's limit apart")
        func failures() async throws {
            struct Trouble: Error {}
            let handler = ClosureHandler { lease, _ in
                switch lease.job.uniqueKey {
                case "good": throw JobFailure("never", retry: false)
                case "limit": throw JobFailure("later", retry: true, pause: .seconds(600))
                default: throw Trouble()
                }
            }
            try await running(fixture.runner(handler)) {
                let good = try queue.add("good")
                try await fixture.reaches(.failed, good)
                #expect(try queue.found(good).error == "never")
                let again = try queue.add("again") { $0.maximumAttempts = 2 }
                try await fixture.reaches(.failed, again)
                #expect(try queue.found(again).attempts == 2)
                let limited = try queue.add("limit") { $0.scope = "example.org" }
                try await fixture.eventually { try $0.found(limited).error == "later" }
                let held = try queue.add("other") { $0.scope = "example.org" }
                let free = try queue.add("good")
                try await fixture.reaches(.failed, free)
                #expect(try queue.found(held).attempts == 0)
                #expect(try queue.found(limited).state == .waiting)
            }
        }

        @Test("rolls back the transaction that a handler leaves open")
        func leftOpen() async throws {
            let handler = ClosureHandler { _, context in
                try context.connection.script("BEGIN; INSERT INTO work VALUES (1, 'half')")
            }
            try await running(fixture.runner(handler)) {
                for key in ["1", "2"] {
                    try await fixture.reaches(.done, try queue.add(key))
                }
                #expect(try queue.connection.query("SELECT 1 FROM work").isEmpty)
            }
        }

        @Test("keeps the lease of a job that takes longer than that")
        func heartbeat() async throws {
            let gate = Gate()
            let runner = fixture.runner(
                lease: .milliseconds(120), ClosureHandler { try gate.pass($1.connection) })
            try await running(runner) {
                let number = try queue.add("1")
                try await fixture.reaches(.running, number)
                var renewals: Set<String> = []
                try await fixture.eventually {
                    let row = try $0.connection.query("SELECT leased_until::text FROM jobs").only()
                    renewals.insert(try row.optionalString(0) ?? "none")
                    return renewals.count >= 6
                }
                gate.open()
                try await fixture.reaches(.done, number)
                #expect(try queue.found(number).attempts == 1)
            }
        }

        @Test("tells the handler of a job that was cancelled")
        func cancelled() async throws {
            let runner = fixture.runner(
                lease: .milliseconds(300),
                ClosureHandler { _, context in
                    while !context.isCancelled {
                        try context.connection.query("SELECT pg_sleep(0.002)")
                    }
                    throw JobFailure("stopped", retry: true)
                })
            try await running(runner) {
                let number = try queue.add("1")
                try await fixture.reaches(.running, number)
                try queue.cancel(workspace: 101, id: number)
                try await fixture.eventually { _ in runner.runningCount == 0 }
                #expect(try queue.found(number).state == .cancelled)
            }
        }

        @Test("takes over the job of a worker that died")
        func takesOver() async throws {
            let number = try queue.add("1")
            _ = try queue.take(worker: "dead", lease: .zero)
            let runner = fixture.runner(
                lease: .milliseconds(120), pollInterval: .milliseconds(50),
                ClosureHandler { _, _ in })
            try await running(runner) { try await fixture.reaches(.done, number) }
            #expect(try queue.found(number).attempts == 2)
            #expect(fixture.log.all.contains { $0.contains("stopped reporting") })
        }
    }
}
