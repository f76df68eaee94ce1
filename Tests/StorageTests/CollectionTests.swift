import Git
import GitdexTesting
import Postgres
import Storage
import Testing

/// What goes when nobody needs it, and what stays.
@Suite("Collection drops what no ref needs, and nothing else")
struct CollectionTests {
    private func collect(_ bench: StoreBench) throws -> CollectionCounts {
        try bench.store.withCollectionLock { try bench.store.collectGarbage() }
    }

    private func makeRef(
        _ bench: StoreBench, _ name: String, _ files: [RefFileRecord], at commit: Int = 100
    ) throws -> RefRecord {
        let ref = try bench.store.makeRef(named: name, ofRepository: bench.repository)
        var update = try bench.update(ref, to: commit)
        update.upserts = files
        update.pathWords = PathWordRows(
            version: 1, rows: files.map { ($0.path, [0, 0, 0, 0]) })
        try bench.apply(update, isStaged: false)
        return ref
    }

    @Test("content that another ref shares stays")
    func shared() throws {
        let bench = try StoreBench()
        try bench.write(0..<6)
        let main = try makeRef(bench, "main", (0..<4).map { StoreBench.file("m\($0)", $0) })
        let side = try makeRef(bench, "side", (2..<6).map { StoreBench.file("s\($0)", $0) })
        #expect(try collect(bench) == CollectionCounts())
        try bench.store.deleteRef(side.id)
        let counts = try collect(bench)
        #expect(counts.blobs == 2)
        #expect(counts.paths == 4)
        // Blob 4 has one text of its own and blob 5 two; the first chunk's text is shared by all.
        #expect(counts.contents == 3)
        #expect(counts.embeddings == 3)
        let sums = try bench.sums(of: main)
        #expect(sums.written == sums.counted)
        #expect(try bench.count("blobs") == 4)
        #expect(try collect(bench) == CollectionCounts())
    }

    @Test("a file that is left out needs no content")
    func leftOut() throws {
        let bench = try StoreBench()
        try bench.write([1])
        _ = try makeRef(bench, "main", [StoreBench.file("a", 1, skipped: .vendored)])
        let counts = try collect(bench)
        #expect(counts.blobs == 1)
        #expect(counts.paths == 0)
        #expect(try bench.count("chunks") == 0)
    }

    @Test("vectors of a model that no ref uses go")
    func otherModel() throws {
        let bench = try StoreBench()
        try bench.write([1])
        _ = try makeRef(bench, "main", [StoreBench.file("a", 1)])
        let other = try bench.store.embedderID(
            provider: "test", model: "another", revision: "1", dimensions: 3, tokenLimit: 10)
        let batch = StoreBench.batch([1])
        try bench.store.transaction {
            try bench.store.writeTexts(of: batch, embedder: other, isNew: false)
        }
        let counts = try collect(bench)
        #expect(counts.embeddings == 2)
        #expect(counts.contents == 0)
        #expect(try bench.count("embeddings") == 2)
    }

    @Test("content that is written while nothing is collected is there when its ref moves")
    func concurrentRun() throws {
        let bench = try StoreBench()
        try bench.write([1])
        _ = try makeRef(bench, "main", [StoreBench.file("a", 1)])
        let side = try bench.store.makeRef(named: "side", ofRepository: bench.repository)
        var update = try bench.update(side, to: 200)
        update.upserts = [StoreBench.file("b", 5)]
        let other = try bench.otherStore()
        try other.connection.set("lock_timeout", to: "50ms")
        let moved = update
        try bench.store.withRefLock(repository: bench.repository, name: side.name) {
            // No ref names this content yet, and a collection that came now would take it away.
            try bench.write([5])
            #expect(throws: PostgresError.self) {
                try other.withCollectionLock { try other.collectGarbage() }
            }
            _ = try bench.store.transaction { try bench.store.apply(moved) }
        }
        #expect(try collect(bench) == CollectionCounts())
        let sums = try bench.sums(of: side)
        #expect(sums.written == [1, 3])
        #expect(sums.written == sums.counted)
    }

    @Test("another workspace's content is not touched")
    func otherWorkspace() throws {
        let bench = try StoreBench()
        try bench.store.connection.script(
            "INSERT INTO workspaces (public_id, name) VALUES ('other', 'other')")
        let other = try IndexStore(connection: bench.database.connect(), workspace: "other")
        try bench.write([1], with: other)
        #expect(try collect(bench) == CollectionCounts())
        #expect(try bench.count("blobs") == 1)
    }
}
