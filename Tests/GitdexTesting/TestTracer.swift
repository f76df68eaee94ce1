package import InMemoryTracing
internal import Tracing

/// The tracing backend of a test process, which can have one only.
package enum TestTracer {
    /// Remembers every span that ended.
    package static let shared: InMemoryTracer = {
        let tracer = InMemoryTracer()
        InstrumentationSystem.bootstrap(tracer)
        return tracer
    }()
}
