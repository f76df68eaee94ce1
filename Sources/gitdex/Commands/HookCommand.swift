import ArgumentParser
import Git
import Hooks
import Indexing
import Settings
import Threads

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The command `gitdex hook`.
struct HookCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hook",
        abstract: "Keep the index true after every commit, merge, checkout and rebase.",
        discussion: """
            The hooks start an index in the background and return at once; they never make a git \
            command fail. Hooks that stand there already run first and come back on uninstall.

            EXAMPLES
              gitdex hook install
              gitdex hook status
            """,
        subcommands: [Install.self, Uninstall.self, Status.self, Run.self])

    /// The command `gitdex hook install`.
    struct Install: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Put the hooks in place.")

        @OptionGroup var common: GlobalOptions
        @Argument(help: "A path in the repository (default: the working directory).")
        var path: String?

        mutating func run() throws {
            let settings = try Workbench(common).settings
            let (installer, directory) = try HookCommand.installer(
                of: HookCommand.repository(path), dataDirectory: HookCommand.named(in: settings))
            let changes = try installer.install()
            HookCommand.report(changes, "installed", directory, common)
            if !common.quiet, HookCommand.isLost(settings.origins[.databaseURL]) {
                Terminal.warn(
                    "the hooks do not remember DATABASE_URL, which may hold a password: put it in "
                        + "\(settings.dataDirectory)/gitdex.json, or the hooks use another database"
                )
            }
            if !common.quiet, try HookCommand.repository(path).isBare {
                Terminal.warn(
                    "git runs these hooks only in working trees of this bare repository; a push to "
                        + "it starts none: run 'gitdex index' there")
            }
        }
    }

    /// The command `gitdex hook uninstall`.
    struct Uninstall: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take the hooks away; earlier ones come back.")

        @OptionGroup var common: GlobalOptions
        @Argument(help: "A path in the repository (default: the working directory).")
        var path: String?

        mutating func run() throws {
            let (installer, directory) = try HookCommand.installer(path)
            let changes = try installer.uninstall()
            HookCommand.report(changes, "removed", directory, common)
        }
    }

    /// The command `gitdex hook run`, which the hooks call.
    struct Run: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Index what a hook asks for.", shouldDisplay: false)

        @OptionGroup var common: GlobalOptions
        @Option var hook: String
        @Option var gitDir: String
        @Option var commonDir: String
        @Option var reference: String?

        mutating func run() async throws {
            guard let name = HookName(rawValue: hook) else {
                throw ValidationError("There is no hook '\(hook)'.")
            }
            BackgroundProcess.detach()
            let request = HookRequest(hook: name, gitDirectory: gitDir, reference: reference)
            let common = common
            let thread = SerialThread(name: "gitdex-hook")
            _ = try await HookRunner(commonDirectory: commonDir).submit(request) { request in
                try await thread.run {
                    do {
                        return try HookCommand.index(request, common)
                    } catch {
                        throw EmbeddedServerFailure.explained(error)
                    }
                }
            }
        }
    }

    /// Brings the index to where a hook's branch stands now.
    private static func index(_ request: HookRequest, _ common: GlobalOptions) throws -> String {
        let workbench = try Workbench(common)
        workbench.prepareModels()
        let store = try workbench.openStore()
        let repository = try Repository(at: request.gitDirectory)
        let indexer = try workbench.indexer(of: repository, store: store, progress: NoProgress())
        var wanted = IndexRequest()
        wanted.revision = request.reference
        let report = try indexer.index(wanted)
        let files = report.files
        return "\(report.to.hex.prefix(10)): "
            + Counted.text(
                files.added + files.modified + files.deleted + files.renamed, "file")
            + " changed, " + Counted.text(report.embedded, "text") + " embedded"
    }

    private static func repository(_ path: String?) throws -> Repository {
        try RepositoryArgument.discover(from: path)
    }

    private static func installer(_ path: String?) throws -> (HookInstaller, String) {
        try installer(of: repository(path))
    }

    static func installer(
        of repository: Repository, dataDirectory: String? = nil
    ) throws -> (installer: HookInstaller, directory: String) {
        guard let executable = RunningExecutable.path() else {
            throw CommandError(
                "the path of this program cannot be found out",
                remedy: "run it by its full path")
        }
        let directory = try repository.hooksDirectory()
        let installer = HookInstaller(
            hooksDirectory: directory, commonDirectory: repository.commonDirectory,
            executable: executable, dataDirectory: dataDirectory)
        return (installer, directory)
    }

    /// The data directory where it is not the standard one, for the hooks to hand on.
    private static func named(in settings: GitdexSettings) -> String? {
        isLost(settings.origins[.dataDirectory]) ? settings.dataDirectory : nil
    }

    /// Whether a setting comes from where no hook will read it.
    private static func isLost(_ origin: SettingOrigin?) -> Bool {
        switch origin {
        case .commandLine, .environment, .environmentFile: true
        case .settingsFile, nil: false
        }
    }

    private struct ChangesDocument: Encodable {
        let changed: [String]
        let chained: [String]
        let left: [String]
        let directory: String
    }

    private static func report(
        _ changes: HookChanges, _ what: String, _ directory: String, _ common: GlobalOptions
    ) {
        if common.json {
            try? JSONOutput.print(
                ChangesDocument(
                    changed: changes.changed.map(\.rawValue),
                    chained: changes.earlier.map(\.rawValue),
                    left: changes.left.map(\.rawValue), directory: directory))
            return
        }
        func list(_ names: [HookName]) -> String { names.map(\.rawValue).joined(separator: ", ") }
        Terminal.print(
            changes.changed.isEmpty
                ? "nothing to do in \(directory)"
                : "\(what) in \(directory): \(list(changes.changed))")
        if !changes.earlier.isEmpty {
            Terminal.print("hooks that stood there before: \(list(changes.earlier))")
        }
        if !changes.left.isEmpty { Terminal.print("left alone: \(list(changes.left))") }
        if !changes.sharedWith.isEmpty {
            Terminal.print(
                "other repositories use them too: "
                    + changes.sharedWith.joined(separator: ", "))
        }
    }

    /// The command `gitdex hook status`.
    struct Status: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the hooks, the last runs and the log.")

        private struct Document: Encodable {
            struct Hook: Encodable {
                let name, place: String
                let chained: Bool
            }

            let directory: String
            let enabled: Bool
            let complete: Bool
            let hooks: [Hook]
            let running: Int?
            let runs: [String]
            let log: String
        }

        @OptionGroup var common: GlobalOptions
        @Argument(help: "A path in the repository (default: the working directory).")
        var path: String?

        mutating func run() throws {
            let status = try HookCommand.installer(path).0.status()
            if common.json {
                try JSONOutput.print(
                    Document(
                        directory: status.hooksDirectory, enabled: status.isEnabled,
                        complete: status.isComplete,
                        hooks: status.hooks.map {
                            .init(
                                name: $0.name.rawValue, place: $0.place.rawValue,
                                chained: $0.hasEarlierHook)
                        }, running: status.runningProcess,
                        runs: status.lastRuns.map(\.description), log: status.logFile))
                return
            }
            Terminal.print("hooks in \(status.hooksDirectory)")
            for hook in status.hooks {
                let chained = hook.hasEarlierHook ? ", runs an earlier hook first" : ""
                Terminal.print("  \(hook.name.rawValue): \(hook.place.rawValue)\(chained)")
            }
            if let executable = status.executable, !status.isExecutableThere {
                Terminal.print(
                    "they call \(executable), which is not there: run 'gitdex hook install'")
            }
            if let process = status.runningProcess {
                Terminal.print("an index runs now, as process \(process)")
            }
            Terminal.print(status.lastRuns.isEmpty ? "no runs yet" : "last runs")
            for run in status.lastRuns { Terminal.print("  \(run)") }
            Terminal.print("log: \(status.logFile)")
        }
    }
}
