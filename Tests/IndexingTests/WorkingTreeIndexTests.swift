import Foundation
import Git
import GitdexTesting
import Postgres
import Storage
import Testing

@testable import Indexing

/// The working tree is indexed as it is, and verified against what it is then.
@Suite("The index of a working tree equals the files")
struct WorkingTreeIndexTests {
    private let bench: IndexBench
    private let fixture: GitFixture

    init() throws {
        bench = try IndexBench()
        fixture = try GitFixture()
        try fixture.write("a.py", "def first():\n    return 1\n")
        try fixture.write("b.py", "def second():\n    return 2\n")
        try fixture.write("sub/c.py", "def third():\n    return 3\n")
        try fixture.commit()
    }

    @discardableResult
    private func index() throws -> IndexReport {
        try bench.index(fixture) { $0.isWorkingTree = true }
    }

    private func verify(repairs: Bool = false) throws -> VerificationReport {
        let store = try bench.store()
        let repository = try Repository(at: fixture.path)
        let record = try #require(try store.repository(url: repository.commonDirectory))
        let directory = try #require(repository.workingDirectory)
        return try Verifier(indexer: try bench.indexer(of: fixture, store: store)).verify(
            record, refName: Indexer.workingTreeRefName(directory), repairs: repairs)
    }

    private func rows() throws -> [String: RefFileRecord] {
        let store = try bench.store()
        let record = try #require(try store.repositories().first)
        let ref = try #require(
            try store.refs(ofRepository: record.id).first {
                $0.name.hasPrefix(Indexer.workingTreePrefix)
            })
        return try store.files(ofRef: ref.id, after: nil, limit: 1_000)
            .reduce(into: [:]) { $0[$1.path.description] = $1 }
    }

    @Test("verify compares with the files of this moment")
    func verification() throws {
        try fixture.write("a.py", "def changed():\n    return 9\n")
        try fixture.write("new.py", "def brand_new():\n    return 4\n")
        try fixture.remove("b.py")
        let report = try index()
        let same = try verify()
        #expect(same.isOK, "\(same.differences)")
        #expect(same.digest == report.digest)

        try fixture.write("a.py", "def changed_again():\n    return 10\n")
        try fixture.remove("new.py")
        try fixture.write("late.py", "def late():\n    return 5\n")
        let other = try verify()
        #expect(!other.isOK)
        #expect(
            Set(other.differences.map(\.path)) == ["", "a.py", "late.py", "new.py"]
                || Set(other.differences.map(\.path)) == ["a.py", "late.py", "new.py"])
        #expect(other.digest == report.digest)
        let repaired = try verify(repairs: true)
        #expect(repaired.repairedDigest == repaired.expectedDigest)
        #expect(try verify().isOK)
        #expect(try index().digest == repaired.expectedDigest)
    }

    @Test("a commit of what is indexed changes the ref's commit and no file")
    func committed() throws {
        try fixture.write("a.py", "def changed():\n    return 9\n")
        let working = try index()
        try fixture.commit()
        let report = try verify()
        #expect(report.digest == working.digest)
        #expect(report.expectedDigest == working.digest)
        #expect(report.differences.map(\.path) == [""])
        #expect(try verify(repairs: true).isOKNow)
        #expect(try verify().isOK)
        #expect(try bench.index(fixture).digest == working.digest)
    }

    @Test("damage to its rows is found and mended")
    func damage() throws {
        try fixture.write("a.py", "def changed():\n    return 9\n")
        let digest = try index().digest
        try bench.connection.execute(
            "UPDATE contents SET body = 'x' WHERE body LIKE '%changed%'")
        try bench.connection.execute("DELETE FROM ref_files WHERE path = 'b.py'::bytea")
        let found = try verify()
        #expect(Set(found.differences.map(\.path)).isSuperset(of: ["a.py", "b.py"]))
        #expect(try verify(repairs: true).repairedDigest == digest)
        #expect(try verify().isOK)
    }

    @Test("the rules are those of the working tree")
    func rules() throws {
        try index()
        try fixture.write(".gitdexignore", "b.py\n")
        try fixture.write("sub/.gitattributes", "c.py linguist-generated\n")
        try index()
        #expect(try rows()["b.py"]?.skippedReason == .ignored)
        #expect(try rows()["sub/c.py"]?.skippedReason == .generated)
        #expect(try verify().isOK)
        try fixture.commit()
        #expect(try bench.index(fixture).digest == (try index()).digest)
        try fixture.remove(".gitdexignore")
        try fixture.write("sub/.gitattributes", "")
        try index()
        #expect(try rows()["b.py"]?.skippedReason == nil)
        #expect(try rows()["sub/c.py"]?.skippedReason == nil)
        #expect(try verify().isOK)
    }

    @Test("a file that changes between listing and reading has the id of what was read")
    func changingFile() throws {
        try index()
        try fixture.write("a.py", "def listed():\n    return 1\n")
        try fixture.write("gone.py", "def gone():\n    return 1\n")
        try fixture.write(
            "large.txt", String(repeating: "0123456789abcdef\n", count: 140_000))
        let store = try bench.store()
        let indexer = try bench.indexer(of: fixture, store: store)
        var request = IndexRequest()
        request.isWorkingTree = true
        let target = try indexer.resolve(request)
        try fixture.write("a.py", "def read():\n    return 2\n")
        try fixture.remove("gone.py")
        try fixture.write(
            "large.txt", String(repeating: "fedcba9876543210\n", count: 150_000))
        let record = try #require(try store.repositories().first)
        try store.withRefLock(repository: record.id, name: target.refName) {
            let ref = try #require(
                try store.ref(named: target.refName, ofRepository: record.id))
            let selection = PathSelection(include: [], exclude: [])
            let rules = IndexRules(selection: selection, embedder: bench.embedder.identity)
            var report = IndexReport(
                repository: record.name, ref: ref.name, from: ref.indexedCommit,
                to: target.commit)
            try IndexRun(
                indexer: indexer, ref: ref, target: target, selection: selection,
                rulesDigest: rules.digest, isFull: false
            ).perform(&report)
        }
        let rows = try rows()
        #expect(rows["a.py"]?.oid.hex == (try fixture.git("hash-object", "a.py")))
        #expect(rows["large.txt"]?.oid.hex == (try fixture.git("hash-object", "large.txt")))
        #expect(rows["large.txt"]?.skippedReason == .tooLarge)
        #expect(rows["gone.py"] == nil)
        #expect(try verify().isOK)
    }
}
