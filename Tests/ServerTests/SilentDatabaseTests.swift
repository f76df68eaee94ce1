import GitdexTesting
import Testing

/// The database is there, and says nothing.
@Suite("A database that does not answer", .timeLimit(.minutes(3)))
struct SilentDatabaseTests {
    /// What GitHub waits for an answer.
    private static let patience = Duration.seconds(10)

    @Test("a delivery is refused in time, nothing of it is kept, and no secret is told")
    func silent() async throws {
        let bench = try await ServerBench(workers: 0, isRelayed: true)
        try bench.remote.fixture.write("a.py", "def a():\n    return 1\n")
        let commit = try bench.remote.fixture.commit()
        try await bench.connect()
        let payload = bench.push("refs/heads/main", before: nil, after: commit)
        #expect(try await bench.deliver(payload, guid: "before").status == 202)

        bench.relays[0].hold()
        let start = ContinuousClock.now
        let refused = try await bench.deliver(payload, guid: "silent")
        let duration = ContinuousClock.now - start
        bench.relays[0].release()
        #expect(refused.status == 503, "\(refused.text)")
        #expect(duration < Self.patience)
        #expect(
            try bench.column("SELECT count(*)::text FROM deliveries WHERE guid = 'silent'")
                == ["0"])

        // Sent again, it is a new one.
        try await bench.wait(.seconds(60), "deliveries are refused for ever") {
            try await bench.deliver(payload, guid: "silent").status != 503
        }
        #expect(
            try bench.column("SELECT count(*)::text FROM deliveries WHERE guid = 'silent'")
                == ["1"])
        let log = bench.process.errorsSoFar
        #expect(log.contains("a delivery could not be kept"))
        #expect(log.contains("delivery=silent"))
        for secret in [ServerBench.secret, bench.remote.token, "sha256=", commit, "clone_url"] {
            #expect(!log.contains(secret), "\(secret)")
        }
    }
}
