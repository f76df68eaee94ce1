import Lexing
import Storage

/// Puts candidates in order: files by all that speaks for them, each shown by its best chunk.
struct Ranker {
    /// A chunk in its place.
    struct Ranked {
        var file: Int
        var chunk: Int
        var score: Double
    }

    private let evidence: Evidence
    private let weights: RankingWeights
    private let isIdentifierQuery: Bool
    private let termWeights: [Double]
    private let pairWeights: [Double]

    init(_ evidence: Evidence, weights: RankingWeights) {
        self.evidence = evidence
        self.weights = weights
        let profile = evidence.profile
        isIdentifierQuery = profile.isIdentifierQuery
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

    /// The candidates, best first.
    func ranking() -> [Ranked] {
        let lexical = evidence.files.map { file in file.chunks.map { wordScore($0, in: file) } }
        let together = evidence.files.map(fileWordScore)
        let bestLexical = max(lexical.joined().max() ?? 0, .leastNonzeroMagnitude)
        let bestTogether = max(together.max() ?? 0, .leastNonzeroMagnitude)
        let semantic = SimilarityScale(evidence)
        var ranked: [Ranked] = []
        for (number, file) in evidence.files.enumerated() {
            let scores = file.chunks.enumerated().map { index, chunk in
                let score =
                    weights.lexical * lexical[number][index] / bestLexical
                    + semanticWeight * semantic.share(chunk.similarity) + nameScore(chunk)
                return chunk.chunk.kind == "block" ? weights.block * score : score
            }
            let order = scores.indices.sorted {
                (-scores[$0], file.chunks[$0].chunk.ordinal)
                    < (-scores[$1], file.chunks[$1].chunk.ordinal)
            }
            let score = fileScore(
                file, chunkScores: order.map { scores[$0] },
                words: together[number] / bestTogether)
            append(&ranked, file: number, score: score, order: order, scores: scores)
        }
        return sorted(ranked)
    }

    private var semanticWeight: Double {
        isIdentifierQuery ? weights.semanticOfIdentifier : weights.semantic
    }

    // MARK: Words

    func wordScore(_ chunk: Evidence.Chunk, in file: Evidence.File) -> Double {
        var frequencies = zip(chunk.counts, chunk.nearCounts).map { count, near in
            Double(count) + weights.near * Double(near)
        }
        add(chunk.symbolMatches, weights.symbolField, to: &frequencies)
        add(file.stemMatches, weights.stemField, to: &frequencies)
        add(file.folderMatches, weights.folderField, to: &frequencies)
        let length = Double(chunk.length) / RankingWeights.usualLength
        var sum = score(frequencies, length: length)
        if weights.pair > 0 {
            for (count, weight) in zip(chunk.pairCounts, pairWeights) where count > 0 {
                sum += weight * saturated(Double(count), length: length)
            }
        }
        return sum
    }

    /// The score of all candidates of a file as one text.
    func fileWordScore(_ file: Evidence.File) -> Double {
        var frequencies = [Double](repeating: 0, count: termWeights.count)
        for chunk in file.chunks {
            for index in frequencies.indices {
                frequencies[index] +=
                    Double(chunk.counts[index]) + weights.near * Double(chunk.nearCounts[index])
            }
        }
        add(file.stemMatches, weights.stemField, to: &frequencies)
        add(file.folderMatches, weights.folderField, to: &frequencies)
        return score(frequencies, length: 1)
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

    /// The share of the query's simple words, by what they tell, that a file's candidates have.
    func coverage(_ file: Evidence.File) -> Double {
        var (found, all) = (0.0, 0.0)
        for (index, term) in evidence.profile.terms.enumerated() where term.isSimple {
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

    // MARK: Names

    private func nameScore(_ chunk: Evidence.Chunk) -> Double {
        chunk.definitions.map(nameScore).max() ?? 0
    }

    private func nameScore(_ definition: Evidence.Definition) -> Double {
        let overlap = definition.overlap
        var score = weights.definition * overlap.precision * overlap.recall.squareRoot()
        switch definition.exactness {
        case .none: break
        case .loose: score += weights.looseName
        case .exact: score += weights.exactName
        case .qualified: score += 1.5 * weights.exactName
        }
        switch DefinitionKind(definition.kind) {
        case .type: break
        case .function: score *= weights.function
        case .value, .other: score *= weights.value
        }
        return isIdentifierQuery ? score * weights.identifierBoost : score
    }

    // MARK: Files

    private func fileScore(
        _ file: Evidence.File, chunkScores: [Double], words: Double
    ) -> Double {
        var score = chunkScores.first ?? 0
        var share = weights.further
        for further in chunkScores.dropFirst().prefix(6) {
            score += share * further
            share /= 2
        }
        score += weights.fileLexical * words
        if weights.coverage > 0 {
            let coverage = coverage(file)
            score += weights.coverage * coverage * coverage
        }
        score += weights.stem * file.stem.precision * file.stem.recall.squareRoot()
        score += weights.folder * file.folders.recall
        if file.stem.isWhole { score += weights.wholeStem }
        return score * prior(file.traits)
    }

    private func prior(_ traits: PathTraits) -> Double {
        let counted = traits.subtracting(evidence.profile.traits)
        var prior = 1.0
        for (trait, factor) in [
            (PathTraits.test, weights.test), (.example, weights.example),
            (.documentation, weights.documentation), (.benchmark, weights.benchmark),
            (.vendored, weights.vendored), (.generated, weights.generated),
            (.data, weights.data), (.prose, weights.prose), (.entry, weights.entry),
            (.legacy, weights.legacy),
        ] where counted.contains(trait) {
            prior *= factor
        }
        return prior
    }

    private func append(
        _ ranked: inout [Ranked], file: Int, score: Double, order: [Int], scores: [Double]
    ) {
        var factor = 1.0
        let best = max(order.first.map { scores[$0] } ?? 0, .leastNonzeroMagnitude)
        for index in order {
            ranked.append(
                Ranked(file: file, chunk: index, score: score * factor * scores[index] / best))
            factor *= weights.repeated
        }
    }

    private func sorted(_ ranked: [Ranked]) -> [Ranked] {
        ranked.filter { $0.score > 0 }.sorted { left, right in
            if left.score != right.score { return left.score > right.score }
            let (one, other) = (chunk(left), chunk(right))
            if one.path != other.path { return one.path < other.path }
            return (one.ref, one.ordinal) < (other.ref, other.ordinal)
        }
    }

    private func chunk(_ ranked: Ranked) -> RetrievedChunk {
        evidence.files[ranked.file].chunks[ranked.chunk].chunk
    }
}
