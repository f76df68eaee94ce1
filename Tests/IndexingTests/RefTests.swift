import Foundation
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
            rulesDigest: [1], vectorsEmbedder: nil)
        update.deletions = [GitPath("a.py")]
        let stale = update
        let error = #expect(throws: StorageError.self) {
            try store.transaction { try store.apply(stale) }
        }
        #expect(error?.code == .refMoved)
        #expect(try bench.verify(fixture).isOK)
    }

    @Test("an object that comes later is indexed then")
    func missingObject() throws {
        let (bench, fixture) = try filled()
        let blob = try fixture.git("rev-parse", "HEAD:a.py")
        let object = ".git/objects/\(blob.prefix(2))/\(blob.dropFirst(2))"
        let bytes = try #require(
            FileManager.default.contents(atPath: fixture.path + "/" + object))
        try fixture.remove(object)
        #expect(try bench.index(fixture).files.skipped == 1)
        #expect(try bench.verify(fixture).isOK)
        try fixture.write(bytes: Array(object.utf8), Array(bytes))
        #expect(try bench.index(fixture).embedded == 1)
        #expect(try bench.verify(fixture).isOK)
    }

    @Test("a branch that was indexed already is the one searched after a switch")
    func lastAskedFor() throws {
        let (bench, fixture) = try filled()
        try bench.index(fixture)
        try fixture.git("checkout", "-q", "-b", "other")
        try fixture.commit()
        try bench.index(fixture)
        try fixture.git("checkout", "-q", "main")
        try bench.index(fixture)
        let store = try bench.store()
        let refs = try store.searchableRefs(repository: nil)
        #expect(refs.first?.ref.name == "refs/heads/main")
    }

    @Test("a second branch begins with the rows of the first")
    func seededBranch() throws {
        let (bench, fixture) = try filled()
        try fixture.write("b.py", "def second():\n    return 2\n")
        try fixture.commit()
        try bench.index(fixture)
        try fixture.git("checkout", "-q", "-b", "other")
        try fixture.remove("a.py")
        try fixture.write("c.py", "def third():\n    return 3\n")
        try fixture.commit()
        let report = try bench.index(fixture)
        #expect(report.from == nil)
        #expect(report.embedded == 1)
        #expect(report.files.total == 2)
        #expect(report.files.added == 2)
        #expect(report.chunks.total == 2)
        #expect(report.chunks.added == 1)
        #expect(report.chunks.reused == 1)
        #expect(try bench.verify(fixture).isOK)
        let fresh = try bench.index(fixture, store: bench.freshStore())
        #expect(fresh.digest == report.digest)
    }

    @Test("a lost connection and a collection meanwhile end in an error, never in a broken index")
    func lostLock() throws {
        let (bench, fixture) = try filled()
        let report = try bench.index(fixture)
        let store = try bench.store()
        let repository = try Repository(at: fixture.path)
        let record = try #require(try store.repository(url: repository.commonDirectory))
        let ref = try #require(try store.ref(named: report.ref, ofRepository: record.id))
        let update = RefUpdate(
            ref: ref.id, from: report.to, to: report.to,
            tree: try repository.tree(of: report.to), rulesDigest: [1], vectorsEmbedder: nil)
        let other = try bench.database.connect()
        let error = #expect(throws: StorageError.self) {
            try store.withRefLock(repository: record.id, name: report.ref) {
                _ = try other.query(
                    "SELECT pg_terminate_backend(\(Int32(store.connection.serverProcessID)))")
                try store.transaction { _ = try store.apply(update) }
            }
        }
        #expect(error?.code == .lockLost)
        #expect(try bench.verify(fixture).isOK)
    }
}
