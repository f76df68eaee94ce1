import Git
import GitdexTesting
import Indexing
import Storage
import Testing

/// A change that is too large to be held in memory gives the same rows as a small one.
@Suite("A change of any size gives the same index")
struct LargeChangeTests {
    private static let fileCount = 600

    /// A repository of many tiny files, four of which share each text.
    private func fixture() throws -> GitFixture {
        let fixture = try GitFixture(["--bare"])
        var stream: [UInt8] = []
        func add(_ text: String) { stream += text.utf8 }
        func file(_ path: String, _ text: String) {
            add("M 100644 inline \(path)\ndata \(text.utf8.count)\n\(text)\n")
        }
        func commit(_ ref: String, from parent: String? = nil) {
            add("commit \(ref)\ncommitter t <t@example.com> 1700000000 +0000\ndata 1\nx\n")
            if let parent { add("from \(parent)\n") }
        }
        commit("refs/heads/main")
        for number in 0..<Self.fileCount {
            file("folder\(number % 100)/value\(number).py", "value = \(number / 4)\n")
        }
        commit("refs/heads/moved", from: "refs/heads/main")
        for folder in 0..<100 { add("R folder\(folder) other\(folder)\n") }
        file("more.py", "more = 1\n")
        commit("refs/heads/rules", from: "refs/heads/main")
        file(".gitattributes", "*.py linguist-vendored\nfolder1/* -linguist-vendored\n")
        try fixture.git(bytes: ["fast-import", "--quiet"], input: stream)
        return fixture
    }

    /// The digest and the sums of a ref, indexed by a workspace that holds nothing else.
    private func fresh(_ bench: IndexBench, _ fixture: GitFixture) throws -> IndexReport {
        try bench.index(fixture, "refs/heads/work", store: bench.freshStore())
    }

    @Test("a ref that moves between trees that share little")
    func moves() throws {
        let bench = try IndexBench()
        bench.isFrugal = true
        let fixture = try fixture()
        try fixture.git("update-ref", "refs/heads/work", "refs/heads/main")
        let first = try bench.index(fixture, "refs/heads/work")
        #expect(first.files.added == Self.fileCount)
        #expect(first.chunks.added == first.chunks.total)
        #expect(first.embedded == (Self.fileCount + 3) / 4)
        for (branch, embedded) in [("moved", 1), ("rules", 1), ("main", 0)] {
            try fixture.git("update-ref", "refs/heads/work", "refs/heads/\(branch)")
            let report = try bench.index(fixture, "refs/heads/work")
            #expect(report.embedded == embedded, "\(branch)")
            let rebuilt = try fresh(bench, fixture)
            #expect(report.digest == rebuilt.digest, "\(branch)")
            #expect(report.files.total == rebuilt.files.total)
            #expect(report.chunks.total == rebuilt.chunks.total)
        }
        let report = try bench.verify(fixture, "refs/heads/work")
        #expect(report.isOK, "\(report.differences.prefix(3))")
    }

    @Test("a new ref begins with the one that is most alike")
    func seed() throws {
        let bench = try IndexBench()
        bench.isFrugal = true
        let fixture = try fixture()
        try bench.index(fixture, "refs/heads/main")
        try bench.index(fixture, "refs/heads/moved")
        try fixture.git("update-ref", "refs/heads/near", "refs/heads/main")
        let report = try bench.index(fixture, "refs/heads/near")
        #expect(report.chunks.added == 0)
        #expect(report.chunks.reused == report.chunks.total)
        #expect(report.files.total == Self.fileCount)
    }
}
