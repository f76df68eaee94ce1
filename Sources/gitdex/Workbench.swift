import Embedding
import EmbeddedPostgres
import Foundation
import Git
import Indexing
import Postgres
import Settings
import Storage
import Syntax

/// The parts a command works with, each made when it is first needed.
final class Workbench {
    let settings: GitdexSettings
    private var knownDatabaseURL: String?

    /// Reads the settings.
    ///
    /// - Parameters:
    ///   - options: The options that every command has.
    ///   - readsWorkingDirectory: Whether `.env` in the working directory counts.
    init(_ options: GlobalOptions, readsWorkingDirectory: Bool = false) throws {
        let policy: EnvironmentFilePolicy
        if let file = options.envFile {
            policy = .file(file)
        } else if readsWorkingDirectory {
            policy = .workingDirectory(FileManager.default.currentDirectoryPath)
        } else {
            policy = .none
        }
        settings = try GitdexSettings.load(
            environment: ProcessInfo.processInfo.environment, environmentFile: policy,
            executable: RunningExecutable.path())
    }

    // MARK: Database

    /// The PostgreSQL of gitdex's own.
    var embeddedServer: EmbeddedServer {
        EmbeddedServer(
            dataDirectory: settings.dataDirectory, assetsDirectories: settings.assetsDirectories)
    }

    /// The address of the database; the embedded one is started when it is not running.
    func databaseURL() throws -> String {
        if let known = knownDatabaseURL { return known }
        let url = try settings.databaseURL?.reveal() ?? embeddedServer.ensureRunning()
        knownDatabaseURL = url
        return url
    }

    /// Opens a connection without a look at the schema.
    func openConnection() throws -> Connection {
        try Connection(databaseURL(), options: Self.connectionOptions)
    }

    private static var connectionOptions: ConnectionOptions {
        ConnectionOptions(applicationName: "gitdex")
    }

    /// Opens the index, with the schema brought up to date on the embedded database.
    func openStore() throws -> IndexStore {
        let connection = try openConnection()
        let migrator = SchemaMigrator(connection: connection)
        if try !migrator.isCurrent() {
            guard settings.databaseURL == nil else {
                throw StorageError(
                    code: .schemaBehind, message: "the database's schema is older than this gitdex",
                    remedy: "run 'gitdex migrate up'")
            }
            try migrator.up()
        }
        return try IndexStore(connection: connection)
    }

    // MARK: Models

    func grammars() throws -> GrammarLibrary {
        try GrammarLibrary(directory: asset("grammars", what: "the grammars"))
    }

    func embedder() throws -> any Embedder {
        try StaticEmbedder(modelFile: asset("model/static.gdxm", what: "the embedding model"))
    }

    /// The first place where a part that set-up brings is found.
    private func asset(_ name: String, what: String) throws -> String {
        for directory in settings.assetsDirectories {
            let path = directory + "/" + name
            if access(path, R_OK) == 0 { return path }
        }
        throw CommandError(
            "\(what) are not installed (looked for \(name) in "
                + settings.assetsDirectories.joined(separator: ", ") + ")",
            remedy: "run scripts/setup, or name their folder in GITDEX_ASSETS_DIR",
            status: Termination.unreachable)
    }

    // MARK: Repositories

    /// The repository that a path lies in; the working directory when none is given.
    func repository(at path: String?) throws -> Repository {
        try Repository.discover(from: path ?? FileManager.default.currentDirectoryPath)
    }

    /// An indexer of a repository.
    func indexer(
        of repository: Repository, store: IndexStore, progress: any IndexProgress
    ) throws -> Indexer {
        let url = try databaseURL()
        let options = Self.connectionOptions
        return try Indexer(
            repository: repository, store: store,
            configuration: IndexerConfiguration(
                grammars: try grammars(), embedder: try embedder(),
                threads: ProcessInfo.processInfo.activeProcessorCount + 1, progress: progress
            ) { try IndexStore(connection: try Connection(url, options: options)) })
    }
}
