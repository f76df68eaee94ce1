import Foundation
import Hooks
import Testing

@Suite("Git's hooks start the index in the background", .serialized)
struct HookScriptTests {
    private let sandbox: GitSandbox
    private let repository: String

    init() throws {
        sandbox = try GitSandbox()
        repository = try sandbox.repository()
        try install()
    }

    private func install(
        program: String? = nil, hooksDirectory: String? = nil, repository: String? = nil
    ) throws {
        let repository = repository ?? self.repository
        _ = try HookInstaller(
            hooksDirectory: hooksDirectory ?? repository + "/.git/hooks",
            commonDirectory: repository + "/.git", executable: program ?? sandbox.program
        ).install()
    }

    private func expected(
        _ hook: String, gitDirectory: String? = nil, common: String? = nil, branch: String?
    ) -> [String] {
        let directory = gitDirectory ?? repository + "/.git"
        let reference = branch.map { ["--reference", "refs/heads/" + $0] } ?? []
        return ["hook", "run", "--hook", hook, "--git-dir", directory, "--common-dir"]
            + [common ?? directory] + reference + ["git:", "detached"]
    }

    @Test("a commit asks for its branch, detached and without git's own variables")
    func commit() throws {
        try sandbox.commit("second", in: repository)
        #expect(try sandbox.takeCalls() == [expected("post-commit", branch: "main")])
    }

    @Test("an amended commit asks too, a switch asks for the new branch")
    func switchBranch() throws {
        try sandbox.git(["switch", "-q", "-c", "topic/one"], in: repository)
        #expect(try sandbox.takeCalls() == [expected("post-checkout", branch: "topic/one")])
        try sandbox.git(["commit", "-q", "--amend", "-m", "other"], in: repository)
        let names = try sandbox.takeCalls().map { $0[3] }
        #expect(names.sorted() == ["post-commit", "post-rewrite"])
    }

    @Test("a checkout of files alone and a squashed merge ask for nothing")
    func noMovement() throws {
        try sandbox.git(["switch", "-q", "-c", "topic"], in: repository)
        try sandbox.commit("topic", in: repository)
        try sandbox.git(["switch", "-q", "main"], in: repository)
        _ = try sandbox.takeCalls()
        try sandbox.git(["checkout", "-q", "topic", "--", "topic.txt"], in: repository)
        try sandbox.git(["reset", "-q", "--hard"], in: repository)
        try sandbox.git(["merge", "-q", "--squash", "topic"], in: repository)
        #expect(try sandbox.takeCalls().isEmpty)
        try sandbox.git(["reset", "-q", "--hard"], in: repository)
        try sandbox.git(["merge", "-q", "topic"], in: repository)
        #expect(try sandbox.takeCalls() == [expected("post-merge", branch: "main")])
    }

    @Test("a detached HEAD names no branch")
    func detachedHead() throws {
        try sandbox.git(["checkout", "-q", "--detach"], in: repository)
        #expect(try sandbox.takeCalls() == [expected("post-checkout", branch: nil)])
    }

    @Test("a rebase ends with its branch asked for")
    func rebase() throws {
        try sandbox.git(["switch", "-q", "-c", "topic"], in: repository)
        try sandbox.commit("a", in: repository)
        try sandbox.commit("b", in: repository)
        try sandbox.git(["switch", "-q", "main"], in: repository)
        try sandbox.commit("c", in: repository)
        try sandbox.git(["switch", "-q", "topic"], in: repository)
        _ = try sandbox.takeCalls()
        try sandbox.git(["rebase", "-q", "main"], in: repository)
        let calls = try sandbox.takeCalls()
        #expect(calls.contains(expected("post-rewrite", branch: "topic")))
        let others = calls.filter { $0[3] != "post-rewrite" }
        #expect(others.allSatisfy { !$0.contains("--reference") })
    }

