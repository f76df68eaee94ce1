import Foundation
import GitdexTesting
import Testing

/// From a push to an answer.
@Suite("A push is searched a moment later", .serialized)
struct PushTests {
    @Test("connect, index, push, search, delete")
    func push() async throws {
        let bench = try await ServerBench()
        try bench.remote.fixture.write("first.py", "def the_first_function():\n    return 1\n")
        let first = try bench.remote.fixture.commit()
        let connected = try await bench.connect()
        #expect(connected["webhook"]["secret"].string?.isEmpty == false)
        #expect(try await bench.settle().isEmpty)
        #expect(try bench.indexedCommits() == ["refs/heads/main": first])

        try bench.remote.fixture.write("second.py", "def the_second_function():\n    return 2\n")
        let second = try bench.remote.fixture.commit()
        // The repository's own secret counts as the server's does.
        let secret = try #require(connected["webhook"]["secret"].string)
        let answer = try await bench.deliver(
            bench.push("refs/heads/main", before: first, after: second), guid: "one",
            secret: secret)
        #expect(answer.status == 202, "\(answer.text)")
        #expect(try await bench.settle().isEmpty)
        let found = try await bench.json("/search?q=the_second_function")
        #expect(found["results"][0]["path"].string == "second.py")
        #expect(found["results"][0]["commit"].string == second)
        #expect(found["freshness"][0]["behind"].int == 0)
        let file = try await bench.json("/repositories/\(bench.repository)/files/second.py")
        #expect(file["content"].string?.contains("the_second_function") == true)

        let again = try await bench.deliver(
            bench.push("refs/heads/main", before: first, after: second), guid: "one")
        #expect(again.status == 200)
        let forged = try await bench.deliver(
            bench.push("refs/heads/main", before: first, after: second), secret: "another")
        #expect(forged.status == 401)
        #expect(try bench.column("SELECT count(*)::text FROM deliveries") == ["1"])
    }

    @Test("a pull request's head is followed while it is open, and no late word revives it")
    func pullRequest() async throws {
        let bench = try await ServerBench()
        try bench.remote.fixture.write("a.txt", "a\n")
        let base = try bench.remote.fixture.commit()
        try await bench.connect()
        #expect(try await bench.settle().isEmpty)
        try bench.remote.git("update-ref", "refs/pull/7/head", base)
        func event(_ action: String, _ state: String, _ time: String) -> String {
            """
            {"action": "\(action)", "number": 7,
             "pull_request": {"number": 7, "state": "\(state)",
                 "updated_at": "2026-01-01T00:00:\(time)Z", "head": {"sha": "\(base)"}},
             "repository": {"id": 4711, "clone_url": "\(bench.remote.url)"}}
            """
        }
        try await bench.deliver(event("opened", "open", "01"), event: "pull_request")
        #expect(try await bench.settle().isEmpty)
        #expect(try bench.indexedCommits()["refs/pull/7/head"] == base)
        try await bench.deliver(event("closed", "closed", "09"), event: "pull_request")
        #expect(try await bench.settle().isEmpty)
        #expect(try bench.indexedCommits()["refs/pull/7/head"] == nil)
        try await bench.deliver(event("synchronize", "open", "05"), event: "pull_request")
        #expect(try await bench.settle().isEmpty)
        #expect(try bench.indexedCommits()["refs/pull/7/head"] == nil)
    }

    @Test("a graceful stop ends within ten seconds, with status 0")
    func stop() async throws {
        let bench = try await ServerBench()
        try bench.remote.fixture.writeManyFunctions(400)
        try bench.remote.fixture.commit()
        try await bench.connect()
        let clock = ContinuousClock()
        let start = clock.now
        bench.process.signal(SIGTERM)
        let outcome = bench.process.finish()
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(clock.now - start < .seconds(15))
        // What was not finished is there for the next one.
        try await bench.killAndRestart()
        #expect(try await bench.settle().isEmpty)
        #expect(try bench.indexedCommits() == bench.remoteCommits())
    }
}

extension GitFixture {
    /// Writes files that each hold one function of its own.
    func writeManyFunctions(_ count: Int) throws {
        for number in 0..<count {
            try write(
                "package\(number / 40)/module\(number).py",
                "def function_\(number)(value):\n    return value + \(number &* 7919)\n")
        }
    }
}
