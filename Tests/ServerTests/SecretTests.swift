import Foundation
import GitdexTesting
import Testing

/// What is secret about a connected repository: how it changes, and who can read it.
@Suite("Secrets change, are kept encrypted, and need their key", .timeLimit(.minutes(3)))
struct SecretTests {
    /// Changes the connected repository; returns the answer.
    private func change(_ bench: ServerBench, _ body: String) async throws -> HTTPAnswer {
        try await bench.client.send(
            "PATCH", "/v1/workspaces/local/repositories/\(bench.repository)",
            headers: ["content-type": "application/json"], body: Array(body.utf8))
    }

    private func status(
        _ bench: ServerBench, _ commit: String, signedWith secret: String
    ) async throws -> Int {
        try await bench.deliver(
            bench.push("refs/heads/main", before: nil, after: commit), secret: secret
        ).status
    }

    @Test("a rotated secret is shown once, and the one before stays valid, not the one before that")
    func rotation() async throws {
        let bench = try await ServerBench(workers: 0)
        try bench.remote.fixture.write("a.py", "def a():\n    return 1\n")
        let commit = try bench.remote.fixture.commit()
        let first = try #require(try await bench.connect()["webhook"]["secret"].string)
        let answer = try await change(bench, #"{"webhook_secret": "rotate"}"#)
        #expect(answer.status == 200, "\(answer.text)")
        let second = try #require(answer.json["webhook"]["secret"].string)
        #expect(second != first)
        #expect(try await status(bench, commit, signedWith: first) == 202)
        #expect(try await status(bench, commit, signedWith: second) == 202)
        let third = try #require(
            try await change(bench, #"{"webhook_secret": "rotate"}"#).json["webhook"]["secret"]
                .string)
        #expect(try await status(bench, commit, signedWith: first) == 401)
        #expect(try await status(bench, commit, signedWith: second) == 202)
        #expect(try await status(bench, commit, signedWith: third) == 202)
        let stored = try bench.column(
            "SELECT concat(webhook_secret, previous_webhook_secret) FROM repositories")
        for secret in [first, second, third] {
            #expect(!stored[0].contains(secret))
            let shown = try await bench.client.send(
                "GET", "/v1/workspaces/local/repositories/\(bench.repository)")
            #expect(!shown.text.contains(secret))
        }
    }

    @Test("credentials are replaced, and null takes them away")
    func credentials() async throws {
        let bench = try await ServerBench(workers: 0)
        try await bench.connect()
        func stored() throws -> String {
            try bench.column("SELECT coalesce(credentials, 'none') FROM repositories")[0]
        }
        let before = try stored()
        #expect(before != "none")
        #expect(!before.contains(bench.remote.token))
        let other = try await change(bench, #"{"credentials": {"token": "another token"}}"#)
        #expect(other.status == 200, "\(other.text)")
        let after = try stored()
        #expect(after != before && after != "none" && !after.contains("another"))
        #expect(try await change(bench, #"{"webhook_secret": "rotate"}"#).status == 200)
        #expect(try stored() == after)
        #expect(try await change(bench, #"{"credentials": {}}"#).status == 400)
        #expect(try stored() == after)
        let removed = try await change(bench, #"{"credentials": null}"#)
        #expect(removed.status == 200, "\(removed.text)")
        #expect(try stored() == "none")
        #expect(try await change(bench, #"{"credentials": null, "name": "x"}"#).status == 400)
    }

    @Test("a worker without the key says so and makes none; with it, a retry ends the rest")
    func missingKey() async throws {
        let bench = try await ServerBench(workers: 0)
        try bench.remote.fixture.write("a.py", "def a():\n    return 1\n")
        let commit = try bench.remote.fixture.commit()
        try await bench.connect()
        let folder = bench.remote.fixture.folder
        let elsewhere = folder + "/elsewhere"
        let worker = try bench.startWorker(changes: ["GITDEX_DATA_DIR": elsewhere])
        try await bench.wait(.seconds(60), "the job does not fail") {
            try bench.column("SELECT coalesce(error, '') FROM jobs WHERE kind = 'repository'")
                .contains { $0.contains("the stored credentials of served cannot be read") }
        }
        let key = elsewhere + "/encryption.key"
        #expect(!FileManager.default.fileExists(atPath: key))
        #expect(try bench.column("SELECT scope FROM queue_pauses").count == 1)

        try FileManager.default.createDirectory(
            atPath: elsewhere, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: folder + "/data/encryption.key", toPath: key)
        let number = try bench.column("SELECT id::text FROM jobs WHERE kind = 'repository'")[0]
        let shown = try bench.gitdex("jobs", "show", number)
        #expect(shown.output.contains("paused     until"), "\(shown.output)\(shown.errors)")
        let retried = try bench.gitdex("jobs", "retry", number)
        #expect(retried.status == 0, "\(retried.errors)")
        try await bench.wait(.seconds(60), "the pause did not end") {
            try bench.indexedCommits() == ["refs/heads/main": commit]
        }
        #expect(worker.isRunning)
    }

    @Test("the key of a machine is made once, for its user alone")
    func ownKey() async throws {
        let bench = try await ServerBench(workers: 0)
        let path = bench.remote.fixture.folder + "/data/encryption.key"
        func mode() throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        }
        let key = try String(contentsOfFile: path, encoding: .utf8)
        #expect(try mode() == 0o600)
        try await bench.killAndRestart()
        #expect(try String(contentsOfFile: path, encoding: .utf8) == key)

        bench.process.signal(SIGKILL)
        bench.process.finish()
        chmod(path, 0o644)
        let refused = try bench.gitdex("serve", "--local", "--port", "0", "--workers", "0")
        #expect(refused.status == 1)
        #expect(refused.errors.contains("chmod 600"), "\(refused.errors)")
        #expect(!refused.errors.contains(key.trimmingCharacters(in: .newlines)))
        #expect(try String(contentsOfFile: path, encoding: .utf8) == key)
    }
}
