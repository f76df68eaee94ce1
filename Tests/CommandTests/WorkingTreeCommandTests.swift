import Foundation
import GitdexTesting
import Testing

/// What the commands say of an uncommitted working tree.
@Suite("The working tree is told truly", .serialized)
struct WorkingTreeCommandTests {
    private func filled() throws -> CommandBench {
        let bench = try CommandBench()
        try bench.fixture.write("a.py", "def first():\n    return 1\n")
        try bench.fixture.write("b.py", "def second():\n    return 2\n")
        try bench.fixture.commit()
        try bench.fixture.write("a.py", "def edited():\n    return 9\n")
        return bench
    }

    @Test("status and search say when it has changed since, and verify finds it")
    func dirty() throws {
        let bench = try filled()
        let report = try bench.json("index", "--worktree")
        func dirty() throws -> [Bool?] {
            [
                try bench.json("status")["refs"][0]["dirty"].bool,
                try bench.json("search", "edited", "--ref", "worktree")["freshness"][0]["dirty"]
                    .bool,
            ]
        }
        #expect(try dirty() == [false, false])
        #expect(try bench.gitdex("status").output.contains("up to date"))
        #expect(try bench.verifiedDigest("--worktree") == report["digest"].string)
        #expect(try bench.verifiedDigest("--ref", "worktree") == report["digest"].string)

        for change in [
            { try bench.fixture.write("b.py", "def other():\n    return 3\n") },
            { try bench.fixture.git("checkout", "-q", "--", "a.py") },
            { try bench.fixture.write("new.py", "x = 1\n") },
            { try bench.fixture.remove("b.py") },
        ] {
            try change()
            #expect(try dirty() == [true, true])
            let status = try bench.gitdex("status").output
            #expect(status.contains("changed since") && !status.contains("up to date"))
            #expect(
                try bench.gitdex("search", "edited", "--ref", "worktree").output
                    .contains("of the working tree"))
            #expect(try bench.gitdex("verify", "--worktree").status == 1)
            try bench.gitdex("index", "--worktree")
            #expect(try dirty() == [false, false])
        }
        #expect(try bench.gitdex("verify", "--worktree", "--ref", "main").status == 2)
    }

    @Test("what is committed since is no change of the files")
    func committed() throws {
        let bench = try filled()
        try bench.json("index", "--worktree")
        try bench.fixture.commit()
        let state = try bench.json("status")["refs"][0]
        #expect(state["dirty"].bool == false)
        #expect(state["behind"].int == 1)
        try bench.json("index", "--worktree")
        try bench.verifiedDigest("--worktree")
    }

    @Test(
        "a file that cannot be read is left out with a warning",
        .enabled(if: EmbeddedBench.canLeaveRoot))
    func unreadable() throws {
        let bench = try EmbeddedBench(leavesRoot: true)
        try bench.fixture.writeFunctions(0..<3)
        try bench.commit()
        try bench.fixture.write("secret.py", "password = 1\n")
        let tracked = bench.fixture.path + "/package0/module1.py"
        chmod(bench.fixture.path + "/secret.py", 0)
        chmod(tracked, 0)
        // The new file is root's, and the commands are somebody else's.
        let outcome = try bench.gitdex("index", "--worktree", "--json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let warnings = outcome.errors.split(separator: "\n")
        #expect(warnings.count == 2, "\(outcome.errors)")
        #expect(warnings.allSatisfy { $0.contains("cannot be read") })
        #expect(outcome.errors.contains("package0/module1.py"))
        #expect(outcome.errors.contains("secret.py"))
        #expect(try bench.gitdex("index", "--worktree", "--quiet").errors.isEmpty)
        let state = try bench.json("status")["refs"][0]
        #expect(state["dirty"].bool == false)
        #expect(
            state["left_out"].elements.compactMap { $0["path"].string } == [
                "package0/module1.py", "secret.py",
            ])
        #expect(try bench.gitdex("verify", "--worktree").status == 0)
        chmod(tracked, 0o644)
        #expect(try bench.json("status")["refs"][0]["dirty"].bool == true)
        #expect(try bench.gitdex("index", "--worktree").status == 0)
        #expect(try bench.json("status")["refs"][0]["left_out"].elements.count == 1)
    }
}
