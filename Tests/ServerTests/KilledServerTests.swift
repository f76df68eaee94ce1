import Foundation
import GitdexTesting
import Testing

/// Processes that end in the middle of everything.
@Suite("kill -9 of server, worker or PostgreSQL loses nothing", .serialized)
struct KilledServerTests {
    private static let files = 3
    private static let generations = 40
    /// More than are written within one transaction with their content.
    private static let manyFiles = 150

    @Test("no accepted delivery is lost, no ref is left behind, no half commit is seen")
    func killed() async throws {
        let bench = try await ServerBench(workers: 1, isEmbedded: true)
        let reader = CommitReader(files: Self.files)
        reader.follow(bench.client)
        var before = try commit(0, bench, reader)
        try await bench.connect()
        #expect(try await bench.settle().isEmpty)
        async let reading: Void = reader.run()
        defer { reader.end() }
        var worker = try bench.startWorker()
        var random = SeededRandom(seed: 3)
        for generation in 1...Self.generations {
            let after = try commit(generation, bench, reader)
            let payload = bench.push("refs/heads/main", before: before, after: after)
            let guid = "delivery-\(generation)"
            try await bench.wait(.seconds(60), "a delivery is not accepted") {
                // GitHub's hand: a delivery that was not answered is sent again by its number.
                let answer = try? await bench.deliver(payload, guid: guid)
                return answer.map { [200, 202].contains($0.status) } ?? false
            }
            before = after
            switch random.next() % 10 {
            case 0, 1:
                try await bench.killAndRestart()
                reader.follow(bench.client)
            case 2:
                worker.signal(SIGKILL)
                worker.finish()
                worker = try bench.startWorker()
            case 3: try bench.killDatabase()
            default: break
            }
        }
        #expect(try await bench.settle().isEmpty)
        reader.end()
        await reading
        #expect(reader.answers > Self.generations)
        #expect(reader.complaints.isEmpty, "\(reader.complaints.prefix(3))")
        #expect(try bench.indexedCommits() == bench.remoteCommits())
        #expect(
            try bench.column("SELECT count(*)::text FROM deliveries") == ["\(Self.generations)"])
        try expectDigests(bench)
    }

    /// Writes a generation's number into each file, and now and then many files beside.
    private func commit(
        _ generation: Int, _ bench: ServerBench, _ reader: CommitReader
    ) throws -> String {
        let fixture = bench.remote.fixture
        for number in 0..<Self.files {
            try fixture.write(
                "file\(number).py",
                "def marker_\(number)():\n    return \"generation \(generation)\"\n")
        }
        if generation % 8 == 4 {
            for number in 0..<Self.manyFiles {
                try fixture.write(
                    "many/module\(number).py", "def other_\(number)():\n    return \(generation)\n")
            }
        }
        let made = try fixture.commit("generation \(generation)")
        reader.learn(made, generation)
        return made
    }
}
