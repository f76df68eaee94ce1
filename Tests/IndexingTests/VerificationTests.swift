import Git
import GitdexTesting
import Indexing
import Postgres
import Storage
import Testing

/// `verify` must find every damage, and `--repair` must mend it and nothing else.
@Suite("Damage is found and mended")
struct VerificationTests {
    /// One way to damage the rows of an index.
    struct Damage: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let sql: String

        init(_ description: String, _ sql: String) {
            testDescription = description
            self.sql = sql
        }
    }

    static let damages: [Damage] = [
        Damage("a file's row is gone", "DELETE FROM ref_files WHERE path = 'src/a.py'::bytea"),
        Damage(
            "a file's row is of a file that is not there",
            """
            INSERT INTO ref_files SELECT workspace_id, ref_id, mode, analysis_version,
                'ghost.py'::bytea, blob_oid, language, skipped_reason FROM ref_files WHERE path = 'src/a.py'::bytea
            """),
        Damage(
            "a file's row has another object",
            """
            UPDATE ref_files SET blob_oid = (SELECT blob_oid FROM ref_files
                WHERE path = 'src/b.go'::bytea) WHERE path = 'src/a.py'::bytea
            """),
        Damage(
            "a file's row has another mode",
            "UPDATE ref_files SET mode = 33261 WHERE path = 'src/a.py'::bytea"),
        Damage(
            "a file's row has another language",
            "UPDATE ref_files SET language = 'go' WHERE path = 'src/a.py'::bytea"),
        Damage(
            "a file is left out without reason",
            "UPDATE ref_files SET skipped_reason = 'binary' WHERE path = 'src/a.py'::bytea"),
        Damage(
            "a reason is gone",
            "UPDATE ref_files SET skipped_reason = NULL WHERE path = 'image.png'::bytea"),
        Damage("a blob is gone", "DELETE FROM blobs WHERE language = 'python'"),
        Damage("a blob's size is wrong", "UPDATE blobs SET size = size + 1"),
        Damage("a blob's count is wrong", "UPDATE blobs SET chunk_count = chunk_count + 1"),
        Damage("a blob's version is wrong", "UPDATE blobs SET analysis_version = 0"),
        Damage("a file shows another version", "UPDATE ref_files SET analysis_version = 0"),
        Damage(
            "a chunk is one too many",
            """
            INSERT INTO chunks SELECT workspace_id, analysis_version, ordinal + 90, start_line,
                end_line, blob_oid, language, kind, symbol, content_hash FROM chunks
            WHERE ordinal = 0
            """),
        Damage("the rules are others", "UPDATE refs SET rules_digest = 'x'::bytea"),
        Damage("the sum of files is nothing", "UPDATE refs SET file_count = 0"),
        Damage("a chunk is gone", "DELETE FROM chunks WHERE ordinal = 0 AND language = 'go'"),
        Damage("a chunk's lines are wrong", "UPDATE chunks SET end_line = end_line + 1"),
        Damage("a chunk's symbol is wrong", "UPDATE chunks SET symbol = 'nobody'"),
        Damage("a chunk's kind is wrong", "UPDATE chunks SET kind = 'nothing'"),
        Damage(
            "a chunk names another text",
            """
            UPDATE chunks SET content_hash = (SELECT max(content_hash) FROM contents)
            WHERE content_hash = (SELECT min(content_hash) FROM contents)
            """),
        Damage("a symbol is gone", "DELETE FROM symbols WHERE name = 'first'"),
        Damage("a symbol's name is wrong", "UPDATE symbols SET name = 'x' WHERE name = 'first'"),
        Damage("a symbol's words are wrong", "UPDATE symbols SET tokens = 'x'::tsvector"),
        Damage(
            "a text is gone",
            "DELETE FROM contents WHERE content_hash = (SELECT min(content_hash) FROM contents)"),
        Damage("a text is wrong", "UPDATE contents SET body = body || ' '"),
        Damage("a text's words are wrong", "UPDATE contents SET tokens = 'x:1'::tsvector"),
        Damage("a text's length is wrong", "UPDATE contents SET token_count = token_count + 1"),
        Damage(
            "a vector is gone",
            "DELETE FROM embeddings WHERE content_hash = (SELECT min(content_hash) FROM embeddings)"
        ),
        Damage(
            "a vector is wrong",
            "UPDATE embeddings SET vector = vector + vector"
        ),
        Damage("a path's words are gone", "DELETE FROM paths WHERE path = 'src/a.py'::bytea"),
        Damage("a path's words are wrong", "UPDATE paths SET tokens = 'x:1'::tsvector"),
        Damage("a path's words are of another version", "UPDATE paths SET words_version = 0"),
        Damage(
            "the ref's commit is nowhere", "UPDATE refs SET indexed_commit = 'aaaaaaaaaaaaaaaaaaaa'"
        ),
        Damage("the ref's commit is gone", "UPDATE refs SET indexed_commit = NULL"),
        Damage("the number of files is wrong", "UPDATE refs SET file_count = file_count + 1"),
        Damage("the number of chunks is wrong", "UPDATE refs SET chunk_count = 0"),
        Damage("the ref's tree is wrong", "UPDATE refs SET indexed_tree = indexed_commit"),
        Damage("the vectors are behind", "UPDATE refs SET vectors_commit = NULL"),
    ]

    private func filled() throws -> (IndexBench, GitFixture) {
        let bench = try IndexBench()
        let fixture = try GitFixture()
        try fixture.write(
            "src/a.py",
            "class Thing:\n    def first(self):\n        return 1\n\n\ndef second():\n    return 2\n"
        )
        try fixture.write(
            "src/b.go", "package b\n\n// Third is one.\nfunc Third() int {\n\treturn 3\n}\n")
        try fixture.write("README.md", "# Title\n\nWords.\n\n## Part\n\nMore words.\n")
        try fixture.write(bytes: Array("image.png".utf8), [0x89, 0x50, 0, 1, 2])
        try fixture.commit()
        try bench.index(fixture)
        return (bench, fixture)
    }

    @Test("of every kind", arguments: damages)
    func damage(_ damage: Damage) throws {
        let (bench, fixture) = try filled()
        let store = try bench.store()
        let whole = try RowDump.lines(ofRef: "refs/heads/main", store: store)
        #expect(try bench.verify(fixture).isOK)
        try bench.connection.script(damage.sql)
        #expect(try RowDump.lines(ofRef: "refs/heads/main", store: store) != whole)
        let found = try bench.verify(fixture)
        #expect(!found.isOK)
        #expect(!found.differences.isEmpty)
        _ = try bench.verify(fixture, repairs: true)
        let after = try bench.verify(fixture)
        #expect(after.differences.isEmpty)
        #expect(after.digest == after.expectedDigest)
        #expect(try RowDump.lines(ofRef: "refs/heads/main", store: store) == whole)
    }

    @Test("and rows that are right are not written anew")
    func leavesTheRest() throws {
        let (bench, fixture) = try filled()
        func versions() throws -> Set<String> {
            var all: Set<String> = []
            for table in ["blobs", "chunks", "symbols", "contents", "embeddings", "paths"] {
                let found = try bench.connection.query(
                    "SELECT concat_ws(' ', \(table), ctid, xmin) FROM \(unsafe: table)")
                all.formUnion(try found.map { try $0.string(0) })
            }
            return all
        }
        let before = try versions()
        try bench.connection.script("UPDATE symbols SET name = 'x' WHERE name = 'first'")
        _ = try bench.verify(fixture, repairs: true)
        #expect(try bench.verify(fixture).isOK)
        let after = try versions()
        #expect(before.subtracting(after).count == 1)
        #expect(after.subtracting(before).count == 1)
    }

    @Test("and other refs are not touched")
    func otherRefs() throws {
        let (bench, fixture) = try filled()
        try fixture.git("checkout", "-q", "-b", "other")
        try fixture.write("extra.py", "def extra():\n    return 0\n")
        try fixture.commit()
        try bench.index(fixture)
        let store = try bench.store()
        let other = try RowDump.lines(ofRef: "refs/heads/other", store: store)
        try bench.connection.script(
            """
            DELETE FROM ref_files WHERE path = 'src/a.py'::bytea AND ref_id = (
                SELECT id FROM refs WHERE name = 'refs/heads/main')
            """)
        let found = try bench.verify(fixture, "main", repairs: true)
        #expect(found.differences.contains { $0.path == "src/a.py" })
        #expect(try bench.verify(fixture, "main").isOK)
        #expect(try RowDump.lines(ofRef: "refs/heads/other", store: store) == other)
    }

    @Test("a ref that was never indexed is a difference, and nothing is written for it")
    func notIndexed() throws {
        let (bench, fixture) = try filled()
        try fixture.git("branch", "new")
        let found = try bench.verify(fixture, "new")
        #expect(found.differences.map(\.path) == [""])
        #expect(!found.isOK)
        let count = try bench.connection.query("SELECT count(*) FROM refs").only().int(0)
        #expect(count == 1)
    }
}
