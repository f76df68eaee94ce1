import Foundation
import GitdexTesting
import Testing

/// What a scraper reads, against what the documents say about it.
@Suite("Metrics are what the documents say", .timeLimit(.minutes(3)))
struct MetricsTests {
    private static func document(_ name: String) throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return try String(
            contentsOf: root.appendingPathComponent("docs/" + name), encoding: .utf8)
    }

    /// The metrics that a text names, without what a histogram's series add to the name.
    private static func names(in text: Substring) -> Set<String> {
        let found = text.matches(of: /\b(gitdex|process|telemetry)_[a-z_]*[a-z]\b/).map { match in
            ["_bucket", "_count", "_sum"].reduce(String(match.0)) { name, suffix in
                name.hasSuffix(suffix) ? String(name.dropLast(suffix.count)) : name
            }
        }
        return Set(found)
    }

    private static func names(_ text: String, after mark: String) -> Set<String> {
        Set(
            text.split(separator: "\n").filter { $0.hasPrefix(mark) }
                .map { String($0.dropFirst(mark.count).prefix { $0 != " " }) })
    }

    private func section(_ text: String) throws -> Substring {
        let start = try #require(text.range(of: "| metric | type |"))
        let end = try #require(text.range(of: "### Dashboard"))
        return text[start.lowerBound..<end.lowerBound]
    }

    @Test("documents, rules and dashboard name only what there is, and name all of it")
    func documented() async throws {
        let bench = try await ServerBench()
        try bench.remote.fixture.write("a.py", "def a():\n    return 1\n")
        let commit = try bench.remote.fixture.commit()
        try await bench.connect()
        #expect(try await bench.settle().isEmpty)
        try await bench.deliver(bench.push("refs/heads/main", before: nil, after: commit))
        _ = try await bench.json("/search?q=answer")
        #expect(try await bench.settle().isEmpty)
        let text = try await bench.client.send("GET", "/metrics").text
        let described = Self.names(text, after: "# HELP ")
        let recorded = Self.names(text, after: "# TYPE ")
        #expect(recorded.subtracting(described).isEmpty, "without help")
        let manual = Self.names(in: try section(try Self.document("operations.md")))
        let dashboard = Self.names(in: try Self.document("grafana-dashboard.json")[...])
        // `gitdex_queue_*` stands for several.
        let unknown = manual.union(dashboard).subtracting(described).filter { name in
            !described.contains { $0.hasPrefix(name + "_") }
        }
        #expect(unknown.isEmpty)
        #expect(described.subtracting(manual).isEmpty, "not in the manual")
        for line in [
            #"gitdex_pool_connections{pool="requests",state="in_use"} "#,
            #"gitdex_pool_waiting{pool="requests"} 0"#,
            #"gitdex_pool_wait_seconds_count{pool="requests"} "#,
        ] { #expect(text.contains(line), "\(line)") }
    }

    @Test("a worker serves its own, to this machine, and logs numbers as numbers")
    func worker() async throws {
        let bench = try await ServerBench(workers: 0)
        let worker = try bench.startWorker(
            options: ["--metrics-port", "0", "--log-format", "json"])
        var port: Int?
        try await bench.wait(.seconds(60), "the worker does not listen") {
            port = worker.errorsSoFar.firstMatch(of: /http:\/\/127\.0\.0\.1:(\d+)\/metrics/)
                .flatMap { Int($0.1) }
            return port != nil
        }
        let client = HTTPClient(port: try #require(port))
        try bench.remote.fixture.write("a.py", "def a():\n    return 1\n")
        try bench.remote.fixture.commit()
        try await bench.connect()
        #expect(try await bench.settle().isEmpty)
        let answer = try await client.send("GET", "/metrics")
        #expect(answer.status == 200)
        #expect(answer.headers["content-type"]?.hasPrefix("text/plain; version=0.0.4") == true)
        #expect(
            answer.text.contains(#"gitdex_jobs_total{kind="ref",outcome="done"} 1"#),
            "\(answer.text)")
        #expect(try await client.send("GET", "/healthz").status == 200)
        #expect(try await client.send("GET", "/v1/workspaces").status == 404)

        let lines = try worker.errorsSoFar.split(separator: "\n")
            .map { try JSONValue(parsing: String($0)) }
        let started = try #require(lines.first { $0["message"].string == "worker started" })
        #expect(started["fields"]["slots"].int == 1)
        let done = try #require(lines.first { $0["message"].string == "job done" })
        #expect(done["fields"]["job"].int != nil)
        #expect(done["fields"]["duration_ms"].int != nil)
    }
}
