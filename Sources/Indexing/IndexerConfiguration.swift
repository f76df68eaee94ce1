public import Embedding
public import Storage
public import Syntax

/// The parts an indexer works with.
public struct IndexerConfiguration: Sendable {
    /// The grammars that files are cut by.
    public var grammars: GrammarLibrary
    /// The model that makes the vectors.
    public var embedder: any Embedder
    /// Opens the index's tables anew, for one more thread.
    public var openStore: @Sendable () throws -> IndexStore
    /// How many threads a large run uses.
    public var threads: Int
    /// Who hears how far a run is.
    public var progress: any IndexProgress
    /// Up to this many changed files, a run is one transaction on one thread.
    var filesInOneTransaction = IndexLimits.filesInOneTransaction
    /// A plan with more changes is not kept, but found again while it is carried out.
    var changesInPlan = IndexLimits.changesInPlan

    /// Makes a configuration; the parameters are its properties.
    public init(
        grammars: GrammarLibrary, embedder: any Embedder, threads: Int,
        progress: any IndexProgress = NoProgress(),
        openStore: @escaping @Sendable () throws -> IndexStore
    ) {
        self.grammars = grammars
        self.embedder = embedder
        self.threads = threads
        self.progress = progress
        self.openStore = openStore
    }
}
