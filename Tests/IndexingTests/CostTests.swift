import Git
import GitdexTesting
import Indexing
import Testing

/// A change costs what it changed: the embedder is asked for new texts alone.
@Suite("Only new texts are embedded")
struct CostTests {
    private func filled() throws -> (IndexBench, GitFixture) {
        let bench = try IndexBench()
        let fixture = try GitFixture()
        try fixture.write("a.py", "def first():\n    return 1\n")
        try fixture.write("b.py", "def second():\n    return 2\n")
        try fixture.write("lib/c.go", "package c\n\nfunc Third() int {\n\treturn 3\n}\n")
        try fixture.commit()
        let report = try bench.index(fixture)
        #expect(report.embedded == bench.embedder.count)
        #expect(report.embedded == report.chunks.total)
        return (bench, fixture)
    }

    @Test("a rename embeds nothing")
    func rename() throws {
        let (bench, fixture) = try filled()
        try fixture.git("mv", "a.py", "elsewhere.py")
        try fixture.commit()
        let report = try bench.index(fixture)
        #expect(report.embedded == 0)
        #expect(report.files.renamed == 1)
        #expect(report.files.added == 0)
        #expect(report.files.deleted == 0)
        #expect(report.chunks.added == 0)
        #expect(report.chunks.removed == 0)
        #expect(report.chunks.reused == 1)
    }

    @Test("a mode change embeds nothing")
    func modeChange() throws {
        let (bench, fixture) = try filled()
        try fixture.setMode(0o755, of: "a.py")
        try fixture.commit()
        let report = try bench.index(fixture)
        #expect(report.embedded == 0)
        #expect(report.files.modified == 1)
    }

    @Test("a revert, a second branch and a switch embed nothing")
    func knownContent() throws {
        let (bench, fixture) = try filled()
        try fixture.write("a.py", "def first():\n    return 100\n")
        try fixture.commit()
        #expect(try bench.index(fixture).embedded == 1)
        try fixture.git("revert", "--no-edit", "HEAD")
        #expect(try bench.index(fixture).embedded == 0)
        try fixture.git("checkout", "-q", "-b", "other", "HEAD~1")
        let branch = try bench.index(fixture)
        #expect(branch.ref == "refs/heads/other")
        #expect(branch.embedded == 0)
        try fixture.git("checkout", "-q", "main")
        #expect(try bench.index(fixture).embedded == 0)
    }

    @Test("a merge of known content embeds nothing")
    func merge() throws {
        let (bench, fixture) = try filled()
        try fixture.git("checkout", "-q", "-b", "side")
        try fixture.write("d.py", "def fourth():\n    return 4\n")
        try fixture.commit()
        #expect(try bench.index(fixture).embedded == 1)
        try fixture.git("checkout", "-q", "main")
        try fixture.write("e.py", "def fifth():\n    return 5\n")
        try fixture.commit()
        #expect(try bench.index(fixture).embedded == 1)
        try fixture.git("merge", "-q", "--no-edit", "side")
        #expect(try bench.index(fixture).embedded == 0)
    }

    @Test("an edit embeds the texts that are new")
    func edit() throws {
        let (bench, fixture) = try filled()
        try fixture.write("b.py", "def second():\n    return 22\n")
        try fixture.commit()
        let before = bench.embedder.count
        let report = try bench.index(fixture)
        #expect(report.embedded == 1)
        #expect(bench.embedder.count - before == 1)
        #expect(report.chunks.added == 1)
        #expect(report.chunks.removed == 1)
    }

    @Test("another model embeds every text once, and going back embeds nothing")
    func anotherModel() throws {
        let (bench, fixture) = try filled()
        let first = bench.embedder
        bench.embedder = CountingEmbedder(RenamedEmbedder(first))
        let report = try bench.index(fixture)
        #expect(report.embedded == report.chunks.total)
        #expect(report.chunks.added == 0)
        #expect(try bench.verify(fixture).isOK)
        #expect(try bench.index(fixture).embedded == 0)
        bench.embedder = first
        #expect(try bench.index(fixture).embedded == 0)
        #expect(try bench.verify(fixture).isOK)
    }

    @Test("an index that is there costs nothing")
    func nothingToDo() throws {
        let (bench, fixture) = try filled()
        let report = try bench.index(fixture)
        #expect(report.embedded == 0)
        #expect(report.from == report.to)
        #expect(report.files.total == 3)
    }
}