    @Test("a linked working tree is told apart, a new one asks at once")
    func workingTrees() throws {
        let tree = sandbox.directory + "/second tree"
        try sandbox.git(["worktree", "add", "-q", "-b", "side", tree], in: repository)
        let own = repository + "/.git/worktrees/second-tree"
        let calls = try sandbox.takeCalls()
        #expect(calls.count == 1)
        try sandbox.commit("side", in: tree)
        let call = try #require(try sandbox.takeCalls().first)
        #expect(call.prefix(6) == ["hook", "run", "--hook", "post-commit", "--git-dir", own])
        #expect(URL(fileURLWithPath: call[7]).standardizedFileURL.path == repository + "/.git")
        #expect(call.suffix(4) == ["--reference", "refs/heads/side", "git:", "detached"])
    }

    @Test("a hooks directory shared by many repositories serves those that asked")
    func sharedHooks() throws {
        let hooks = sandbox.directory + "/shared hooks"
        let other = try sandbox.repository("other")
        for path in [repository, other] {
            try sandbox.git(["config", "core.hooksPath", hooks], in: path)
        }
        try install(hooksDirectory: hooks)
        try sandbox.commit("unasked", in: other)
        #expect(try sandbox.takeCalls().isEmpty)
        try install(hooksDirectory: hooks, repository: other)
        try sandbox.commit("asked", in: other)
        #expect(
            try sandbox.takeCalls() == [
                expected("post-commit", gitDirectory: other + "/.git", branch: "main")
            ])
    }

    @Test("from a subdirectory and by --git-dir the repository is the same")
    func otherDirectories() throws {
        let inner = repository + "/inner"
        try FileManager.default.createDirectory(
            atPath: inner, withIntermediateDirectories: false)
        try sandbox.commit("from-inside", in: inner)
        #expect(try sandbox.takeCalls() == [expected("post-commit", branch: "main")])
        let far = ["--git-dir", repository + "/.git", "--work-tree", repository]
        try sandbox.git(
            far + ["commit", "-q", "--allow-empty", "-m", "far"], in: sandbox.directory)
        #expect(try sandbox.takeCalls() == [expected("post-commit", branch: "main")])
    }

    @Test("git does not wait for the index, nor does a reader of git's output")
    func doesNotWait() throws {
        let gate = sandbox.directory + "/gate"
        #expect(mkfifo(gate, 0o600) == 0)
        try sandbox.writeProgram(before: "read -r go <\"\(gate)\"")
        let result = try sandbox.run(
            ["git", "commit", "-q", "--allow-empty", "-m", "x"], in: repository,
            waitsForBackground: false)
        #expect(result.status == 0)
        // Here git has ended and its output is closed, while the stand-in waits at the gate.
        #expect(!sandbox.exists(sandbox.callsFile))
        try sandbox.write("go\n", to: gate)
        sandbox.settle()
        #expect(try sandbox.takeCalls().count == 1)
    }

    @Test("a missing program is a line in the log and nothing else")
    func missingProgram() throws {
        try FileManager.default.removeItem(atPath: sandbox.program)
        let result = try sandbox.run(
            ["git", "commit", "--allow-empty", "-q", "-m", "x"], in: repository)
        #expect(result.status == 0)
        #expect(result.output == "")
        let log = sandbox.text(of: repository + "/.git/gitdex/hook.log")
        let entry = try #require(HookLogEntry(line: log.dropLast()))
        #expect(entry.outcome == .missing)
        #expect(entry.hook == .postCommit)
        #expect(entry.message.contains(sandbox.program))
    }

    @Test(
        "whatever becomes of the state directory, git succeeds and says nothing",
        arguments: [
            "rm -rf .git/gitdex", "rm -rf .git/gitdex && touch .git/gitdex",
            "mkdir .git/gitdex/hook.log", "rm .git/gitdex/lock .git/gitdex/hook.log; true",
        ])
    func brokenState(damage: String) throws {
        #expect(try sandbox.run(["sh", "-c", damage], in: repository).status == 0)
        try FileManager.default.removeItem(atPath: sandbox.program)
        let result = try sandbox.run(
            ["git", "commit", "--allow-empty", "-q", "-m", "x"], in: repository)
        #expect(result.status == 0)
        #expect(result.output == "")
    }
}
