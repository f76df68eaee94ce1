import Foundation
import GitdexTesting
import Testing

/// `gitdex verify --repo`.
@Suite("A connected repository is verified from its mirror", .timeLimit(.minutes(3)))
struct ConnectedVerificationTests {
    @Test("equal, without a mirror, damaged, repaired")
    func verify() async throws {
        let bench = try await ServerBench()
        for number in 0..<3 {
            try bench.remote.fixture.write(
                "file\(number).py", "def function_\(number)():\n    return \(number)\n")
        }
        try bench.remote.fixture.commit()
        try bench.remote.git("branch", "other")
        try await bench.connect()
        #expect(try await bench.settle().isEmpty)

        // The default branch, of two.
        let equal = try bench.gitdex("verify", "--repo", "served", "--json")
        #expect(equal.status == 0, "\(equal.errors)")
        let document = try equal.json()
        #expect(document["ok"] == .boolean(true))
        #expect(document["digest"].string == document["expected_digest"].string)

        let mirrors = bench.remote.fixture.folder + "/data/mirrors"
        #expect(FileManager.default.fileExists(atPath: mirrors))
        try FileManager.default.removeItem(atPath: mirrors)
        let fetched = try bench.gitdex("verify", "--repo", "served", "--ref", "other")
        #expect(fetched.status == 0, "\(fetched.errors)")
        #expect(fetched.output.contains("served refs/heads/other: the index equals the tree"))

        _ = try bench.column(
            "UPDATE contents SET body = 'damaged' WHERE body LIKE '%function_1%' RETURNING 'x'")
        let damaged = try bench.gitdex("verify", "--repo", "served")
        #expect(damaged.status == 1, "\(damaged.errors)")
        #expect(damaged.output.contains("file1.py"))
        #expect(!damaged.output.contains("file2.py"))
        #expect(try bench.gitdex("verify", "--repo", "served", "--repair").status == 0)
        #expect(try bench.gitdex("verify", "--repo", "served").status == 0)
    }

    @Test("what cannot be verified is one clear line")
    func refusals() async throws {
        let bench = try await ServerBench()
        try bench.remote.fixture.write("a.py", "def a():\n    return 1\n")
        try bench.remote.fixture.commit()
        try await bench.connect()
        #expect(try await bench.settle().isEmpty)
        for (arguments, status, words) in [
            (["--repo", "unknown"], 1, "no repository 'unknown' is indexed"),
            (["--repo", "served", "--ref", "unknown"], 1, "unknown of served is not indexed"),
            (["--repo", "served", "--worktree"], 2, "has no working tree"),
            (["--repo", "served", "."], 2, "not both"),
        ] {
            let outcome = try bench.gitdex(["verify"] + arguments)
            #expect(outcome.status == status, "\(arguments)")
            #expect(outcome.errors.contains(words), "\(outcome.errors)")
            #expect(outcome.errors.split(separator: "\n").count == 1)
        }

        // Forced elsewhere, and gone from the remote before anybody looked.
        try FileManager.default.removeItem(
            atPath: bench.remote.fixture.folder + "/data/mirrors")
        try bench.remote.git("update-ref", "-d", "refs/heads/main")
        try bench.remote.git("reflog", "expire", "--expire=now", "--all")
        try bench.remote.git("gc", "--quiet", "--prune=now")
        let gone = try bench.gitdex(["verify", "--repo", "served"])
        #expect(gone.status == 1)
        #expect(gone.errors.contains("does not show the commit"), "\(gone.errors)")
    }
}
