import Foundation
import GitdexTesting
import Testing

/// Processes that end in the middle of everything.
@Suite("kill -9 of a server or a worker loses nothing", .serialized)
struct KilledServerTests {
    @Test("no accepted delivery is lost, no ref is left behind, no half commit is seen")
    func killed() async throws {
        let bench = try await ServerBench(workers: 1)
        let fixture = bench.remote.fixture
        var generations: [String: Int] = [:]
        func commit(_ generation: Int) throws -> String {
            // Three files of one generation: an answer that mixes two shows a half commit.
            for name in ["one", "two", "three"] {
                try fixture.write(
                    "\(name).py", "def marker_\(name)():\n    return \"generation \(generation)\"\n"
                )
            }
            let made = try fixture.commit("generation \(generation)")
            generations[made] = generation
            return made
        }
        var before = try commit(0)
        try await bench.connect()
        #expect(try await bench.settle().isEmpty)
        var worker = try bench.startWorker()
        var random = SeededRandom(seed: 3)
        var accepted = 0
        for generation in 1...40 {
            let after = try commit(generation)
            if try await bench.deliver(
                bench.push("refs/heads/main", before: before, after: after)
            ).status == 202 {
                accepted += 1
            }
            before = after
            try await expectOneCommit(bench, generations)
            switch random.next() % 8 {
            case 0: try await bench.killAndRestart()
            case 1:
                worker.signal(SIGKILL)
                worker.finish()
                worker = try bench.startWorker()
            default: break
            }
            try await expectOneCommit(bench, generations)
        }
        #expect(accepted == 40)
        #expect(try await bench.settle().isEmpty)
        #expect(try bench.indexedCommits() == bench.remoteCommits())
        #expect(try bench.database.column("SELECT count(*)::text FROM deliveries") == ["40"])
        try expectDigests(bench)
    }

    /// Searches for what every generation holds, and expects the answer to show one of them whole.
    private func expectOneCommit(
        _ bench: ServerBench, _ generations: [String: Int]
    ) async throws {
        let answer = try await bench.json("/search?q=generation&mode=lexical")
        let results = answer["results"].elements
        #expect(results.count == 3)
        let commits = Set(results.map { $0["commit"].string ?? "" })
        #expect(commits.count == 1)
        let generation = commits.first.flatMap { generations[$0] }
        for result in results {
            let snippet = result["snippet"].string ?? ""
            #expect(snippet.contains("\"generation \(generation ?? -1)\""), "\(snippet)")
        }
    }
}
