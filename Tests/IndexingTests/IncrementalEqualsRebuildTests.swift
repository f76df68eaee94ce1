import Git
import GitdexTesting
import Indexing
import Storage
import Testing

/// The index's first law: whatever way led to a commit, its index is what a new one would be.
@Suite("An index made step by step equals one made from nothing")
struct IncrementalEqualsRebuildTests {
    @Test("after every step of a random history", arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func randomHistory(seed: UInt64) throws {
        let bench = try IndexBench()
        // Half of them as if each repository were too large to be held in memory.
        bench.isFrugal = seed % 2 == 0
        let history = try RandomHistory(seed: seed)
        try bench.index(history.fixture)
        for number in 1...20 {
            let step = try history.step()
            let report = try bench.index(history.fixture)
            let fresh = try bench.freshStore()
            bench.isFrugal.toggle()
            let rebuilt = try bench.index(history.fixture, store: fresh)
            bench.isFrugal.toggle()
            #expect(report.digest == rebuilt.digest, "step \(number): \(step)")
            #expect(report.files.total == rebuilt.files.total, "step \(number): \(step)")
            #expect(report.chunks.total == rebuilt.chunks.total, "step \(number): \(step)")
            let rows = try RowDump.lines(ofRef: "refs/heads/main", store: try bench.store())
            let wanted = try RowDump.lines(ofRef: "refs/heads/main", store: fresh)
            #expect(rows == wanted, "step \(number): \(step)")
        }
        let verified = try bench.verify(history.fixture)
        #expect(verified.differences.isEmpty)
        #expect(verified.digest == verified.expectedDigest)
    }

    @Test("when patterns of paths are added and taken away")
    func patterns() throws {
        let bench = try IndexBench()
        let fixture = try GitFixture()
        try fixture.write("src/a.py", "def a():\n    return 1\n")
        try fixture.write("docs/b.md", "# B\n\ntext\n")
        try fixture.commit()
        let whole = try bench.index(fixture)
        let part = try bench.index(fixture) { $0.include = ["src/**"] }
        #expect(part.files.total == 1)
        #expect(part.files.deleted == 1)
        let none = try bench.index(fixture) { $0.exclude = ["*.py"] }
        #expect(none.files.total == 0)
        let again = try bench.index(fixture) {
            $0.include = []
            $0.exclude = []
        }
        #expect(again.digest == whole.digest)
        #expect(try bench.verify(fixture).isOK)
    }

    @Test("when several threads share the work")
    func manyFiles() throws {
        let bench = try IndexBench()
        let fixture = try GitFixture()
        for number in 0..<600 {
            try fixture.write(
                "pkg\(number % 7)/m\(number).py",
                "def f\(number % 50)():\n    return \(number % 90)\n\n\nclass C\(number):\n    pass\n"
            )
        }
        try fixture.commit()
        let report = try bench.index(fixture)
        #expect(report.files.total == 600)
        let verified = try bench.verify(fixture)
        #expect(verified.differences.isEmpty)
        let fresh = try bench.freshStore()
        let rebuilt = try bench.index(fixture, store: fresh)
        #expect(report.digest == rebuilt.digest)
        let rows = try RowDump.lines(ofRef: "refs/heads/main", store: try bench.store())
        let wanted = try RowDump.lines(ofRef: "refs/heads/main", store: fresh)
        #expect(rows == wanted)
    }
}
