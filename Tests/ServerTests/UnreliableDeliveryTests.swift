import Foundation
import GitdexTesting
import Postgres
import Testing

/// Deliveries as a bad day brings them.
@Suite("Lost, doubled, late and shuffled deliveries end with every remote head", .serialized)
struct UnreliableDeliveryTests {
    @Test("a thousand deliveries over many refs")
    func thousand() async throws {
        let bench = try await ServerBench(workers: 2)
        var refs = try RandomRefs(bench, refs: 24, commits: 30, seed: 20_261_125)
        try await bench.connect()
        var late: [RandomRefs.Delivery] = []
        var lost = 0
        for _ in 0..<1_000 {
            let delivery = try refs.move()
            switch refs.below(10) {
            case 0: lost += 1
            case 1, 2: late.append(delivery)
            case 3:
                try await post(delivery, to: bench)
                try await post(delivery, to: bench)
            default: try await post(delivery, to: bench)
            }
            if late.count > 6 {
                try await post(late.remove(at: refs.below(late.count)), to: bench)
            }
        }
        #expect(lost > 50)
        for delivery in late { try await post(delivery, to: bench) }
        // What was lost is found by comparing with the remote.
        let asked = try await bench.post("/repositories/\(bench.repository)/index")
        #expect(asked.status == 202, "\(asked.text)")
        let failed = try await bench.settle(limit: .seconds(240))
        #expect(failed.isEmpty, "\(failed)")
        #expect(try bench.indexedCommits() == bench.remoteCommits())
        try expectDigests(bench)
        // Each text was embedded once, however many refs and jobs it was met in.
        let metrics = try await bench.client.send("GET", "/metrics").text
        let embedded = metrics.firstMatch(of: /(?m)^gitdex_embedded_texts_total (\d+)/)
        let texts = try bench.column("SELECT count(*)::text FROM contents").first
        let counted = embedded.map { String($0.1) }
        #expect(counted == texts, "\(counted ?? metrics)")
    }

    private func post(_ delivery: RandomRefs.Delivery, to bench: ServerBench) async throws {
        let answer = try await bench.deliver(delivery.payload, guid: delivery.guid)
        #expect([200, 202].contains(answer.status), "\(answer.status) \(answer.text)")
    }
}

/// Expects that the index of every ref holds what the command makes of the same commit from nothing.
func expectDigests(
    _ bench: ServerBench, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let other = try TestDatabase()
    var environment = ServerBench.environment(folder: bench.remote.fixture.folder)
    environment["DATABASE_URL"] = other.url
    func gitdex(_ arguments: String...) throws -> GitdexOutcome {
        try GitdexProcess(
            arguments, in: bench.remote.fixture.path, environment: environment
        ).finish()
    }
    try #require(gitdex("migrate", "up").status == 0)
    for (name, commit) in try bench.indexedCommits().sorted(by: { $0.key < $1.key }) {
        let outcome = try gitdex("index", "--ref", commit, "--json")
        #expect(outcome.status == 0, "\(outcome.errors)", sourceLocation: sourceLocation)
        let rows = try fileRows(bench.databaseURL, ref: name)
        #expect(!rows.isEmpty, "\(name)", sourceLocation: sourceLocation)
        #expect(
            rows == (try fileRows(other.url, ref: commit)), "\(name)",
            sourceLocation: sourceLocation)
    }
}

/// What the digest is made of, for one ref.
private func fileRows(_ url: String, ref: String) throws -> [String] {
    try Connection(url).query(
        """
        SELECT encode(f.path, 'escape') || ' ' || encode(f.blob_oid, 'hex') || ' '
            || coalesce(encode(c.content_hash, 'hex'), '') || ' '
            || coalesce(c.start_line, 0) || ' ' || coalesce(c.end_line, 0)
        FROM refs r JOIN ref_files f ON f.workspace_id = r.workspace_id AND f.ref_id = r.id
            LEFT JOIN chunks c ON c.workspace_id = f.workspace_id AND c.blob_oid = f.blob_oid
                AND c.language = f.language AND c.analysis_version = f.analysis_version
                AND f.skipped_reason IS NULL
        WHERE r.name = \(ref) ORDER BY f.path, c.start_line
        """
    ).map { try $0.string(0) }
}
