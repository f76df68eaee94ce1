import GitdexTesting
import InMemoryTracing
import Testing
import Tracing

@testable import API

/// What a tracing backend gets to see of requests.
@Suite("Requests have spans")
struct SpanTests {
    @Test("a request continues the client's trace, and its span says nothing of the query")
    func continued() async throws {
        let tracer = TestTracer.shared
        let bench = try await APIBench.start()
        try await bench.call(
            "GET", "/v1/workspaces/local/jobs?kind=nobody",
            headers: [
                InMemoryTracer.traceIDKey: "the client's", InMemoryTracer.spanIDKey: "its span",
            ])
        let span = try #require(tracer.finishedSpans.first { $0.traceID == "the client's" })
        #expect(span.operationName == "GET /v1/workspaces/{w}/jobs")
        #expect(span.kind == .server)
        #expect(span.parentSpanID == "its span")
        let status = span.attributes["http.response.status_code"]?.toSpanAttribute()
        #expect(status == .int64(200))
        #expect(!"\(span)".contains("nobody"))
    }

    @Test("a refused request's span has its status")
    func refused() async throws {
        let tracer = TestTracer.shared
        let bench = try await APIBench.start()
        try await bench.call(
            "GET", "/v1/workspaces/local/jobs?unknown=1",
            headers: [InMemoryTracer.traceIDKey: "refused", InMemoryTracer.spanIDKey: "s"])
        let span = try #require(tracer.finishedSpans.first { $0.traceID == "refused" })
        let status = span.attributes["http.response.status_code"]?.toSpanAttribute()
        #expect(status == .int64(400))
    }
}
