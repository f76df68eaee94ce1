import Foundation
import GitdexTesting
import Testing

/// The hooks of a real repository, called by the real git.
@Suite("Hooks keep the index true", .serialized)
struct HookTests {
    /// A bench whose settings stand in `gitdex.json`, where a hook finds them.
    private func bench() throws -> CommandBench {
        let bench = try CommandBench()
        let folder = bench.fixture.folder + "/data"
        var settings: [String: String] = [:]
        for name in ["DATABASE_URL", "GITDEX_ASSETS_DIR"] {
            settings[name] = bench.environment.removeValue(forKey: name)
        }
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        try JSONEncoder().encode(settings).write(
            to: URL(fileURLWithPath: folder + "/gitdex.json"))
        for name in ["GIT_AUTHOR", "GIT_COMMITTER"] {
            bench.environment[name + "_NAME"] = "Ada"
            bench.environment[name + "_EMAIL"] = "ada@example.org"
        }
        return bench
    }

    /// Runs git with the environment of the commands, as a user does.
    private func git(_ bench: CommandBench, _ words: String...) throws {
        let outcome = try GitdexProcess(
            ["git"] + words, program: ["/usr/bin/env"], in: bench.fixture.path,
            environment: bench.environment
        ).finish()
        #expect(outcome.status == 0, "\(words): \(outcome.errors)")
    }

    /// Asks until the log ends with a run that brought the index to HEAD.
    private func awaitIndex(_ bench: CommandBench) throws -> String {
        let head = try bench.fixture.git("rev-parse", "HEAD")
        let deadline = ContinuousClock().now + .seconds(120)
        var runs: [String] = []
        while ContinuousClock().now < deadline {
            let status = try bench.json("hook", "status")
            runs = status["runs"].elements.compactMap(\.string)
            if status["running"] == .null, let last = runs.last, last.contains(head.prefix(10)) {
                return last
            }
        }
        Issue.record("the hooks did not bring the index to \(head): \(runs)")
        return ""
    }

    @Test("a commit, a branch and a rebase are indexed in the background")
    func commits() throws {
        let bench = try bench()
        try bench.fixture.write("a.py", "def first():\n    return 1\n")
        try bench.fixture.commit()
        let installed = try bench.json("hook", "install")
        #expect(
            installed["changed"].elements.compactMap(\.string).sorted()
                == ["post-checkout", "post-commit", "post-merge", "post-rewrite"])
        let status = try bench.json("hook", "status")
        #expect(status["complete"].bool == true)
        #expect(status["runs"] == .list([]))

        try bench.fixture.write("b.py", "def added_by_commit():\n    return 2\n")
        try git(bench, "add", ".")
        try git(bench, "commit", "-q", "-m", "two")
        let run = try awaitIndex(bench)
        #expect(run.contains(" post-commit refs/heads/main done "))
        #expect(run.contains("2 texts embedded"))
        let found = try bench.json("search", "added_by_commit", "--mode", "symbol")
        #expect(found["results"][0]["path"].string == "b.py")
        #expect(found["freshness"][0]["behind"].int == 0)
        try bench.verifiedDigest()

        try git(bench, "checkout", "-q", "-b", "side", "HEAD~1")
        try bench.fixture.write("c.py", "def on_the_side():\n    return 3\n")
        try git(bench, "add", ".")
        try git(bench, "commit", "-q", "-m", "side")
        _ = try awaitIndex(bench)
        try git(bench, "rebase", "-q", "main")
        _ = try awaitIndex(bench)
        #expect(try bench.verifiedDigest() == (try bench.json("index")["digest"].string))
        #expect(try bench.json("status")["refs"].elements.count == 2)
        #expect(try bench.gitdex("hook", "status").output.contains("last runs"))
    }

    @Test("a run that fails is in the log, and git does not notice")
    func failure() throws {
        let bench = try bench()
        try bench.fixture.commit()
        try bench.json("hook", "install")
        let settings = bench.fixture.folder + "/data/gitdex.json"
        try #"{"DATABASE_URL": "postgresql://127.0.0.1:1/gone"}"#.write(
            toFile: settings, atomically: true, encoding: .utf8)
        try git(bench, "commit", "-q", "--allow-empty", "-m", "two")
        var last: String?
        let deadline = ContinuousClock().now + .seconds(120)
        while last == nil, ContinuousClock().now < deadline {
            last = try bench.json("hook", "status")["runs"].elements.last?.string
        }
        #expect(last?.contains(" failed ") == true)
        #expect(last?.contains("DATABASE_URL") == true)
    }

    @Test("an earlier hook runs first and stands there again after uninstall")
    func earlierHook() throws {
        let bench = try bench()
        try bench.fixture.commit()
        let hook = bench.fixture.path + "/.git/hooks/post-commit"
        let text = "#!/bin/sh\necho earlier >>\"$(git rev-parse --git-dir)/earlier\"\n"
        try FileManager.default.createDirectory(
            atPath: bench.fixture.path + "/.git/hooks", withIntermediateDirectories: true)
        try bench.fixture.write(".git/hooks/post-commit", text)
        chmod(hook, 0o755)
        #expect(try bench.json("hook", "install")["chained"] == .list([.text("post-commit")]))
        #expect(try bench.json("hook", "install")["changed"] == .list([]))
        try bench.fixture.write("a.py", "def first():\n    return 1\n")
        try git(bench, "add", ".")
        try git(bench, "commit", "-q", "-m", "two")
        _ = try awaitIndex(bench)
        let trace = try String(
            contentsOfFile: bench.fixture.path + "/.git/earlier", encoding: .utf8)
        #expect(trace == "earlier\n")
        try bench.json("hook", "uninstall")
        #expect(try String(contentsOfFile: hook, encoding: .utf8) == text)
        let status = try bench.json("hook", "status")
        #expect(status["enabled"].bool == false)
        #expect(status["hooks"].elements.allSatisfy { $0["place"].string != "installed" })
        try git(bench, "commit", "-q", "--allow-empty", "-m", "three")
        let twice = try String(
            contentsOfFile: bench.fixture.path + "/.git/earlier", encoding: .utf8)
        #expect(twice == "earlier\nearlier\n")
    }
}
