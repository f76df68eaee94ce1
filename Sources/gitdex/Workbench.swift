import EmbeddedPostgres
import Embedding
import Git
import Glibc
import Indexing
import Postgres
import Settings
import Storage
import Syntax
import Threads

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The parts a command works with, each made when it is first needed.
final class Workbench {
    let settings: GitdexSettings
    private var knownDatabaseURL: String?
    private var preparation: Monitor<Result<Models, any Error>?>?

    /// What files are read with.
    struct Models {
        let grammars: GrammarLibrary
        let embedder: any Embedder
    }

    /// Reads the settings.
    ///
    /// - Parameters:
    ///   - options: The options that every command has.
    ///   - readsWorkingDirectory: Whether `.env` in the working directory counts.
    ///   - tellsOfEnvironmentFile: Whether a `.env` in the working directory that does not count
    ///     is told of on standard error.
    ///   - warns: Whether names that are no settings are told on standard error.
    /// - Throws: `SettingsError` when a setting cannot be used.
    init(
        _ options: GlobalOptions, readsWorkingDirectory: Bool = false,
        tellsOfEnvironmentFile: Bool = false, warns: Bool = true
    ) throws {
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
        if warns, !options.quiet, !settings.unknownNames.isEmpty {
            Terminal.warn(
                "\(settings.dataDirectory)/gitdex.json has unknown names, which do nothing: "
                    + settings.unknownNames.joined(separator: ", "))
        }
        if tellsOfEnvironmentFile, options.envFile == nil, !options.quiet { tellOfUnreadFile() }
    }

    /// What the help of commands says that people take for commands of the server.
    static let environmentFileRule = """
        A .env file in the working directory does not count here, unlike with serve, worker and \
        migrate: give --env-file .env.
        """

    /// Says that a `.env` in the working directory does not count, where that could mislead.
    private func tellOfUnreadFile() {
        let path = FileManager.default.currentDirectoryPath + "/.env"
        guard settings.databaseURL == nil,
            let text = try? String(contentsOfFile: path, encoding: .utf8),
            text.contains("DATABASE_URL") || text.contains("GITDEX_DATA_DIR")
        else { return }
        Terminal.warn("\(path) is not read by this command: give --env-file .env if it should be")
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
        let url: String
        if let named = settings.databaseURL?.reveal() {
            url = named
        } else {
            let server = embeddedServer
            EmbeddedServerFailure.note(server)
            url = try server.ensureRunning()
        }
        knownDatabaseURL = url
        return url
    }

    /// Opens a connection without a look at the schema.
    func openConnection() throws -> Connection {
        try Connection(databaseURL(), options: Self.connectionOptions)
    }

    private static var connectionOptions: ConnectionOptions {
        .program()
    }

    /// Opens the index, with the schema brought up to date on the embedded database.
    func openStore() throws -> IndexStore {
        let connection = try openConnection()
        let migrator = SchemaMigrator(connection: connection)
        if settings.databaseURL != nil { try migrator.checkServer() }
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

    /// Begins to load models and libgit2 on a thread of its own, while this one connects.
    func prepareModels() {
        let monitor = Monitor<Result<Models, any Error>?>(nil)
        preparation = monitor
        let settings = settings
        SerialThread(name: "gitdex-prepare").submit {
            Repository.warmUp()
            let models = Result { try Self.loadModels(settings) }
            monitor.change { $0 = models }
        }
    }

    /// The models, once they are loaded.
    func models() throws -> Models {
        guard let preparation else { return try Self.loadModels(settings) }
        return try preparation.wait { $0 }.get()
    }

    private static func loadModels(_ settings: GitdexSettings) throws -> Models {
        Models(grammars: try grammars(settings), embedder: try embedder(settings))
    }

    static func grammars(_ settings: GitdexSettings) throws -> GrammarLibrary {
        try GrammarLibrary(directory: asset("grammars", what: "the grammars are", settings))
    }

    static func embedder(_ settings: GitdexSettings) throws -> any Embedder {
        try StaticEmbedder(
            modelFile: asset("model/static.gdxm", what: "the embedding model is", settings))
    }

    /// The first place where a part that set-up brings is found.
    private static func asset(
        _ name: String, what: String, _ settings: GitdexSettings
    ) throws -> String {
        for directory in settings.assetsDirectories {
            let path = directory + "/" + name
            if access(path, R_OK) == 0 { return path }
        }
        throw CommandError(
            "\(what) not installed (looked for \(name) in "
                + settings.assetsDirectories.joined(separator: ", ") + ")",
            remedy: "run scripts/setup, or name their folder in GITDEX_ASSETS_DIR",
            status: Termination.unreachable)
    }

    // MARK: Repositories

    /// The repository that a path lies in; the working directory when none is given.
    func repository(at path: String?) throws -> Repository {
        try RepositoryArgument.discover(from: path)
    }

    /// An indexer of a repository.
    func indexer(
        of repository: Repository, store: IndexStore, progress: any IndexProgress
    ) throws -> Indexer {
        let url = try databaseURL()
        let options = Self.connectionOptions
        let models = try models()
        return try Indexer(
            repository: repository, store: store,
            configuration: IndexerConfiguration(
                grammars: models.grammars, embedder: models.embedder,
                threads: ProcessInfo.processInfo.activeProcessorCount + 1, progress: progress
            ) { try IndexStore(connection: try Connection(url, options: options)) })
    }
}
