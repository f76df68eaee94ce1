import Storage

/// All that is known of the candidates for one query; ranking weighs it and reads nothing more.
struct Evidence {
    /// One definition whose name may be what is looked for.
    struct Definition {
        var name: String
        var qualifiedName: String
        var kind: String
        /// Where it begins; nil where only its chunk is known.
        var startLine: Int?
        var overlap: NameOverlap
        /// How far it is one of the names in the query.
        var exactness: Exactness
        /// Whether another file is known to hold what this one only declares.
        var isDefinedElsewhere = false

        /// Whether it has no body.
        var isDeclaration: Bool { kind == "prototype" }
    }

    /// How far a definition's name is a name of the query.
    enum Exactness: Int, Comparable {
        case none
        /// But for capitals and low lines.
        case loose
        /// Letter by letter.
        case exact
        /// With what encloses it.
        case qualified

        static func < (left: Exactness, right: Exactness) -> Bool {
            left.rawValue < right.rawValue
        }
    }

    /// One chunk.
    struct Chunk {
        var chunk: RetrievedChunk
        /// How often each word of the query stands in the text.
        var counts: [UInt16]
        /// How often words stand there that are near to each word of the query.
        var nearCounts: [UInt16]
        /// How often the words of each pair of the query stand together.
        var pairCounts: [UInt16]
        /// How many words the text has.
        var length: Int
        /// How near its vector is to the query's.
        var similarity: Double?
        /// Which words of the query are in its symbol's name.
        var symbolMatches: [TermMatcher.Match]
        /// Definitions in it.
        var definitions: [Definition]
        /// Its ranks in the lists of the retrievers.
        var signals: [String: Int]
    }

    /// One file of a ref.
    struct File {
        var stem: NameOverlap
        var folders: NameOverlap
        var stemMatches: [TermMatcher.Match]
        var folderMatches: [TermMatcher.Match]
        var traits: PathTraits
        var chunks: [Chunk]
    }

    var profile: QueryProfile
    var files: [File] = []

    /// The largest share of the query's simple words, by what they tell, that one chunk has.
    var bestCoverage: Double {
        let simple = profile.terms.indices.filter { profile.terms[$0].isSimple }
        let all = simple.reduce(0) { $0 + profile.terms[$1].rarity }
        guard all > 0 else { return 0 }
        return files.lazy.flatMap(\.chunks).reduce(0) { best, chunk in
            let found = simple.reduce(0) { sum, index in
                chunk.counts[index] > 0 ? sum + profile.terms[index].rarity : sum
            }
            return max(best, found / all)
        }
    }
}
