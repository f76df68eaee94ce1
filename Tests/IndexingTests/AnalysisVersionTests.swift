import Git
import GitdexTesting
import Indexing
import Postgres
import Storage
import Testing

/// What happens to an index that a program wrote which cut files otherwise.
@Suite("A new cut stands beside the old one and embeds no equal text")
struct AnalysisVersionTests {
    /// Makes the index look as if the program before this one had written it.
    private func makeOlder(_ bench: IndexBench) throws {
        try bench.connection.script(
            """
            BEGIN;
            SET CONSTRAINTS ALL DEFERRED;
            UPDATE blobs SET analysis_version = analysis_version - 1000;
            UPDATE chunks SET analysis_version = analysis_version - 1000;
            UPDATE symbols SET analysis_version = analysis_version - 1000;
            UPDATE ref_files SET analysis_version = analysis_version - 1000;
            UPDATE refs SET rules_digest = sha256('the rules of the program before');
            COMMIT
            """)
    }

    private func versions(_ bench: IndexBench, _ table: String) throws -> [Int] {
        try bench.connection.query(
            "SELECT DISTINCT analysis_version FROM \(unsafe: table) ORDER BY 1"
        ).map { try Int($0.int32(0)) }
    }

    @Test("the ref moves to the new rows as a whole, and collection takes the old ones")
    func newCut() throws {
        let bench = try IndexBench()
        let fixture = try GitFixture()
        for number in 0..<12 {
            try fixture.write(
                "folder\(number % 3)/module\(number).py",
                "def function_\(number)(value):\n    return value + \(number)\n\n\n"
                    + "class Thing\(number):\n    def act(self):\n        return \(number)\n")
        }
        try fixture.commit()
        let first = try bench.index(fixture)
        let blobs = try bench.connection.query("SELECT count(*) FROM blobs").only().int(0)
        try makeOlder(bench)
        let before = bench.embedder.count

        let second = try bench.index(fixture)
        #expect(second.embedded == 0)
        #expect(bench.embedder.count == before)
        #expect(second.digest == first.digest)
        #expect(try bench.verify(fixture).isOK)
        // Both cuts are there, and the ref shows the new one alone.
        for table in ["blobs", "chunks", "symbols"] {
            #expect(try versions(bench, table).count == 2, "\(table)")
        }
        #expect(try versions(bench, "ref_files").count == 1)
        #expect(
            try bench.connection.query("SELECT count(*) FROM blobs").only().int(0) == 2 * blobs)

        let dropped = try GarbageCollector(store: bench.store()).collect()
        #expect(dropped.content.blobs == blobs)
        #expect(dropped.content.contents == 0)
        #expect(dropped.content.embeddings == 0)
        #expect(try versions(bench, "blobs") == versions(bench, "ref_files"))
        #expect(try bench.verify(fixture).isOK)
    }
}
