import Postgres
import Queue
import Testing

extension ConformanceTests {
    @Suite("Administration")
    struct Administration {
        let fixture: QueueFixture
        let queue: JobQueue

        init() throws {
            fixture = try QueueFixture()
            queue = try fixture.queue()
        }

        @Test("lists the newest first, by workspace, state and kind, page by page")
        func list() throws {
            var numbers: [Int] = []
            for key in 1...5 { numbers.append(try queue.add("\(key)")) }
            let other = try queue.add("1", kind: "collect", workspace: 102)
            #expect(try queue.list(workspace: 101).map(\.id) == numbers.reversed())
            #expect(try queue.list().map(\.id) == [other] + numbers.reversed())
            #expect(try queue.list(kind: "collect").map(\.id) == [other])
            #expect(try queue.list(workspace: 101, kind: "collect").isEmpty)
            let page = try queue.list(workspace: 101, limit: 2)
            #expect(page.map(\.id) == [numbers[4], numbers[3]])
            let next = try queue.list(workspace: 101, before: numbers[3], limit: 2)
            #expect(next.map(\.id) == [numbers[2], numbers[1]])
            try queue.cancel(workspace: 101, id: numbers[0])
            #expect(try queue.list(state: .cancelled).map(\.id) == [numbers[0]])
            #expect(try queue.list(state: .waiting).count == 5)
        }

        @Test("shows a job to its own workspace only")
        func ownWorkspace() throws {
            let number = try queue.add("1")
            #expect(try queue.job(workspace: 102, id: number) == nil)
            for code in [
                queueErrorCode { try queue.retry(workspace: 102, id: number) },
                queueErrorCode { try queue.cancel(workspace: 102, id: number) },
            ] { #expect(code == .notFound) }
        }

        @Test("counts what waits, runs and has failed, with the age of the oldest")
        func counts() throws {
            try fixture.freeze()
            try queue.add("1")
            try queue.fail(try queue.taken(), error: "no", retry: false)
            try queue.add("2")
            try queue.finish(try queue.taken())
            try fixture.advance(5)
            try queue.add("3")
            try fixture.advance(5)
            try queue.add("4")
            try queue.add("4", kind: "collect")
            let counts = try queue.counts().map {
                "\($0.kind) \($0.state) \($0.count) \(Int($0.oldestSeconds))"
            }
            #expect(counts == ["collect waiting 1 0", "ref failed 1 10", "ref waiting 2 5"])
        }

        @Test("retries a job that has ended")
        func retry() throws {
            let number = try queue.add("1")
            try queue.fail(try queue.taken(), error: "no", retry: false)
            let job = try queue.retry(workspace: 101, id: number)
            #expect(job.id == number && job.state == .waiting && job.attempts == 0)
            let lease = try queue.taken()
            #expect(lease.job.id == number)
            #expect(
                queueErrorCode { try queue.retry(workspace: 101, id: number) } == .wrongState)
            try queue.finish(lease)
            #expect(try queue.retry(workspace: 101, id: number).state == .waiting)
        }

        @Test("retries at once what waits for its time, or waits in its place")
        func retryWaiting() throws {
            let first = try queue.add("1")
            try queue.fail(try queue.taken(), error: "no", retry: false)
            let second = try queue.add("1") { $0.delay = .seconds(60) }
            #expect(try queue.take() == nil)
            #expect(try queue.retry(workspace: 101, id: first).id == second)
            #expect(try queue.taken().job.id == second)
        }

        @Test("a retry by hand ends the pause that holds the job, and no other")
        func retryPaused() throws {
            let held = try queue.add("1") { $0.scope = "repository 1" }
            try queue.add("2") { $0.scope = "repository 2" }
            for scope in ["repository 1", "repository 2"] {
                try queue.pause(workspace: 101, scope: scope, for: .seconds(900))
            }
            #expect(try queue.take() == nil)
            #expect(try queue.pauseEnd(workspace: 101, scope: "repository 1") != nil)
            #expect(try queue.retry(workspace: 101, id: held).id == held)
            #expect(try queue.pauseEnd(workspace: 101, scope: "repository 1") == nil)
            #expect(try queue.taken().job.id == held)
            #expect(try queue.take() == nil)
            #expect(try queue.pauseEnd(workspace: 101, scope: "repository 2") != nil)
        }

        @Test("cancels what waits or runs, and nothing else")
        func cancel() throws {
            let number = try queue.add("1")
            #expect(try queue.cancel(workspace: 101, id: number).state == .cancelled)
            #expect(try queue.take() == nil)
            #expect(
                queueErrorCode { try queue.cancel(workspace: 101, id: number) } == .wrongState)
            try queue.retry(workspace: 101, id: number)
            let lease = try queue.taken()
            try queue.cancel(workspace: 101, id: number)
            #expect(try !queue.heartbeat(lease))
            #expect(queueErrorCode { try queue.finish(lease) } == .leaseLost)
        }

        @Test("forgets what ended long ago")
        func prune() throws {
            try queue.add("old")
            try queue.finish(try queue.taken())
            try queue.pause(workspace: 101, scope: "x", for: .seconds(1))
            let waiting = try queue.add("waits") { $0.delay = .seconds(1_000_000) }
            try fixture.advance(3601)
            let recent = try queue.add("new")
            try queue.finish(try queue.taken())
            #expect(try queue.prune(olderThan: .seconds(3600)) == 1)
            #expect(try queue.list().map(\.id) == [recent, waiting])
            #expect(try queue.connection.query("SELECT 1 FROM queue_pauses").isEmpty)
        }

        @Test("goes with its workspace")
        func workspace() throws {
            try queue.add("1", workspace: 102)
            try queue.connection.execute("DELETE FROM workspaces WHERE id = 102")
            #expect(try queue.list().isEmpty)
            let error = #expect(throws: PostgresError.self) { try queue.add("1", workspace: 102) }
            #expect(error?.code == .foreignKeyViolation)
        }
    }
}
