/// How much each piece of evidence counts.
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

    // MARK: A chunk

    /// The words, as a share of the best candidate's.
    var lexical = 1.0
    /// The vector, as a share of the best candidate's lead over the rest.
    var semantic = 0.7
    /// The same where the query is nothing but names of code.
    var semanticOfIdentifier = 0.2
    /// A definition whose name is made of words of the query.
    var definition = 0.6
    /// A definition whose name is a name of the query, letter by letter.
    var exactName = 0.5
    /// The same but for capitals and low lines.
    var looseName = 0.3
    /// How much more a name counts where the query is nothing but names of code.
    var identifierBoost = 3.0
    /// What a function's name counts beside a type's.
    var function = 0.8
    /// What a value's or a mere declaration's name counts beside a type's.
    var value = 0.5

    /// What is left of the score of code outside definitions: imports, statements.
    var block = 0.9

    // MARK: A file

    /// The share of the query's words, by what they tell, that are in its candidates at all.
    var coverage = 0.2
    /// All words of its candidates together, as a share of the best file's.
    var fileLexical = 0.5
    /// Its further chunks, each after the first half as much as the one before.
    var further = 0.2
    /// Its name.
    var stem = 0.5
    /// The names of the folders above.
    var folder = 0.1
    /// Its name being all of the query.
    var wholeStem = 0.3
    /// What is left of the score of the next chunk of a file that stands above already.
    var repeated = 0.4

    // MARK: What a path tells, where the query does not speak of it

    var test = 0.6
    var example = 0.7
    var documentation = 0.8
    var benchmark = 0.7
    var vendored = 0.6
    var generated = 0.7
    var data = 0.7
    var prose = 0.7
    var entry = 0.95
    var legacy = 0.9

    /// About how many words a chunk has.
    static let usualLength = 150.0

    init() {}

    /// The weights with only the evidence that a mode looks at.
    func limited(to mode: SearchMode) -> RankingWeights {
        var weights = self
        if mode == .lexical {
            weights.semantic = 0
            weights.semanticOfIdentifier = 0
        } else if mode == .semantic {
            weights.semantic = 1
            weights.semanticOfIdentifier = 1
            weights.lexical = 0
            weights.fileLexical = 0
            weights.coverage = 0
            weights.definition = 0
            weights.exactName = 0
            weights.looseName = 0
            weights.stem = 0
            weights.folder = 0
            weights.wholeStem = 0
        }
        return weights
    }

    /// The weights for texts like another: words and vectors, whatever the names and paths.
    func forLikeness() -> RankingWeights {
        var weights = self
        weights.lexical = 1
        weights.semantic = 1
        weights.definition = 0
        weights.stem = 0
        weights.stemField = 0
        weights.folder = 0
        weights.folderField = 0
        weights.fileLexical = 0
        weights.coverage = 0
        weights.further = 0
        weights.repeated = 0.9
        return weights
    }
}
