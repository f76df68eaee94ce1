public import Embedding
import Indexing
public import Postgres
import Storage
public import Syntax

/// What jobs that index work with, besides their own connection.
public struct IndexingParts: Sendable {
    /// The grammars that files are cut by.
    public var grammars: GrammarLibrary
    /// The model that makes the vectors.
    public var embedder: any Embedder
    /// How many threads one large run uses.
    public var threads: Int
    /// Opens one more connection, for one more thread of a large run.
    public var connect: @Sendable () throws -> Connection

    /// Makes the parts; the parameters are its properties.
    public init(
        grammars: GrammarLibrary, embedder: any Embedder, threads: Int,
        connect: @escaping @Sendable () throws -> Connection
    ) {
        self.grammars = grammars
        self.embedder = embedder
        self.threads = threads
        self.connect = connect
    }

    /// The configuration of an indexer of one workspace.
    func configuration(
        workspace: String, progress: any IndexProgress
    ) -> IndexerConfiguration {
        let connect = connect
        return IndexerConfiguration(
            grammars: grammars, embedder: TracedEmbedder(embedder), threads: threads,
            progress: progress
        ) { try IndexStore(connection: try connect(), workspace: workspace) }
    }
}
