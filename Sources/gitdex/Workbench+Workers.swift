import Cryptography
import Embedding
import Git
import Glibc
import Postgres
import Queue
import Settings
import Syntax
import Workers

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Workbench {
    /// What a worker of this process needs.
    ///
    /// - Parameters:
    ///   - concurrency: How many jobs run at once; nil for the number of cores.
    ///   - options: What the command line says about workers.
    /// - Returns: The configuration of a `WorkerService`.
    /// - Throws: When a part is not installed or a setting cannot be used.
    func workerConfiguration(
        concurrency: Int?, options: WorkerOptions
    ) throws -> WorkerService.Configuration {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let slots = concurrency ?? cores
        let url = try databaseURL()
        let connectionOptions = ConnectionOptions.program(
            "gitdex worker", settings: Self.workerSessions)
        let models = try models()
        var reconciler = Reconciler.Configuration()
        reconciler.interval = .seconds(options.compareEvery)
        return WorkerService.Configuration(
            url: url, connectionOptions: connectionOptions,
            runner: JobRunnerConfiguration(worker: Self.workerName, slots: slots),
            parts: IndexingParts(
                grammars: models.grammars, embedder: models.embedder,
                threads: max(cores / slots, 1) + 1
            ) { try Connection(url, options: connectionOptions) },
            access: remoteAccess, mirrorDirectory: mirrorDirectory,
            mirrorLimitBytes: options.mirrorLimit << 30, reconciler: reconciler)
    }

    /// How remotes are spoken to.
    var remoteAccess: RemoteAccess {
        let settings = settings
        var remotes = RemoteOptions()
        remotes.allowsPrivateAddresses = settings.allowsPrivateRemotes
        remotes.borrowsLocalObjects = true
        return RemoteAccess(options: remotes, gitHub: GitHubAssembly.access(settings)) {
            // Read when it is needed: most machines have nothing encrypted.
            try EncryptionKeys.box(settings, makesKey: false).decrypt($0)
        }
    }

    /// The folder of the mirrors.
    var mirrorDirectory: String { settings.dataDirectory + "/mirrors" }

    /// Lets the server end the sessions of workers that stand still in a transaction or were cut off.
    ///
    /// Others wait for what those hold. No transaction of a worker is idle for as long as this.
    private static let workerSessions = [
        "idle_in_transaction_session_timeout": "60s", "tcp_keepalives_idle": "30",
        "tcp_keepalives_interval": "10", "tcp_keepalives_count": "3",
    ]

    /// Host and process, as people recognise a worker.
    private static var workerName: String {
        var name = [CChar](repeating: 0, count: 256)
        gethostname(&name, name.count - 1)
        let bytes = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return "\(String(decoding: bytes, as: UTF8.self).prefix(100)):\(getpid())"
    }
}
