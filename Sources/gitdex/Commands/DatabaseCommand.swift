import ArgumentParser
import EmbeddedPostgres
import Glibc
import Settings

/// The command `gitdex db`.
struct DatabaseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "db",
        abstract: "Start, stop and find the embedded PostgreSQL.",
        discussion: """
            EXAMPLES
              gitdex db status
              psql "$(gitdex db url)"
            """,
        subcommands: [Start.self, Stop.self, Status.self, URL.self], defaultSubcommand: Status.self)

    private struct Document: Encodable {
        let state: String
        let process: Int?
        let url: String
        let directory: String
        let log: String
    }

    /// The command `gitdex db start`.
    struct Start: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Start it, unless it runs.")

        @OptionGroup var common: GlobalOptions

        mutating func run() throws {
            let server = try DatabaseCommand.server(common)
            try server.start()
            try DatabaseCommand.show(server, common)
        }
    }

    /// The command `gitdex db stop`.
    struct Stop: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Stop it; the next command starts it again.")

        @OptionGroup var common: GlobalOptions

        mutating func run() throws {
            let server = try DatabaseCommand.server(common)
            let wasRunning = try server.stop()
            if common.json {
                try DatabaseCommand.show(server, common)
            } else {
                Terminal.print(wasRunning ? "stopped" : "it was not running")
            }
        }
    }

    /// The command `gitdex db status`.
    struct Status: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Say whether it runs, and where.")

        @OptionGroup var common: GlobalOptions

        mutating func run() throws {
            try DatabaseCommand.show(try DatabaseCommand.server(common), common)
        }
    }

    /// The command `gitdex db url`.
    struct URL: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print its address for other programs, starting it when it is not running.")

        @OptionGroup var common: GlobalOptions

        mutating func run() throws {
            let url = try DatabaseCommand.server(common).ensureRunning()
            if common.json {
                try JSONOutput.print(["url": url])
            } else {
                Terminal.print(url)
            }
        }
    }

    private static func server(_ common: GlobalOptions) throws -> EmbeddedServer {
        let workbench = try Workbench(common)
        if workbench.settings.database != nil {
            throw CommandError(
                "DATABASE_URL names another database",
                remedy:
                    "unset it to use the embedded one, or start and stop that one by its own means"
            )
        }
        return workbench.embeddedServer
    }

    private static func words(for state: EmbeddedServerStatus.State) -> String {
        switch state {
        case .notInitialised: "not created yet; the first command that needs it does that"
        case .changing: "starting, recovering or stopping"
        case .running, .stopped: state.rawValue
        }
    }

    /// Refuses to call a server stopped or not there that this user cannot see.
    private static func checkPermission(_ server: EmbeddedServer) throws {
        guard access(server.clusterDirectory + "/PG_VERSION", F_OK) != 0, errno == EACCES else {
            return
        }
        throw CommandError(
            "no permission to look into \(server.clusterDirectory), which belongs to another user",
            remedy: "run it as that user, or set GITDEX_DATA_DIR to a folder of your own")
    }

    private static func show(_ server: EmbeddedServer, _ common: GlobalOptions) throws {
        try checkPermission(server)
        let status = server.status()
        if common.json {
            try JSONOutput.print(
                Document(
                    state: status.state.rawValue, process: status.processID, url: status.url,
                    directory: status.clusterDirectory, log: status.logFile))
            return
        }
        let process = status.processID.map { " as process \($0)" } ?? ""
        Terminal.print(words(for: status.state) + process)
        Terminal.print("url       \(status.url)")
        Terminal.print("data      \(status.clusterDirectory)")
        Terminal.print("log       \(status.logFile)")
    }
}
