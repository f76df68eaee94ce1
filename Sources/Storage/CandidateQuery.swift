/// What candidates for an answer are asked for by; each part may be left out.
public struct CandidateQuery: Sendable {
    /// Where to look.
    public var scope: RetrievalScope
    /// The words; texts are taken by those that are rare, and put in order by all.
    public var terms: [RetrievalTerm] = []
    /// Words that must stand together in texts that are taken by words.
    public var phrases: [RetrievalPhrase] = []
    /// The words by which texts are taken.
    public var textKeys: [RetrievalTerm] = []
    /// The words by which definitions and paths are taken.
    public var nameKeys: [RetrievalTerm] = []
    /// Names, in lower case, whose definitions go before others.
    public var names: [String] = []
    /// The vector of the query, and the number of the model that made it.
    public var vector: (components: [Float16], embedder: Int)?
    /// About how many texts the workspace has.
    public var textCount = 0
    /// How many chunks to take by words.
    public var lexicalLimit = 0
    /// How many chunks to take by vectors.
    public var semanticLimit = 0
    /// How many definitions to take.
    public var symbolLimit = 0
    /// How many files to take by their paths, each with its first chunks.
    public var pathLimit = 0

    /// Makes a query that asks for nothing yet.
    ///
    /// - Parameter scope: Where to look.
    public init(scope: RetrievalScope) {
        self.scope = scope
    }
}
