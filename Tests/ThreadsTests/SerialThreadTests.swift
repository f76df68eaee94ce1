import Synchronization
import Testing
import Threads

@Suite("A serial thread", .timeLimit(.minutes(1)))
struct SerialThreadTests {
    private struct Refusal: Error {}

    @Test("runs closures one after another, in order")
    func order() async throws {
        let thread = SerialThread(name: "a name longer than fifteen bytes")
        let seen = Mutex<[Int]>([])
        let log = Log()
        for number in 0..<1000 { thread.submit { log.append(number) } }
        try await thread.run {}
        seen.withLock { $0 = log.entries }
        #expect(seen.withLock { $0 } == Array(0..<1000))
    }

    @Test("hands back values and errors")
    func outcomes() async throws {
        let thread = SerialThread(name: "test")
        #expect(try await thread.run { 5 } == 5)
        await #expect(throws: Refusal.self) { try await thread.run { throw Refusal() } }
    }

    @Test("runs what it had accepted, and nothing after it was stopped")
    func stopping() async throws {
        let thread = SerialThread(name: "test")
        let log = Log()
        let (ended, continuation) = AsyncStream.makeStream(of: Void.self)
        for number in 0..<100 { thread.submit { log.append(number) } }
        thread.submit { continuation.finish() }
        thread.stop()
        #expect(!thread.submit { log.append(-1) })
        await #expect(throws: SerialThreadError.self) { try await thread.run {} }
        for await _ in ended {}
        #expect(log.entries == Array(0..<100))
    }

    @Test("lets go of what a closure held as soon as it has run")
    func releases() async throws {
        let thread = SerialThread(name: "test")
        weak var held: Log?
        do {
            let log = Log()
            held = log
            try await thread.run { log.append(1) }
        }
        // The closure is let go of just after it answered; one more turn of the thread is enough.
        try await thread.run {}
        #expect(held == nil)
    }

    @Test("ends with its last reference")
    func lastReference() async throws {
        let (ended, continuation) = AsyncStream.makeStream(of: Void.self)
        do {
            let thread = SerialThread(name: "test")
            thread.submit { continuation.finish() }
        }
        for await _ in ended {}
    }
}

/// What closures on a thread have written.
private final class Log: Sendable {
    private let numbers = Mutex<[Int]>([])

    var entries: [Int] { numbers.withLock { $0 } }

    func append(_ number: Int) {
        numbers.withLock { $0.append(number) }
    }
}
