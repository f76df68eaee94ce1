import Git
import GitdexTesting
import Postgres
import Storage
import Testing

/// Whatever an update does, the sums in a ref's row are those of its files.
@Suite("A ref's sums are those of its files after every kind of update")
struct RefUpdateTests {
    private func ref(_ bench: StoreBench, _ name: String = "refs/heads/main") throws -> RefRecord {
        try bench.store.makeRef(named: name, ofRepository: bench.repository)
    }

    /// A ref with ten files of the blobs 0 to 9.
    private func filled(_ bench: StoreBench, isStaged: Bool) throws -> RefRecord {
        let ref = try ref(bench)
        try bench.write(0..<10)
        var update = try bench.update(ref, to: 100)
        update.upserts = (0..<10).map { StoreBench.file("f\($0)", $0) }
        let sums = try bench.apply(update, isStaged: isStaged)
        #expect(sums.files == 10)
        return ref
    }

    private func check(_ bench: StoreBench, _ ref: RefRecord) throws {
        let sums = try bench.sums(of: ref)
        #expect(sums.written == sums.counted)
        #expect(sums.counted[0] > 0)
    }

    @Test("additions, edits, deletions, files left out and taken back", arguments: [false, true])
    func differences(isStaged: Bool) throws {
        let bench = try StoreBench()
        let ref = try filled(bench, isStaged: isStaged)
        try check(bench, ref)
        try bench.write(20..<24)
        var edit = try bench.update(ref, to: 101)
        edit.upserts = [
            StoreBench.file("f0", 20), StoreBench.file("new", 21), StoreBench.file("f1", 1),
            StoreBench.file("f2", 2, skipped: .generated),
        ]
        edit.deletions = ["f3", "f4", "nothing there"]
        let sums = try bench.apply(edit, isStaged: isStaged)
        #expect(sums.files == 9)
        try check(bench, ref)
        var back = try bench.update(ref, to: 102)
        back.upserts = [StoreBench.file("f2", 2)]
        back.deletions = ["new"]
        try bench.apply(back, isStaged: isStaged)
        try check(bench, ref)
        #expect(
            try bench.files(of: ref).map { $0.prefix(2) }
                == ["f0", "f1", "f2", "f5", "f6", "f7", "f8", "f9"])
    }

    @Test("rows given along and rows staged give the same", arguments: [false, true])
    func bothWays(recounts: Bool) throws {
        var lines: [[String]] = []
        for isStaged in [false, true] {
            let bench = try StoreBench()
            let ref = try filled(bench, isStaged: isStaged)
            var update = try bench.update(ref, to: 101)
            update.upserts = [StoreBench.file("f9", 0), StoreBench.file("g", 5)]
            update.deletions = ["f0"]
            update.recounts = recounts
            try bench.apply(update, isStaged: isStaged)
            try check(bench, ref)
            lines.append(try bench.files(of: ref))
        }
        #expect(lines[0] == lines[1])
        #expect(lines[0].count == 10)
    }

    @Test("a new ref begins with another one's files", arguments: [false, true])
    func seed(isStaged: Bool) throws {
        let bench = try StoreBench()
        let main = try filled(bench, isStaged: isStaged)
        let side = try ref(bench, "refs/heads/side")
        var update = try bench.update(side, to: 200)
        update.seed = RefUpdate.Seed(ref: main.id, commit: StoreBench.oid(100))
        update.upserts = [StoreBench.file("f0", 7), StoreBench.file("more", 8)]
        update.deletions = ["f9"]
        try bench.apply(update, isStaged: isStaged)
        try check(bench, side)
        try check(bench, main)
        let files = try bench.files(of: side)
        #expect(files.count == 10)
        #expect(Set(files).intersection(try bench.files(of: main)).count == 8)
    }

    @Test("a seed that moved meanwhile is noticed, and nothing is written")
    func movedSeed() throws {
        let bench = try StoreBench()
        let main = try filled(bench, isStaged: false)
        let side = try ref(bench, "refs/heads/side")
        var update = try bench.update(side, to: 200)
        update.seed = RefUpdate.Seed(ref: main.id, commit: StoreBench.oid(99))
        let stale = update
        let error = #expect(throws: StorageError.self) {
            try bench.apply(stale, isStaged: false)
        }
        #expect(error?.code == .refMoved)
        let record = try bench.store.ref(named: side.name, ofRepository: bench.repository)
        #expect(record?.indexedCommit == nil)
        #expect(try bench.files(of: side).isEmpty)
    }

    @Test("rows that are right already are not written again")
    func unchangedRows() throws {
        let bench = try StoreBench()
        let ref = try filled(bench, isStaged: true)
        func places() throws -> [String] {
            try bench.database.column("SELECT ctid::text FROM ref_files ORDER BY path")
        }
        let before = try places()
        var update = try bench.update(ref, to: 101)
        update.upserts = (0..<10).map { StoreBench.file("f\($0)", $0) }
        try bench.apply(update, isStaged: true)
        #expect(try places() == before)
        try check(bench, ref)
    }

    @Test("a repair puts files and sums right")
    func repair() throws {
        let bench = try StoreBench()
        let ref = try filled(bench, isStaged: false)
        try bench.store.connection.script(
            "UPDATE refs SET file_count = 3, chunk_count = 1; DELETE FROM ref_files WHERE path = 'f5'"
        )
        let update = try bench.update(ref, to: 100)
        let staging = try bench.store.beginStaging()
        try staging.add([StoreBench.file("f5", 5)], deletions: ["f6"])
        try staging.send()
        try bench.store.transaction { try bench.store.repair(update, staged: staging) }
        staging.end()
        try check(bench, ref)
        #expect(try bench.files(of: ref).count == 9)
    }

    @Test("more rows than one transfer holds all arrive")
    func manyRows() throws {
        let bench = try StoreBench()
        let ref = try ref(bench)
        try bench.write([1])
        var update = try bench.update(ref, to: 100)
        update.upserts = (0..<5_001).map { StoreBench.file("f\($0)", 1) }
        let sums = try bench.apply(update, isStaged: true)
        #expect(sums.files == 5_001)
        #expect(sums.chunks == 5_001 * 2)
        try check(bench, ref)
        var fewer = try bench.update(ref, to: 101)
        fewer.deletions = (1..<5_001).map { GitPath("f\($0)") }
        #expect(try bench.apply(fewer, isStaged: true).files == 1)
        try check(bench, ref)
    }
}
