import Logging
public import Postgres
public import Queue
import Threads

/// A worker: runs the queue's jobs and compares remotes with the index.
///
/// Part of `gitdex serve`, and the whole of `gitdex worker`. Any number of them may work on one
/// database, on any hosts.
public final class WorkerService: Sendable {
    /// What a worker needs.
    public struct Configuration: Sendable {
        /// The database.
        public var url: String
        /// How to connect to it.
        public var connectionOptions: ConnectionOptions
        /// How people recognise the worker, and how many jobs it runs at once.
        public var runner: JobRunnerConfiguration
        /// What is indexed with.
        public var parts: IndexingParts
        /// How remotes are spoken to.
        public var access: RemoteAccess
        /// The folder of the mirrors.
        public var mirrorDirectory: String
        /// How much room the mirrors may take, in bytes.
        public var mirrorLimitBytes: Int
        /// How often remotes are compared; nil leaves that to other workers.
        public var reconciler: Reconciler.Configuration?

        /// Makes a configuration; the parameters are its properties.
        public init(
            url: String, connectionOptions: ConnectionOptions, runner: JobRunnerConfiguration,
            parts: IndexingParts, access: RemoteAccess, mirrorDirectory: String,
            mirrorLimitBytes: Int, reconciler: Reconciler.Configuration? = .init()
        ) {
            self.url = url
            self.connectionOptions = connectionOptions
            self.runner = runner
            self.parts = parts
            self.access = access
            self.mirrorDirectory = mirrorDirectory
            self.mirrorLimitBytes = mirrorLimitBytes
            self.reconciler = reconciler
        }
    }

    private let runner: JobRunner
    private let reconciler: Reconciler?
    private let mirrors: MirrorCache

    /// Makes a worker; nothing is connected yet.
    ///
    /// - Parameter configuration: What it needs.
    public init(_ configuration: Configuration) {
        let mirrors = MirrorCache(
            directory: configuration.mirrorDirectory,
            limitBytes: configuration.mirrorLimitBytes)
        self.mirrors = mirrors
        runner = JobRunner(
            url: configuration.url, options: configuration.connectionOptions,
            configuration: configuration.runner,
            handlers: [
                RefJobHandler(
                    parts: configuration.parts, access: configuration.access, mirrors: mirrors),
                RepositoryJobHandler(access: configuration.access, mirrors: mirrors),
                SyncJobHandler(parts: configuration.parts, access: configuration.access.gitHub),
                CollectJobHandler(), PruneJobHandler(),
            ],
            logger: Logger(label: "gitdex.worker"))
        let (url, options) = (configuration.url, configuration.connectionOptions)
        reconciler = configuration.reconciler.map { configuration in
            Reconciler(configuration: configuration, mirrors: mirrors) {
                try Connection(url, options: options)
            }
        }
    }

    /// Works until the task is cancelled.
    ///
    /// Then takes no more jobs, lets those that run end within the runner's time, and gives back the
    /// rest; what those still do does not count.
    public func run() async {
        let mirrors = mirrors
        let trimming = SerialThread(name: "gitdex-mirrors")
        trimming.submit { mirrors.trim() }
        trimming.stop()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.runner.run() }
            if let reconciler { group.addTask { await reconciler.run() } }
        }
    }
}
