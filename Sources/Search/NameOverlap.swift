/// How far the words of a name and those of a query are the same.
struct NameOverlap {
    /// The share of the name's words that are in the query.
    var precision = 0.0
    /// The share of the query's words, by what they tell, that are in the name.
    var recall = 0.0
    /// Whether all of the name, run together, is all of the query.
    var isWhole = false

    /// Both shares together: a name of few words that says much of what is asked.
    var fit: Double { precision * recall.squareRoot() }

    init() {}

    /// How much a word that only begins alike counts.
    static let nearShare = 0.6

    init(_ words: NameWords, profile: QueryProfile, matcher: TermMatcher) {
        guard !words.parts.isEmpty, !profile.terms.isEmpty else { return }
        var hit = [Double](repeating: 0, count: profile.terms.count)
        var matched = 0.0
        for part in words.parts {
            guard let match = matcher.match(part) else { continue }
            let share = match.isExact ? 1 : Self.nearShare
            matched += share
            hit[match.term] = max(hit[match.term], share)
        }
        // `web socket` names `websocket`, and the other way round.
        if matched == 0, let match = matcher.match(words.joined), match.isExact {
            matched = Double(words.parts.count)
            hit[match.term] = 1
        }
        precision = min(1, matched / Double(words.parts.count))
        var (found, all) = (0.0, 0.0)
        for (term, share) in zip(profile.terms, hit) where term.isSimple || share > 0 {
            all += term.rarity
            found += share * term.rarity
        }
        recall = all > 0 ? min(1, found / all) : 0
        isWhole = !profile.joined.isEmpty && words.joined == profile.joined
    }
}
