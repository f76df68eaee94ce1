import Git
import Storage

/// Puts candidates in order: files by all that speaks for them, each shown by its best chunk.
struct Ranker {
    /// A chunk in its place.
    struct Ranked {
        var file: Int
        var chunk: Int
        var score: Double
    }

    /// What the words and vectors of a file's chunks are worth, each as a share of the best.
    private struct Shares {
        var lexical: [Double]
        var together: Double
        var semantic: [Double]
    }

    private let evidence: Evidence
    private let weights: RankingWeights
    private let words: WordScorer
    /// What is left of the weight of vectors for this query.
    private let semanticShare: Double

    init(_ evidence: Evidence, weights: RankingWeights) {
        self.evidence = evidence
        self.weights = weights
        words = WordScorer(evidence.profile, weights: weights)
        semanticShare = evidence.profile.isIdentifierQuery ? weights.semanticOfNames : 1
    }

    /// The candidates, best first.
    func ranking() -> [Ranked] {
        var ranked: [Ranked] = []
        for (number, (file, shares)) in zip(evidence.files, allShares()).enumerated() {
            let scores = file.chunks.indices.map { index in
                weights.lexical * shares.lexical[index] + weights.semantic * shares.semantic[index]
                    + file.chunks[index].definitions.reduce(0) { max($0, nameScore($1)) }
            }
            let order = scores.indices.sorted {
                (-scores[$0], file.chunks[$0].chunk.ordinal)
                    < (-scores[$1], file.chunks[$1].chunk.ordinal)
            }
            append(
                &ranked, file: number, score: fileScore(file, shares), order: order, scores: scores)
        }
        return sorted(ranked)
    }

    private func allShares() -> [Shares] {
        let lexical = evidence.files.map { file in file.chunks.map { words.score($0, in: file) } }
        let together = evidence.files.map { words.score($0) }
        let bestLexical = max(lexical.joined().max() ?? 0, .leastNormalMagnitude)
        let bestTogether = max(together.max() ?? 0, .leastNormalMagnitude)
        let scale = SimilarityScale(evidence)
        return evidence.files.enumerated().map { number, file in
            Shares(
                lexical: lexical[number].map { $0 / bestLexical },
                together: together[number] / bestTogether,
                semantic: file.chunks.map { semanticShare * scale.share($0.similarity) })
        }
    }

    // MARK: Names

    private func nameScore(_ definition: Evidence.Definition) -> Double {
        let kind = DefinitionKind(definition.kind)
        let fit = definition.overlap.fit
        let isExact = definition.exactness >= .exact && !definition.isDefinedElsewhere
        switch kind {
        case .type: return weights.typeName * fit + (isExact ? weights.exactType : 0)
        case .function: return weights.functionName * fit + (isExact ? weights.exactOther : 0)
        case .value, .other: return weights.valueName * fit + (isExact ? weights.exactOther : 0)
        }
    }

    /// What the names of all definitions are worth, of each kind the best.
    private func nameScore(_ file: Evidence.File) -> Double {
        var (type, function, value) = (0.0, 0.0, 0.0)
        var (isExactType, isExactOther) = (false, false)
        for definition in file.chunks.lazy.flatMap(\.definitions) {
            // What is defined elsewhere answers there.
            if definition.isDefinedElsewhere { continue }
            let isExact = definition.exactness >= .exact
            switch DefinitionKind(definition.kind) {
            case .type:
                type = max(type, definition.overlap.fit)
                isExactType = isExactType || isExact
            case .function:
                function = max(function, definition.overlap.fit)
                isExactOther = isExactOther || isExact
            case .value, .other:
                value = max(value, definition.overlap.fit)
                isExactOther = isExactOther || isExact
            }
        }
        return weights.typeName * type + weights.functionName * function
            + weights.valueName * value + (isExactType ? weights.exactType : 0)
            + (isExactOther ? weights.exactOther : 0)
    }

    // MARK: Files

    private func fileScore(_ file: Evidence.File, _ shares: Shares) -> Double {
        let lexical = shares.lexical.sorted(by: >)
        let semantic = shares.semantic.sorted(by: >)
        let coverage = words.coverage(file)
        var score =
            weights.lexical * (lexical.first ?? 0)
            + weights.lexicalFurther * lexical.dropFirst().prefix(2).reduce(0, +)
            + weights.lexicalTogether * shares.together + weights.coverage * coverage * coverage
            + weights.semantic * (semantic.first ?? 0)
            + weights.semanticFurther * semantic.dropFirst().prefix(2).reduce(0, +)
            + weights.chunkCount * Double(file.chunks.count).log
        score +=
            nameScore(file) + weights.stem * file.stem.fit
            + weights.stemPrecision * file.stem.precision
            + weights.folder * file.folders.precision
        if file.stem.isWhole { score += weights.stemWhole }
        if onlyDeclares(file) { score += weights.declaration }
        return score + pathScore(file.traits)
    }

    private func onlyDeclares(_ file: Evidence.File) -> Bool {
        let exact = file.chunks.lazy.flatMap(\.definitions).filter { $0.exactness >= .exact }
        return exact.contains(where: \.isDefinedElsewhere)
            && exact.allSatisfy(\.isDefinedElsewhere)
    }

    private func pathScore(_ traits: PathTraits) -> Double {
        let counted = traits.subtracting(evidence.profile.traits)
        var score = 0.0
        for (trait, weight) in [
            (PathTraits.test, weights.test), (.example, weights.example),
            (.documentation, weights.documentation), (.benchmark, weights.benchmark),
            (.vendored, weights.vendored), (.generated, weights.generated),
            (.data, weights.data), (.prose, weights.prose), (.entry, weights.entry),
            (.legacy, weights.legacy),
        ] where counted.contains(trait) {
            score += weight
        }
        return score
    }

    // MARK: Order

    private func append(
        _ ranked: inout [Ranked], file: Int, score: Double, order: [Int], scores: [Double]
    ) {
        var factor = 1.0
        let best = max(order.first.map { scores[$0] } ?? 0, .leastNormalMagnitude)
        for index in order {
            let share = score > 0 ? factor * scores[index] / best : 1 / factor
            ranked.append(Ranked(file: file, chunk: index, score: score * share))
            factor *= weights.repeated
        }
    }

    private func sorted(_ ranked: [Ranked]) -> [Ranked] {
        ranked.sorted { left, right in
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
