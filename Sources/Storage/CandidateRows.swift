/// Candidates for an answer, each kind with the best first.
public struct CandidateRows: Sendable {
    /// Chunks whose words fit.
    public var lexical: [RetrievedChunk] = []
    /// Chunks whose vectors are near.
    public var semantic: [RetrievedChunk] = []
    /// Definitions whose names fit.
    public var symbols: [RetrievedSymbol] = []
    /// Chunks of files whose paths fit.
    public var paths: [RetrievedChunk] = []
}
