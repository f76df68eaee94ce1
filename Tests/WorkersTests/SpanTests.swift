import Git
import GitdexTesting
import InMemoryTracing
import Storage
import Testing
import Tracing
import Workers

/// What a tracing backend gets to see.
@Suite("Jobs, fetches and embeddings have spans", .timeLimit(.minutes(5)))
struct SpanTests {
    @Test("a push's job is above its fetch and its texts, on whatever thread they are embedded")
    func push() async throws {
        let tracer = TestTracer.shared
        let bench = try WorkerBench()
        let remote = try GitFixture()
        try remote.write("a.py", "def a():\n    return 1\n")
        try remote.commit()
        let repository = try bench.connect(remote)
        let number = try bench.enqueue([bench.push("refs/heads/main", of: repository)])[0]
        try await bench.workUntilDone([bench.configuration(slots: 1)])
        // Other tests of the process have jobs of the same number, in databases of their own.
        let families = Dictionary(grouping: tracer.finishedSpans, by: \.traceID)
        let found = families.values.contains { spans in
            guard
                let job = spans.first(where: { $0.operationName == "job ref" }),
                job.attributes["gitdex.job.id"]?.toSpanAttribute()
                    == SpanAttribute.int64(Int64(number)),
                let fetch = spans.first(where: { $0.operationName == "fetch" }),
                let embed = spans.first(where: { $0.operationName == "embed" })
            else { return false }
            return fetch.parentSpanID == job.spanID && embed.parentSpanID == job.spanID
                && fetch.attributes["gitdex.repository"]?.toSpanAttribute()
                    == .string(repository.name)
        }
        #expect(found)
    }
}
