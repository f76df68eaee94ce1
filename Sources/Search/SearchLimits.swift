import Storage

/// The named limits of a search.
enum SearchLimits {
    /// How many chunks are taken by their words.
    static let lexicalCandidates = 150
    /// How many chunks are taken by their vectors.
    static let semanticCandidates = 100
    /// How many definitions are taken by their names.
    static let symbolCandidates = 60
    /// How many files are taken by their paths.
    static let pathCandidates = 20
    /// Words are added, the rarest first, until this many texts may hold one.
    static let textMatches = 1_200
    /// The same for definitions and paths.
    static let nameMatches = 2_000
    /// A scope of up to this many chunks is read as a whole for its words where it is less than
    /// half of the workspace.
    static let chunksRead = 12_000
    /// With more texts than this, a hybrid search scans the vectors of all only where words find
    /// too little; those of its candidates are compared in any case.
    static let vectorsScanned = 12_000
    /// Words find enough where one chunk has this share of what the query says.
    static let coveredShare = 0.75
    /// How many words of a query are looked up.
    static let terms = 24
    /// How many chunks with words that must stand together are taken: as many as can be shown.
    static let phraseCandidates = Page.rankingDepth
    /// How many chunks a pattern search finds; an answer says when there are more.
    static let patternChunks = 20_000
    /// How many chunks' lines a pattern search reads at once.
    static let patternBatch = 64
    /// The longest pattern, in bytes.
    static let patternBytes = 1_000
    /// How long a statement of a pattern search may run.
    static let patternMilliseconds = 2_000
    /// How long a statement of any other search may run.
    static let statementMilliseconds = 10_000
    /// How many repositories are opened to see where their refs stand.
    static let openedRepositories = 16
    /// A query without words needs this many bytes to tell something.
    static let fewestSigns = 2
    /// A snippet has at most this many lines: all of a chunk but of one with hardly a word a line.
    static let snippetLines = 120
    /// A snippet has at most this many bytes.
    static let snippetBytes = 8_000

    /// How many chunks are taken by their words for a query.
    static func lexicalCandidates(_ query: CandidateQuery) -> Int {
        query.phrases.isEmpty ? lexicalCandidates : phraseCandidates
    }
}
