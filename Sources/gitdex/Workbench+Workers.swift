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
        let connectionOptions = ConnectionOptions(applicationName: "gitdex worker")
        let models = try models()
        let settings = settings
        var remotes = RemoteOptions()
        remotes.allowsPrivateAddresses = settings.allowsPrivateRemotes
        var reconciler = Reconciler.Configuration()
        reconciler.interval = .seconds(options.compareEvery)
        return WorkerService.Configuration(
            url: url, connectionOptions: connectionOptions,
            runner: JobRunnerConfiguration(worker: Self.workerName, slots: slots),
            parts: IndexingParts(
                grammars: models.grammars, embedder: models.embedder,
                threads: max(cores / slots, 1) + 1
            ) { try Connection(url, options: connectionOptions) },
            access: RemoteAccess(options: remotes) {
                // Read when it is needed: most machines have nothing encrypted.
                try EncryptionKeys.box(settings, makesKey: false).decrypt($0)
            },
            mirrorDirectory: settings.dataDirectory + "/mirrors",
            mirrorLimitBytes: options.mirrorLimit << 30, reconciler: reconciler)
    }

    /// Host and process, as people recognise a worker.
    private static var workerName: String {
        var name = [CChar](repeating: 0, count: 256)
        gethostname(&name, name.count - 1)
        let bytes = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return "\(String(decoding: bytes, as: UTF8.self).prefix(100)):\(getpid())"
    }
}
