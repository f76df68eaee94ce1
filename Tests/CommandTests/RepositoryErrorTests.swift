import Foundation
import GitdexTesting
import Testing

/// A repository, ref or place that is not there is a plain no.
@Suite("What is not there is one line and status 1")
struct RepositoryErrorTests {
    private func filled() throws -> CommandBench {
        let bench = try CommandBench()
        try bench.fixture.write("a.py", "def first():\n    return 1\n")
        try bench.fixture.commit()
        return bench
    }

    @Test("no repository")
    func noRepository() throws {
        let bench = try filled()
        for command in ["index", "verify", "status"] {
            let outcome = try bench.gitdex(command, bench.fixture.folder)
            expectRefusal(outcome, status: 1, bench.fixture.folder, "git init")
        }
        let outcome = try bench.gitdex("index", bench.fixture.folder + "/missing")
        expectRefusal(outcome, status: 1, "/missing")
        let hook = try bench.gitdex("hook", "install", in: bench.fixture.folder)
        expectRefusal(hook, status: 1, "not in a git repository")
    }

    @Test("an unknown ref, and one that is not indexed")
    func unknownRef() throws {
        let bench = try filled()
        expectRefusal(try bench.gitdex("index", "--ref", "nowhere"), status: 1, "nowhere")
        expectRefusal(try bench.gitdex("verify"), status: 1, "gitdex index")
        expectRefusal(try bench.gitdex("status", "."), status: 1, "gitdex index")
        expectRefusal(try bench.gitdex("search", "first"), status: 1, "gitdex index")
        try bench.gitdex("index")
        try bench.fixture.git("checkout", "-q", "-b", "side")
        try bench.fixture.commit("only on the side")
        let unindexed = try bench.gitdex("verify", "--ref", "side")
        #expect(unindexed.status == 1)
        #expect(unindexed.output.contains("refs/heads/side: the ref is not indexed"))
        expectRefusal(try bench.gitdex("search", "first", "--ref", "side"), status: 1, "side")
        expectRefusal(try bench.gitdex("search", "first", "--repo", "other"), status: 1, "other")
        expectRefusal(try bench.gitdex("related", "a.py:77"), status: 1, "a.py:77")
        expectRefusal(try bench.gitdex("gc", "--repo", "other"), status: 1, "other")
    }

    @Test("no commit yet")
    func unborn() throws {
        let bench = try CommandBench()
        expectRefusal(try bench.gitdex("index"), status: 1, "no commit", "commit something")
        expectRefusal(try bench.gitdex("index", "--all-branches"), status: 1, "commit something")
        #expect(try bench.json("status")["refs"] == .list([]))
    }

    @Test("the files of a branch without a commit, by --worktree")
    func unbornWorkingTree() throws {
        let bench = try CommandBench()
        try bench.fixture.write("a.py", "def first():\n    return 1\n")
        let report = try bench.json("index", "--worktree")
        #expect(report["files"]["added"].int == 1)
        let status = try bench.json("status")["refs"][0]
        #expect(status["behind"].int == 0)
        #expect(status["dirty"].bool == false)
        let found = try bench.json("search", "first", "--mode", "symbol")
        #expect(found["results"][0]["path"].string == "a.py")
        #expect(try bench.verifiedDigest("--worktree") == report["digest"].string)
        try bench.fixture.write("b.py", "def second():\n    return 2\n")
        #expect(try bench.json("status")["refs"][0]["dirty"].bool == true)
        let head = try bench.fixture.commit()
        let committed = try bench.json("index", "--worktree")
        #expect(committed["to"].string == head)
        #expect(committed["files"]["total"].int == 2)
        #expect(try bench.verifiedDigest("--worktree") == committed["digest"].string)
    }

    @Test("a repository of SHA-256 names")
    func otherObjectFormat() throws {
        let bench = try CommandBench(GitFixture(["--object-format=sha256"]))
        try bench.fixture.write("a.py", "def first():\n    return 1\n")
        try bench.fixture.commit()
        expectRefusal(try bench.gitdex("index"), status: 1, "SHA-256", "SHA-1")
    }
}
