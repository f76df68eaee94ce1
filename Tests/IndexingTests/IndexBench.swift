import Embedding
import Foundation
import Git
import GitdexTesting
import Postgres
import Storage
import Synchronization
import Syntax

@testable import Indexing

/// Counts the texts that an embedder is given.
final class CountingEmbedder: Embedder {
    private let base: any Embedder
    private let counted = Mutex(0)

    init(_ base: any Embedder) {
        self.base = base
    }

    var identity: EmbedderIdentity { base.identity }

    var count: Int { counted.withLock { $0 } }

    func embed(_ texts: [[UInt8]], as role: EmbeddingRole) throws -> [EmbeddingVector] {
        counted.withLock { $0 += texts.count }
        return try base.embed(texts, as: role)
    }
}

/// An embedder that makes the same vectors under another name, as a new version of a model would.
final class RenamedEmbedder: Embedder {
    private let base: any Embedder

    init(_ base: any Embedder) {
        self.base = base
    }

    var identity: EmbedderIdentity {
        EmbedderIdentity(
            provider: base.identity.provider, model: base.identity.model, revision: "another",
            dimensions: base.identity.dimensions, tokenLimit: base.identity.tokenLimit)
    }

    func embed(_ texts: [[UInt8]], as role: EmbeddingRole) throws -> [EmbeddingVector] {
        try base.embed(texts, as: role)
    }
}

/// A database with the schema, and what an indexer needs.
final class IndexBench {
    let database: TestDatabase
    let connection: Connection
    var embedder: CountingEmbedder
    /// What the stores run on, as in the program.
    private let program: Connection
    private let grammars: GrammarLibrary
    private var workspaces = 0
    /// Holds so few changes in memory that nearly all runs are those of a large repository.
    var isFrugal = false

    init() throws {
        database = try TestDatabase()
        connection = try database.connect()
        try SchemaMigrator(connection: connection).up()
        program = try database.connect(.program())
        grammars = try GrammarLibrary(directory: try Assets.path("grammars"))
        embedder = CountingEmbedder(
            try StaticEmbedder(modelFile: try Assets.path("model/static.gdxm")))
    }

    /// The store of the workspace `local`.
    func store() throws -> IndexStore { try IndexStore(connection: program) }

    /// The store of a workspace that holds nothing.
    func freshStore() throws -> IndexStore {
        workspaces += 1
        let name = "fresh-\(workspaces)"
        try connection.execute(
            "INSERT INTO workspaces (public_id, name) VALUES (\(name), \(name))")
        return try IndexStore(connection: program, workspace: name)
    }

    /// An indexer of a repository that writes to a store.
    func indexer(
        of fixture: GitFixture, store: IndexStore, threads: Int = 2
    ) throws -> Indexer {
        try Indexer(
            repository: try Repository(at: fixture.path), store: store,
            configuration: try configuration(for: store, threads: threads))
    }

    /// How indexers that write to a store work.
    func configuration(for store: IndexStore, threads: Int = 2) throws -> IndexerConfiguration {
        let url = database.url
        let workspace = try connection.query(
            "SELECT public_id FROM workspaces WHERE id = \(store.workspace)"
        ).only().string(0)
        var configuration = IndexerConfiguration(
            grammars: grammars, embedder: embedder, threads: threads
        ) {
            try IndexStore(
                connection: try Connection(url, options: .program()), workspace: workspace)
        }
        if isFrugal {
            configuration.filesInOneTransaction = 1
            configuration.changesInPlan = 3
        }
        return configuration
    }

    /// Indexes what HEAD or a revision names.
    @discardableResult
    func index(
        _ fixture: GitFixture, _ revision: String? = nil, store: IndexStore? = nil,
        change: (inout IndexRequest) -> Void = { _ in }
    ) throws -> IndexReport {
        var request = IndexRequest()
        request.revision = revision
        request.wantsDigest = true
        change(&request)
        return try indexer(of: fixture, store: store ?? self.store()).index(request)
    }

    /// Verifies what HEAD or a revision names.
    func verify(
        _ fixture: GitFixture, _ revision: String? = nil, repairs: Bool = false
    ) throws -> VerificationReport {
        let store = try store()
        let indexer = try indexer(of: fixture, store: store)
        let url = try Repository(at: fixture.path).commonDirectory
        guard let record = try store.repository(url: url) else { throw Missing.repository }
        return try Verifier(indexer: indexer).verify(
            record, refName: try indexer.refName(of: revision), repairs: repairs)
    }

    enum Missing: Error {
        case repository, asset(String)
    }
}

/// Where set-up put what the tests need.
enum Assets {
    static func path(_ name: String) throws -> String {
        let environment = ProcessInfo.processInfo.environment
        let home = environment["XDG_DATA_HOME"] ?? (environment["HOME"] ?? "") + "/.local/share"
        let places = [
            environment["GITDEX_ASSETS_DIR"], "/var/lib/gitdex/assets", home + "/gitdex/assets",
        ]
        for place in places.compactMap({ $0 })
        where FileManager.default.isReadableFile(atPath: place + "/" + name) {
            return place + "/" + name
        }
        throw IndexBench.Missing.asset(name)
    }
}
