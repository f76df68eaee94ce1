import Lexing

/// Scores texts by the words of a query: BM25, with the names above a text as parts of it.
struct WordScorer {
    private let profile: QueryProfile
    private let weights: RankingWeights
    private let termWeights: [Double]
    private let pairWeights: [Double]

    init(_ profile: QueryProfile, weights: RankingWeights) {
        self.profile = profile
        self.weights = weights
        termWeights = profile.terms.map { term in
            let share =
                switch term.kind {
                case .whole: weights.whole
                case .word: 1.0
                case .part: weights.part
                case .compound: weights.compound
                }
            return share * term.rarity
        }
        pairWeights = profile.pairs.map { first, second in
            weights.pair * min(profile.terms[first].rarity, profile.terms[second].rarity)
        }
    }

    /// The score of a chunk, with the names of its definition, its file and the folders above.
    func score(_ chunk: Evidence.Chunk, in file: Evidence.File) -> Double {
        var frequencies = zip(chunk.counts, chunk.nearCounts).map { count, near in
            Double(count) + weights.near * Double(near)
        }
        add(chunk.symbolMatches, weights.symbolField, to: &frequencies)
        addNames(of: file, to: &frequencies)
        let length = Double(chunk.length) / RankingWeights.usualLength
        var sum = score(frequencies, length: length)
        for (count, weight) in zip(chunk.pairCounts, pairWeights) where count > 0 {
            sum += weight * saturated(Double(count), length: length)
        }
        return sum
    }

    /// The score of all candidates of a file as one text.
    func score(_ file: Evidence.File) -> Double {
        var frequencies = [Double](repeating: 0, count: termWeights.count)
        for chunk in file.chunks {
            for index in frequencies.indices {
                frequencies[index] +=
                    Double(chunk.counts[index]) + weights.near * Double(chunk.nearCounts[index])
            }
        }
        addNames(of: file, to: &frequencies)
        return score(frequencies, length: 1)
    }

    /// The share of the query's simple words, by what they tell, that a file's candidates have.
    func coverage(_ file: Evidence.File) -> Double {
        var (found, all) = (0.0, 0.0)
        for (index, term) in profile.terms.enumerated() where term.isSimple {
            all += term.rarity
            let isThere =
                file.chunks.contains { $0.counts[index] > 0 }
                || file.stemMatches.contains { $0.term == index && $0.isExact }
            if isThere {
                found += term.rarity
            } else if file.chunks.contains(where: { $0.nearCounts[index] > 0 }) {
                found += term.rarity * NameOverlap.nearShare
            }
        }
        return all > 0 ? found / all : 0
    }

    private func addNames(of file: Evidence.File, to frequencies: inout [Double]) {
        add(file.stemMatches, weights.stemField, to: &frequencies)
        add(file.folderMatches, weights.folderField, to: &frequencies)
    }

    private func add(
        _ matches: [TermMatcher.Match], _ amount: Double, to frequencies: inout [Double]
    ) {
        for match in matches {
            frequencies[match.term] += match.isExact ? amount : amount * weights.near
        }
    }

    private func score(_ frequencies: [Double], length: Double) -> Double {
        var sum = 0.0
        for (index, frequency) in frequencies.enumerated() where frequency > 0 {
            sum += termWeights[index] * saturated(frequency, length: length)
        }
        return sum
    }

    private func saturated(_ frequency: Double, length: Double) -> Double {
        let norm = weights.saturation * (1 - weights.lengthShare + weights.lengthShare * length)
        return frequency * (weights.saturation + 1) / (frequency + norm)
    }
}
