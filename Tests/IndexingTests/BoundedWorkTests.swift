import Embedding
import GitdexTesting
import Synchronization
import Testing

@testable import Indexing

/// The parts that keep a run's memory bounded.
@Suite("Work under way is bounded, and no failure leaves a thread waiting")
struct BoundedWorkTests {
    private struct Failure: Error {}

    @Test("outcomes come in the order of the pieces, and no more are under way than allowed")
    func order() throws {
        let begun = Atomic(0)
        var taken: [Int] = []
        var highest = 0
        let stream = WorkStream<Int, Int>(threads: 3, piecesPerThread: 2) {
            { piece in
                begun.add(1, ordering: .relaxed)
                return piece * piece
            }
        }
        try stream.run { handOver in
            for number in 0..<1000 { try handOver(number) }
        } take: { outcome in
            highest = max(highest, begun.load(ordering: .relaxed) - taken.count)
            taken.append(outcome)
        }
        #expect(taken == (0..<1000).map { $0 * $0 })
        #expect(highest <= 6)
    }

    @Test("nothing to do is done at once")
    func nothing() throws {
        let stream = WorkStream<Int, Int>(threads: 3, piecesPerThread: 2) { throw Failure() }
        try stream.run { _ in
        } take: { _ in
            Issue.record("there is no outcome")
        }
    }

    @Test("a failure of a worker, of the finder and of the taker ends all", arguments: 0..<4)
    func failures(place: Int) {
        let stream = WorkStream<Int, Int>(threads: 3, piecesPerThread: 2) {
            if place == 0 { throw Failure() }
            return { piece in
                if place == 1, piece == 50 { throw Failure() }
                return piece
            }
        }
        #expect(throws: Failure.self) {
            try stream.run { handOver in
                for number in 0..<100 {
                    if place == 2, number == 50 { throw Failure() }
                    try handOver(number)
                }
            } take: { outcome in
                if place == 3, outcome == 50 { throw Failure() }
            }
        }
    }

    /// Remembers how many bytes it was given at once.
    private final class MeasuringEmbedder: Embedder {
        private let base: any Embedder
        private let sizes = Mutex<[Int]>([])

        init(_ base: any Embedder) { self.base = base }

        var identity: EmbedderIdentity { base.identity }
        var bytes: [Int] { sizes.withLock { $0 } }

        func embed(_ texts: [[UInt8]], as role: EmbeddingRole) throws -> [EmbeddingVector] {
            sizes.withLock { $0.append(texts.reduce(0) { $0 + $1.count }) }
            return try base.embed(texts, as: role)
        }
    }

    @Test("large files are written and embedded in parts of limited size")
    func batchBytes() throws {
        let bench = try IndexBench()
        let measuring = MeasuringEmbedder(bench.embedder)
        bench.embedder = CountingEmbedder(measuring)
        let fixture = try GitFixture()
        let files = 24
        var largest = 0
        for file in 0..<files {
            let lines = (0..<4_000).map { "value_\(file)_\($0) = \($0 &* 7919 + file)" }
            let text = lines.joined(separator: "\n") + "\n"
            largest = max(largest, text.utf8.count)
            try fixture.write("data/file\(file).py", text)
        }
        try fixture.commit()
        try #require(files * largest > 2 * IndexLimits.bytesPerBatch)
        let report = try bench.index(fixture)
        #expect(report.files.added == files)
        // A part ends with the file that fills it.
        #expect(measuring.bytes.allSatisfy { $0 < IndexLimits.bytesPerBatch + largest })
        #expect(try bench.verify(fixture).isOK)
    }

    @Test("a key is claimed once, as long as it is remembered")
    func claims() {
        let claims = Claims<Int>(limit: 4)
        #expect(claims.claim([1, 2, 1]).mine == [1, 2])
        #expect(claims.claim([2, 3]).mine == [3])
        claims.markWritten([1, 2, 3])
        let known = claims.claim([1, 2, 3, 4])
        #expect(known.mine == [4])
        #expect(!known.mayBeStored)
        #expect(claims.waitUntilWritten([1, 2, 3]))
        // A fifth is more than is remembered: from now on the database must be asked.
        claims.markWritten([4])
        #expect(claims.claim([5]).mine == [5])
        claims.markWritten([5])
        let again = claims.claim([1, 5])
        #expect(again.mine == [1])
        #expect(again.mayBeStored)
    }

    @Test("who waits for a claim of a worker that failed is let go")
    func abandoned() {
        let claims = Claims<Int>()
        _ = claims.claim([1])
        claims.abandon()
        #expect(!claims.waitUntilWritten([1]))
    }
}
