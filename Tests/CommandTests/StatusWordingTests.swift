import Foundation
import GitdexTesting
import Testing

@Suite("Status says how things are")
struct StatusWordingTests {
    private func filled() throws -> CommandBench {
        let bench = try CommandBench()
        try bench.fixture.write("src/a.py", "def first():\n    return 1\n")
        try bench.fixture.write("docs/b.md", "# Guide\n\nHow to begin.\n")
        try bench.fixture.write("blob.bin", "\0\0\0")
        try bench.fixture.commit()
        return bench
    }

    @Test("refs that other patterns made are not up to date")
    func otherRules() throws {
        let bench = try filled()
        try bench.fixture.git("branch", "side")
        try bench.gitdex("index", "--all-branches")
        #expect(try bench.gitdex("status").output.components(separatedBy: "up to date").count == 3)
        try bench.gitdex("index", "--ref", "main", "--include", "src/**")
        let refs = try bench.json("status")["refs"].elements
        let changed = refs.filter { $0["rules_changed"].bool == true }
        #expect(changed.compactMap { $0["ref"].string } == ["refs/heads/side"])
        let text = try bench.gitdex("status").output
        #expect(text.components(separatedBy: "up to date").count == 2)
        #expect(text.contains("refs/heads/side") && text.contains("other patterns"))
        let found = try bench.json("search", "first", "--ref", "side")
        #expect(found["freshness"][0]["rules_changed"].bool == true)
        try bench.gitdex("index", "--all-branches")
        #expect(try bench.gitdex("status").output.components(separatedBy: "up to date").count == 3)
    }

    @Test("the files left out are counted alike by every way to a tree")
    func leftOut() throws {
        let bench = try filled()
        let first = try bench.json("index")
        #expect(first["files"]["skipped"].int == 1)
        try bench.fixture.git("branch", "side")
        let seeded = try bench.json("index", "--ref", "side")
        #expect(seeded["files"] == first["files"])
        #expect(seeded["chunks"]["total"] == first["chunks"]["total"])
        #expect(seeded["chunks"]["added"].int == 0)
        #expect(seeded["chunks"]["reused"] == first["chunks"]["total"])
        #expect(seeded["embedded"].int == 0)
        #expect(try bench.json("index", "--worktree")["files"]["skipped"].int == 1)
        let again = try bench.json("index")
        #expect(again["files"]["skipped"].int == 1)
        #expect(again["files"]["added"].int == 0)
        let text = try bench.gitdex("index", "--full").output
        #expect(text.contains("1 left out"))
        try bench.fixture.write("c.py", "def third():\n    return 3\n")
        try bench.fixture.commit()
        let next = try bench.json("index")
        #expect(next["files"]["skipped"].int == 1)
        let refs = try bench.json("status")["refs"].elements
        #expect(refs.allSatisfy { $0["files_left_out"].int == 1 })
    }

    @Test("a repository whose first run was cut off is not indexed")
    func cutOff() throws {
        let bench = try filled()
        try bench.gitdex("index")
        try bench.database.run(
            "DELETE FROM ref_files; UPDATE refs SET indexed_commit = NULL, indexed_tree = NULL")
        expectRefusal(try bench.gitdex("status", "."), status: 1, "not indexed", "gitdex index")
        #expect(try bench.gitdex("status", ".", "--json").status == 1)
        #expect(try bench.json("status")["refs"] == .list([]))
    }

    @Test("a ref that was rewritten stands elsewhere, not at a remote")
    func rewritten() throws {
        let bench = try filled()
        try bench.gitdex("index")
        try bench.database.run(
            "UPDATE refs SET indexed_commit = decode(repeat('ab', 20), 'hex')")
        let text = try bench.gitdex("status").output
        #expect(text.contains("not where its ref is now"))
        #expect(!text.contains("remote"))
        #expect(!(try bench.gitdex("search", "first").output.contains("remote")))
    }

    @Test("a name that a branch and a tag have is the branch, for every command")
    func branchFirst() throws {
        let bench = try filled()
        try bench.fixture.git("tag", "twice")
        try bench.fixture.git("checkout", "-q", "-b", "twice")
        try bench.fixture.write("only.py", "def only_on_the_branch():\n    return 4\n")
        let head = try bench.fixture.commit()
        try bench.gitdex("index", "--ref", "refs/tags/twice")
        let report = try bench.json("index", "--ref", "twice")
        #expect(report["ref"].string == "refs/heads/twice")
        #expect(report["to"].string == head)
        #expect(try bench.json("index", "--ref", "twice~0")["to"].string == head)
        let found = try bench.json("search", "only_on_the_branch", "--ref", "twice")
        #expect(found["freshness"][0]["ref"].string == "refs/heads/twice")
        #expect(found["results"][0]["path"].string == "only.py")
        #expect(try bench.verifiedDigest("--ref", "twice") == report["digest"].string)
    }
}
