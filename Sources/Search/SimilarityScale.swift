/// Turns similarities into shares: 1 for the best candidate, 0 from where all are about alike.
struct SimilarityScale {
    private let floor: Double
    private let best: Double

    /// The rank from which similarities are taken for noise.
    private static let floorRank = 100

    init(_ evidence: Evidence) {
        let all = evidence.files.flatMap { $0.chunks.compactMap(\.similarity) }.sorted(by: >)
        best = all.first ?? 0
        floor = all.isEmpty ? 0 : all[min(all.count - 1, Self.floorRank)]
    }

    func share(_ similarity: Double?) -> Double {
        guard let similarity, best > floor else { return 0 }
        return max(0, (similarity - floor) / (best - floor))
    }
}
