import Postgres
import Queue
import Testing

extension ConformanceTests {
    @Suite("Taking")
    struct Taking {
        let fixture: QueueFixture
        let queue: JobQueue

        init() throws {
            fixture = try QueueFixture()
            queue = try fixture.queue()
        }

        private func nextKey() throws -> String? { try queue.take()?.job.uniqueKey }

        @Test("goes by priority, then by what is due the longest")
        func order() throws {
            try queue.add("late") { $0.delay = .seconds(2) }
            try queue.add("early")
            try queue.add("urgent") { ($0.priority, $0.delay) = (1, .seconds(3)) }
            try fixture.advance(5)
            #expect(try [nextKey(), nextKey(), nextKey()] == ["urgent", "early", "late"])
            #expect(try nextKey() == nil)
        }

        @Test("gives every workspace its turn, however many jobs another has")
        func fairness() throws {
            try queue.enqueue(
                (0..<500).map { (101, JobRequest(kind: "ref", uniqueKey: "\($0)")) })
            try queue.add("b1", workspace: 102) { $0.priority = 200 }
            try queue.add("b2", workspace: 102)
            try queue.add("c", workspace: 103)
            var turns: [Int] = []
            // One job at a time: what counts is whose turn it was last.
            for _ in 1...6 {
                let lease = try queue.taken()
                turns.append(lease.job.workspace)
                try queue.finish(lease)
            }
            #expect(turns == [101, 102, 103, 101, 102, 101])
        }

        @Test("prefers the workspace with the fewest running jobs")
        func fewestRunning() throws {
            try queue.enqueue((0..<9).map { (101, JobRequest(kind: "ref", uniqueKey: "\($0)")) })
            for _ in 1...3 { _ = try queue.taken() }
            try queue.enqueue((0..<9).map { (102, JobRequest(kind: "ref", uniqueKey: "\($0)")) })
            // Another worker, which does not know whose turn it was.
            let other = try fixture.queue()
            let turns = try (1...5).map { _ in try other.taken().job.workspace }
            #expect(turns.prefix(3) == [102, 102, 102] && Set(turns.suffix(2)) == [101, 102])
        }

        @Test("passes over workspaces that have nothing to run")
        func passesOver() throws {
            try queue.add("1", workspace: 101) { $0.delay = .seconds(60) }
            try queue.add("1", workspace: 102) { $0.scope = "host" }
            try queue.pause(workspace: 102, scope: "host", for: .seconds(60))
            try queue.add("1", workspace: 103)
            #expect(try queue.take()?.job.workspace == 103)
            #expect(try queue.take() == nil)
        }

        @Test("can be limited to kinds")
        func kinds() throws {
            try queue.add("1", kind: "ref")
            let number = try queue.add("1", kind: "collect")
            let kinds = ["collect", "prune"]
            let lease = try queue.take(kinds: kinds, worker: "w", lease: .seconds(1))
            #expect(lease?.job.id == number)
            #expect(try queue.take(kinds: ["prune"], worker: "w", lease: .seconds(1)) == nil)
        }

        @Test("says all there is to know of the job")
        func content() throws {
            let number = try queue.add("7 refs/heads/ä", payload: #"{"ref":"refs/heads/ä"}"#) {
                $0.scope = "example.org"
            }
            let lease = try queue.taken(as: "host 1")
            #expect(lease.workspacePublicID == "a" && lease.duration == .seconds(30))
            let job = try queue.found(number)
            #expect(job == lease.job)
            #expect(job.state == .running && job.worker == "host 1" && job.attempts == 1)
            #expect(job.kind == "ref" && job.uniqueKey == "7 refs/heads/ä")
            #expect(job.scope == "example.org" && job.payload == #"{"ref": "refs/heads/ä"}"#)
            #expect(job.startedAt != nil && job.finishedAt == nil && job.progress == nil)
        }

        @Test("looks at the waiting jobs alone, whatever has ended", arguments: [true, false])
        func indexes(isAnalyzed: Bool) throws {
            try queue.connection.script(
                """
                INSERT INTO jobs (workspace_id, kind, unique_key, state, finished_at)
                SELECT 101, 'ref', n::text, 'done', now() FROM generate_series(1, 20000) n;
                """)
            if isAnalyzed { try queue.connection.script("ANALYZE jobs") }
            try queue.enqueue((0..<500).map { (101, JobRequest(kind: "ref", uniqueKey: "\($0)")) })
            try queue.connection.transaction {
                try queue.connection.script("SET LOCAL enable_seqscan = off")
                let lease = try queue.taken()
                try queue.finish(lease)
                let row = try queue.connection.query(
                    """
                    SELECT seq_scan, idx_tup_fetch FROM pg_stat_xact_user_tables
                    WHERE relname = 'jobs'
                    """
                ).only()
                #expect(try row.int(0) == 0)
                #expect(try row.int(1) < 50)
            }
        }

        @Test("goes by the database's clock alone", arguments: ["-20 years", "20 years"])
        func clock(shift: String) throws {
            let fixture = try QueueFixture(shift: shift)
            let queue = try fixture.queue()
            try queue.add("1") { $0.delay = .seconds(60) }
            #expect(try queue.take() == nil)
            try fixture.advance(61)
            let lease = try queue.taken()
            #expect(try queue.rescueExpired() == 0)
            try fixture.advance(29)
            #expect(try queue.rescueExpired() == 0)
            #expect(try queue.heartbeat(lease))
            try fixture.advance(29)
            #expect(try queue.rescueExpired() == 0)
            try fixture.advance(2)
            #expect(try queue.rescueExpired() == 1)
            try queue.pause(workspace: 101, scope: "", for: .seconds(60))
            try fixture.advance(59)
            #expect(try queue.take() == nil)
            try fixture.advance(2)
            #expect(try queue.take()?.job.attempts == 2)
        }
    }
}
