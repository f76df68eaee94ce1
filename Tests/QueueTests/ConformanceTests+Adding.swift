import Postgres
import Queue
import Testing

extension ConformanceTests {
    @Suite("Adding")
    struct Adding {
        let fixture: QueueFixture
        let queue: JobQueue

        init() throws {
            fixture = try QueueFixture()
            queue = try fixture.queue()
        }

        @Test("replaces the job that waits for the same key")
        func replaces() throws {
            let first = try queue.add("1", payload: #"{"n":1}"#) { $0.priority = 50 }
            let other = try queue.add("2")
            let second = try queue.add("1", payload: #"{"n":2}"#) { $0.maximumAttempts = 3 }
            let third = try queue.add("1", kind: "repository")
            let fourth = try queue.add("1", workspace: 102)
            #expect(first == second && Set([first, other, third, fourth]).count == 4)
            let job = try queue.found(first)
            #expect(job.payload == #"{"n": 2}"# && job.priority == 50 && job.maximumAttempts == 3)
            #expect(job.state == .waiting && job.attempts == 0)
        }

        @Test("puts a waiting job off, but never beyond its maximum delay")
        func maximumDelay() throws {
            try fixture.freeze()
            func add() throws {
                try queue.add("1") { ($0.delay, $0.maximumDelay) = (.seconds(10), .seconds(25)) }
            }
            try add()
            try fixture.advance(8)
            try add()
            try fixture.advance(9)
            try #expect(queue.take() == nil, "put off to 18 s")
            try add()
            try fixture.advance(7.9)
            try #expect(queue.take() == nil, "put off to 25 s, not to 27")
            #expect(try queue.timeUntilNextDue() == .milliseconds(100))
            try fixture.advance(0.1)
            try #expect(queue.take() != nil)
        }

        @Test("asks for a longer delay than the maximum only where it says so")
        func longDelay() throws {
            try fixture.freeze()
            try queue.add("1") { $0.delay = .seconds(3600) }
            try fixture.advance(3599)
            try #expect(queue.take() == nil)
            try fixture.advance(1)
            try #expect(queue.take() != nil)
        }

        @Test("takes many at once, in the order asked for, the last for one key")
        func batch() throws {
            let keys = ["b", "a", "c", "a"]
            let numbers = try queue.enqueue(
                keys.enumerated().map {
                    (101, JobRequest(kind: "ref", uniqueKey: $1, payload: #"{"n": \#($0)}"#))
                })
            #expect(numbers[1] == numbers[3] && Set(numbers).count == 3)
            for (number, key) in zip(numbers, keys) {
                #expect(try queue.found(number).uniqueKey == key)
            }
            #expect(try queue.found(numbers[1]).payload == #"{"n": 3}"#)
            #expect(try queue.enqueue([]).isEmpty)
        }

        @Test("is part of the caller's transaction, and so is the notification")
        func transaction() throws {
            struct Refusal: Error {}
            let listener = try fixture.connect()
            try listener.listen(to: JobQueue.channel)
            #expect(throws: Refusal.self) {
                try queue.connection.transaction {
                    try queue.add("1")
                    throw Refusal()
                }
            }
            #expect(try queue.list(workspace: 101).isEmpty)
            try queue.connection.transaction {
                try queue.add("1")
                #expect(try listener.nextNotification(timeoutMilliseconds: 0) == nil)
                #expect(try fixture.queue().take() == nil)
            }
            #expect(try listener.nextNotification(timeoutMilliseconds: 30_000) != nil)
            #expect(try queue.take() != nil)
        }

        @Test("leaves a running job alone, and the new one waits for its end")
        func whileRunning() throws {
            let first = try queue.add("1")
            let lease = try queue.taken()
            let second = try queue.add("1")
            #expect(first != second)
            #expect(try queue.take() == nil, "one running job for each key")
            try queue.finish(lease)
            #expect(try queue.take()?.job.id == second)
        }

        @Test("while it is not committed makes nobody wait")
        func uncommitted() throws {
            try queue.add("1", payload: #"{"n":1}"#)
            let other = try fixture.queue()
            try queue.connection.transaction {
                try queue.add("1", payload: #"{"n":2}"#)
                #expect(try other.take() == nil)
            }
            #expect(try other.take()?.job.payload == #"{"n": 2}"#)
        }

        @Test("gives a job that waits for another attempt a fresh start")
        func afterFailure() throws {
            let number = try queue.add("1")
            for _ in 1...8 {
                try queue.fail(try queue.taken(), error: "no", retry: true)
                try fixture.advance(900)
            }
            try queue.fail(try queue.taken(), error: "no", retry: true)
            try #expect(queue.take() == nil)
            #expect(try queue.add("1") == number)
            let lease = try queue.taken()
            #expect(lease.job.attempts == 1 && lease.job.error == nil)
        }

        @Test(
            "refuses what is out of its limits before the database does",
            arguments: [
                JobRequest(kind: "", uniqueKey: "1"),
                JobRequest(kind: String(repeating: "k", count: 65), uniqueKey: "1"),
                JobRequest(kind: "ref", uniqueKey: String(repeating: "ä", count: 1001)),
                JobRequest(kind: "ref", uniqueKey: "a\0b"),
                JobRequest(
                    kind: "ref", uniqueKey: "1",
                    payload: "{\"a\":\"" + String(repeating: "x", count: 65_536) + "\"}"),
            ])
        func limits(request: JobRequest) throws {
            let code = queueErrorCode { try queue.enqueue([(101, request)]) }
            #expect(code == .invalidRequest)
        }

        @Test("takes the longest key there may be, and refuses a payload that is no object")
        func edges() throws {
            try queue.add(String(repeating: "k", count: 2000))
            let error = #expect(throws: PostgresError.self) { try queue.add("1", payload: "[]") }
            #expect(error?.constraint == "job_payload_is_object")
        }
    }
}
