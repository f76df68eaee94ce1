import Postgres
import Queue
import Testing

extension ConformanceTests {
    @Suite("Leases")
    struct Leases {
        let fixture: QueueFixture
        let queue: JobQueue
        let other: JobQueue

        init() throws {
            fixture = try QueueFixture()
            queue = try fixture.queue()
            other = try fixture.queue()
        }

        /// Lets a lease run out and the job go to another worker.
        private func loseToOther() throws -> (lost: JobLease, held: JobLease) {
            try queue.add("1")
            let lost = try queue.taken(as: "slow")
            try fixture.advance(31)
            #expect(try other.rescueExpired() == 1)
            try fixture.advance(2)
            return (lost, try other.taken(as: "quick"))
        }

        @Test("that are lost let nothing be committed, finished, failed or renewed")
        func fencing() throws {
            let (lost, held) = try loseToOther()
            #expect(lost.job.id == held.job.id && lost.token != held.token)
            let code = queueErrorCode {
                try queue.connection.transaction {
                    try queue.connection.execute("INSERT INTO work VALUES (1, 'late')")
                    try queue.checkLease(lost)
                }
            }
            #expect(code == .leaseLost)
            #expect(try queue.connection.query("SELECT 1 FROM work").isEmpty)
            #expect(queueErrorCode { try queue.finish(lost) } == .leaseLost)
            #expect(
                queueErrorCode { try queue.fail(lost, error: "", retry: true) } == .leaseLost)
            #expect(queueErrorCode { try queue.giveBack(lost) } == .leaseLost)
            #expect(queueErrorCode { try queue.progress(lost, done: 1, total: 2) } == .leaseLost)
            #expect(try !queue.heartbeat(lost))
            try other.connection.transaction { try other.checkLease(held) }
            try other.finish(held)
            #expect(try queue.found(held.job.id).worker == "quick")
        }

        @Test("that were checked cannot be taken away before the transaction ends")
        func checkHolds() throws {
            try queue.add("1")
            let lease = try queue.taken()
            try fixture.advance(31)
            try queue.connection.transaction {
                try queue.checkLease(lease)
                #expect(try other.rescueExpired() == 0)
                #expect(try other.heartbeat(lease), "it does not wait either")
            }
            #expect(try other.rescueExpired() == 1)
        }

        @Test("hold as long as heartbeats come")
        func heartbeat() throws {
            try queue.add("1")
            let lease = try queue.taken()
            for _ in 1...5 {
                try fixture.advance(29)
                #expect(try queue.heartbeat(lease))
                #expect(try other.rescueExpired() == 0)
            }
            try fixture.advance(31)
            #expect(try other.rescueExpired() == 1)
        }

        @Test("are renewed many at once, each for itself")
        func heartbeats() throws {
            for key in 1...3 { try queue.add("\(key)") }
            let leases = try (1...3).map { _ in try queue.taken() }
            try queue.cancel(workspace: 101, id: leases[1].job.id)
            let held = try queue.heartbeat(
                [(leases[0], nil), (leases[1], nil), (leases[2], JobProgress(done: 1, total: 9))])
            #expect(held == [true, false, true])
            #expect(try queue.found(leases[2].job.id).progress == JobProgress(done: 1, total: 9))
            #expect(try queue.found(leases[0].job.id).progress == nil)
            #expect(try queue.heartbeat([]).isEmpty)
        }

        @Test("show progress, which a new attempt begins anew")
        func progress() throws {
            let number = try queue.add("1")
            let lease = try queue.taken()
            try queue.progress(lease, done: 3, total: 10)
            #expect(try queue.found(number).progress == JobProgress(done: 3, total: 10))
            try queue.giveBack(lease)
            #expect(try queue.taken().job.progress == nil)
        }

        @Test("of a worker that died go back, with a reason, and count as an attempt")
        func rescue() throws {
            let number = try queue.add("1") { $0.maximumAttempts = 2 }
            _ = try queue.taken(as: "host 9")
            try fixture.advance(31)
            #expect(try other.rescueExpired() == 1)
            let job = try queue.found(number)
            #expect(job.state == .waiting && job.attempts == 1)
            #expect(job.error?.contains("host 9") == true)
            try fixture.advance(2)
            _ = try queue.taken()
            try fixture.advance(31)
            #expect(try other.rescueExpired() == 1)
            // A job that kills its workers does not do so for ever.
            #expect(try queue.found(number).state == .failed)
        }

        @Test("survive the server's crash as lost, never as somebody else's")
        func tokens() throws {
            try queue.add("1")
            let forgotten = try queue.taken()
            // As after a crash that took the unflushed take back.
            try queue.connection.script(
                """
                UPDATE jobs SET state = 'waiting', attempts = 0, lease_token = NULL,
                    leased_until = NULL, worker = NULL, started_at = NULL
                """)
            let held = try other.taken()
            #expect(held.job.id == forgotten.job.id && held.job.attempts == forgotten.job.attempts)
            #expect(queueErrorCode { try queue.checkLease(forgotten) } == .leaseLost)
        }
    }
}
