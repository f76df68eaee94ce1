import Git
import GitdexTesting
import Indexing
import Postgres
import Storage
import Testing

/// Which refs an index can hold, and what becomes of them.
@Suite("Refs of every kind are followed")
struct RefTests {
    private func filled() throws -> (IndexBench, GitFixture) {
        let bench = try IndexBench()
        let fixture = try GitFixture()
        try fixture.write("a.py", "def first():\n    return 1\n")
        try fixture.commit()
        return (bench, fixture)
    }

    @Test("a tag, a commit and a detached HEAD")
    func kinds() throws {
        let (bench, fixture) = try filled()
        try fixture.git("tag", "-a", "v1", "-m", "one")
        #expect(try bench.index(fixture, "v1").ref == "refs/tags/v1")
        let commit = try fixture.git("rev-parse", "HEAD")
        #expect(try bench.index(fixture, commit).ref == commit)
        try fixture.git("checkout", "-q", "--detach")
        #expect(try bench.index(fixture).ref == commit)
    }

    @Test("an unborn branch is an error that says so")
    func unborn() throws {
        let bench = try IndexBench()
        let fixture = try GitFixture()
        let error = #expect(throws: IndexingError.self) { try bench.index(fixture) }
        #expect(error?.code == .noCommit)
    }

    @Test("an unknown ref is an error that says so")
    func unknown() throws {
        let (bench, fixture) = try filled()
        let error = #expect(throws: GitError.self) { try bench.index(fixture, "nowhere") }
        #expect(error?.code == .notFound)
    }

    @Test("the working tree is a ref of its own")
    func workingTree() throws {
        let (bench, fixture) = try filled()
        let committed = try bench.index(fixture)
        try fixture.write("a.py", "def changed():\n    return 2\n")
        try fixture.write("new.py", "def new():\n    return 3\n")
        let working = try bench.index(fixture) { $0.isWorkingTree = true }
        #expect(working.ref.hasPrefix("worktree:"))
        #expect(working.files.total == 2)
        #expect(working.embedded == 2)
        #expect(try bench.index(fixture).digest == committed.digest)
        try fixture.commit()
        let after = try bench.index(fixture)
        #expect(after.embedded == 0)
        #expect(after.digest == working.digest)
    }

    @Test("a lost branch is collected with what it alone held")
    func collection() throws {
        let (bench, fixture) = try filled()
        let main = try bench.index(fixture)
        try fixture.git("checkout", "-q", "-b", "side")
        try fixture.write("only.py", "def only_here():\n    return 9\n")
        try fixture.commit()
        try bench.index(fixture)
        try fixture.git("checkout", "-q", "main")
        try fixture.git("branch", "-q", "-D", "side")
        let counts = try GarbageCollector(store: try bench.store()).collect()
        #expect(counts.refs == 1)
        #expect(counts.content.blobs == 1)
        #expect(counts.content.contents == 1)
        #expect(counts.content.embeddings == 1)
        #expect(counts.content.paths == 1)
        #expect(try bench.verify(fixture).isOK)
        #expect(try bench.index(fixture).digest == main.digest)
        let again = try GarbageCollector(store: try bench.store()).collect()
        #expect(again.content == CollectionCounts())
    }

    @Test("a ref whose old commit is gone is compared file by file")
    func lostWatermark() throws {
        let (bench, fixture) = try filled()
        try bench.index(fixture)
        try bench.connection.script(
            "UPDATE refs SET indexed_tree = decode(repeat('ab', 20), 'hex')")
        try fixture.write("b.py", "def second():\n    return 2\n")
        try fixture.commit()
        #expect(try bench.index(fixture).embedded == 1)
        #expect(try bench.verify(fixture).isOK)
    }

    @Test("someone who moved the ref meanwhile is noticed, and nothing is written")
    func movedMeanwhile() throws {
        let (bench, fixture) = try filled()
        let report = try bench.index(fixture)
        let store = try bench.store()
        let repository = try Repository(at: fixture.path)
        let url = repository.commonDirectory
        let record = try #require(try store.repository(url: url))
        let ref = try #require(try store.ref(named: report.ref, ofRepository: record.id))
        var update = RefUpdate(
            ref: ref.id, from: nil, to: report.to, tree: try repository.tree(of: report.to),
            rulesDigest: [1], vectorsComplete: true)
        update.deletions = [GitPath("a.py")]
        let stale = update
        let error = #expect(throws: StorageError.self) {
            try store.transaction { try store.apply(stale) }
        }
        #expect(error?.code == .refMoved)
        #expect(try bench.verify(fixture).isOK)
    }
}
