/// How much each piece of evidence counts.
///
/// The weights of files are those of one linear score, fitted by maximum likelihood of the right
/// files with a quadratic penalty (0.003) over 322 queries of 17 repositories in 11 languages. On the
/// ten repositories of the evaluation set NDCG@10 is 0.87 (0.71 by vectors alone, 0.77 by the words of
/// texts alone), and between 0.86 and 0.87 where each repository is scored by weights that were
/// fitted without it; on the seven of `scripts/queries` 0.95. Coordinate ascent on NDCG itself fitted
/// better (0.88) and held worse (0.84).
struct RankingWeights: Sendable, Equatable {
    // MARK: Words of a chunk (BM25 over the text and the names above it)

    /// How soon repeats of a word stop counting.
    var saturation = 1.2
    /// How far a long text is marked down.
    var lengthShare = 0.6
    /// What a word counts that only begins like one of the query.
    var near = 0.3
    /// What a word in the name of the chunk's definition counts, in repeats of a word in its text.
    var symbolField = 2.0
    /// The same for a word in the file's name.
    var stemField = 2.0
    /// The same for a word in the names of the folders above.
    var folderField = 0.5
    /// What a whole identifier of the query counts beside a plain word.
    var whole = 1.5
    /// What a part of an identifier counts beside a plain word.
    var part = 0.7
    /// What two neighbouring words as one count beside a plain word.
    var compound = 1.0
    /// What two words of the query that stand together count, beside the rarer of them.
    var pair = 0.5

    // MARK: What the chunks of a file tell

    /// The words of its best chunk, as a share of the best candidate's.
    var lexical = 1.20
    /// Those of its second and third chunks.
    var lexicalFurther = 0.84
    /// All words of its chunks together, as a share of the best file's.
    var lexicalTogether = 0.78
    /// The square of the share of the query's words, by what they tell, that it has at all.
    var coverage = 0.61
    /// The vector of its best chunk, as a share of the best candidate's lead over the rest.
    var semantic = 1.43
    /// What is left of it where the query is nothing but names of code, which mean nothing else.
    var semanticOfNames = 0.3
    /// Those of its second and third chunks.
    var semanticFurther = 0.31
    /// The logarithm of how many of its chunks are candidates.
    var chunkCount = 0.27

    // MARK: Names

    /// A type whose name is made of words of the query.
    var typeName = 1.56
    /// A function whose name is.
    var functionName = 1.06
    /// A value, macro or mere declaration whose name is.
    var valueName = 0.70
    /// A type whose name is a name in the query, letter by letter.
    var exactType = 1.33
    /// Any other definition whose name is.
    var exactOther = 0.73
    /// The share of the file's name that is words of the query.
    var stemPrecision = 1.54
    /// The same, times the square root of the share of the query.
    var stem = 0.90
    /// The file's name being all of the query.
    var stemWhole = 0.63
    /// The share of the folders' names that is words of the query.
    var folder = 0.72

    // MARK: What a path tells, where the query does not speak of it

    /// A test.
    var test = -1.88
    /// A text for people.
    var prose = -0.70
    /// A file that mostly hands on what others define.
    var entry = -0.31
    // The sets hold too little of the following for figures; these are judgement.
    var example = -1.0
    var documentation = -0.3
    var benchmark = -1.0
    var vendored = -1.2
    var generated = -0.8
    var data = -0.5
    var legacy = -0.2
    /// A file that only declares what the query names, where another defines it.
    var declaration = -1.2

    // MARK: Order of the chunks of one file

    /// What is left of a file's score for each next chunk of it.
    var repeated = 0.4

    /// About how many words a chunk has.
    static let usualLength = 150.0

    init() {}

    /// The weights with only the evidence that a mode looks at.
    func limited(to mode: SearchMode) -> RankingWeights {
        var weights = self
        if mode == .lexical {
            weights.semantic = 0
            weights.semanticFurther = 0
        } else if mode == .semantic {
            // Fitted apart: there is nothing else to weigh vectors against.
            weights = RankingWeights.none
            weights.semantic = 3.3
            weights.semanticOfNames = 1
            weights.semanticFurther = 1.8
            for path in Self.pathWeights { weights[keyPath: path] = 1.7 * self[keyPath: path] }
            weights.entry = 0
        }
        return weights
    }

    /// The weights for texts like another: words and vectors, whatever the names and paths.
    func forLikeness() -> RankingWeights {
        var weights = RankingWeights.none
        weights.lexical = 1
        weights.semantic = 1
        weights.repeated = 0.9
        return weights
    }

    private static var pathWeights: [WritableKeyPath<RankingWeights, Double>] {
        [
            \.test, \.prose, \.entry, \.example, \.documentation, \.benchmark, \.vendored,
            \.generated, \.data, \.legacy, \.declaration,
        ]
    }

    /// Weights by which nothing but the order of words within a text counts.
    private static var none: RankingWeights {
        var weights = RankingWeights()
        weights.symbolField = 0
        weights.stemField = 0
        weights.folderField = 0
        for path in [
            \RankingWeights.lexical, \.lexicalFurther, \.lexicalTogether, \.coverage, \.semantic,
            \.semanticFurther, \.chunkCount, \.typeName, \.functionName, \.valueName, \.exactType,
            \.exactOther, \.stemPrecision, \.stem, \.stemWhole, \.folder,
        ] + pathWeights {
            weights[keyPath: path] = 0
        }
        return weights
    }
}
