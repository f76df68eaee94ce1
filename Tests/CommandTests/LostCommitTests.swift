import GitdexTesting
import Testing

@Suite("Verify answers and mends where the indexed commit is lost")
struct LostCommitTests {
    private func filled() throws -> CommandBench {
        let bench = try CommandBench()
        try bench.fixture.write("a.py", "def first():\n    return 1\n")
        try bench.fixture.commit()
        try bench.gitdex("index")
        return bench
    }

    /// Expects one document that says no, and after a repair an index like a fresh one.
    private func expectMended(_ bench: CommandBench, _ problem: String) throws {
        let found = try bench.gitdex("verify", "--json")
        #expect(found.status == 1)
        #expect(found.errors.isEmpty)
        let document = try found.json()
        #expect(document["ok"].bool == false)
        #expect(document["differences"][0]["path"].string == "")
        #expect(document["differences"][0]["problem"].string?.contains(problem) == true)
        #expect(try bench.json("verify", "--repair")["repaired"].bool == true)
        let digest = try bench.verifiedDigest()
        let again = try bench.json("index")
        #expect(again["digest"].string == digest)
        #expect(again["embedded"].int == 0)
        #expect(again["from"] == again["to"])
        let head = try bench.fixture.git("rev-parse", "HEAD")
        let status = try bench.json("status")["refs"][0]
        #expect(status["indexed_commit"].string == head)
        #expect(status["behind"].int == 0)
    }

    @Test("amended and pruned")
    func pruned() throws {
        let bench = try filled()
        try bench.fixture.write("a.py", "def second():\n    return 2\n")
        try bench.fixture.git("add", ".")
        try bench.fixture.git("commit", "-q", "--amend", "-m", "other")
        try bench.fixture.git("reflog", "expire", "--expire=now", "--all")
        try bench.fixture.git("gc", "-q", "--prune=now")
        try expectMended(bench, "is not in the repository")
        let found = try bench.json("search", "second", "--mode", "symbol")
        #expect(found["results"][0]["path"].string == "a.py")
    }

    @Test(
        "the row altered or gone",
        arguments: [
            ("UPDATE refs SET indexed_commit = decode(repeat('ab', 20), 'hex')", "not in"),
            ("UPDATE refs SET indexed_commit = (SELECT blob_oid FROM ref_files LIMIT 1)", "not in"),
            ("UPDATE refs SET indexed_commit = NULL", "not indexed"),
            ("DELETE FROM refs", "not indexed"),
        ])
    func altered(sql: String, problem: String) throws {
        let bench = try filled()
        try bench.database.run(sql)
        try expectMended(bench, problem)
    }
}
