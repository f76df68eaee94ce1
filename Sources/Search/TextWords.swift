import Storage

/// How often the words of a query stand in a text, and whether its conditions hold.
struct TextWords {
    var counts: [UInt16]
    var nearCounts: [UInt16]
    var pairCounts: [UInt16]
    var holdsExcluded = false
    var holdsPhrases = true

    init(_ tokens: [UInt8], profile: QueryProfile, matcher: TermMatcher) {
        var counts = [UInt16](repeating: 0, count: profile.terms.count)
        var nearCounts = counts
        var termPlaces: [(offset: Int, count: Int)] = Array(
            repeating: (0, 0), count: profile.terms.count)
        var pairCounts: [UInt16] = []
        var isExcluded = false
        var placesOf: [[UInt8]: [Int]] = [:]
        let phraseWords = Set(profile.phrases.lazy.flatMap(\.words).map(\.lexeme))
        tokens.withUnsafeBytes { bytes in
            matcher.withLookup { lookup in
                TokenVector.forEachWord(in: bytes) { start, length, count, offset in
                    let word = bytes.baseAddress.map { $0 + start }
                    guard let match = lookup.match(word, count: length) else { return }
                    let amount = UInt16(clamping: count)
                    if match.isExact {
                        counts[match.term] &+= amount
                        termPlaces[match.term] = (offset, count)
                    } else {
                        nearCounts[match.term] &+= amount
                    }
                }
            }
            if !phraseWords.isEmpty || !profile.excluded.isEmpty {
                TokenVector.forEachWord(in: bytes) { start, length, count, offset in
                    let lexeme = Array(bytes[start..<start + length])
                    if profile.excluded.contains(lexeme) { isExcluded = true }
                    if phraseWords.contains(lexeme) {
                        placesOf[lexeme] = (0..<count).map {
                            TokenVector.place($0, from: offset, in: bytes)
                        }
                    }
                }
            }
            pairCounts = profile.pairs.map { first, second in
                Self.together(termPlaces[first], termPlaces[second], in: bytes)
            }
        }
        self.counts = counts
        self.pairCounts = pairCounts
        self.nearCounts = nearCounts
        holdsExcluded = isExcluded
        holdsPhrases = profile.phrases.allSatisfy { Self.holds($0.words, placesOf) }
    }

    /// How often one word stands next to another, or with one word between.
    private static func together(
        _ first: (offset: Int, count: Int), _ second: (offset: Int, count: Int),
        in bytes: UnsafeRawBufferPointer
    ) -> UInt16 {
        var (one, other, found) = (0, 0, UInt16(0))
        while one < first.count, other < second.count {
            let left = TokenVector.place(one, from: first.offset, in: bytes)
            let right = TokenVector.place(other, from: second.offset, in: bytes)
            if abs(left - right) <= 2 { found &+= 1 }
            if left < right { one += 1 } else { other += 1 }
        }
        return found
    }

    /// Whether the words stand one after another somewhere.
    private static func holds(
        _ phrase: [RetrievalPhrase.Word], _ placesOf: [[UInt8]: [Int]]
    ) -> Bool {
        guard let first = phrase.first else { return true }
        let sets = phrase.map { Set(placesOf[$0.lexeme] ?? []) }
        return (placesOf[first.lexeme] ?? []).contains { place in
            zip(phrase, sets).allSatisfy { $1.contains(place - first.offset + $0.offset) }
        }
    }
}
