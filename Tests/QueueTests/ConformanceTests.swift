import Testing

/// What docs/queue.md promises, one group of promises in each extension.
@Suite("The queue keeps its promises", .timeLimit(.minutes(2)))
struct ConformanceTests {}
