import ArgumentParser
import Glibc
import Storage
import Webhook

/// The command `gitdex deliveries`.
struct DeliveriesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliveries",
        abstract: "Look at what GitHub delivered, and run it again.",
        discussion: """
            \(Workbench.environmentFileRule)

            EXAMPLES
              gitdex deliveries list
              gitdex deliveries show 17 --body
              gitdex deliveries replay 17
            """,
        subcommands: [List.self, Show.self, Replay.self], defaultSubcommand: List.self)

    /// The store and the workspace that a command works in.
    private static func open(
        _ common: GlobalOptions, _ workspace: String
    ) throws -> (store: DeliveryStore, workspace: Int) {
        let index = try Workbench(common, tellsOfEnvironmentFile: true).openStore()
        let workspace =
            workspace == "local"
            ? index.workspace
            : try IndexStore(connection: index.connection, workspace: workspace).workspace
        return (DeliveryStore(connection: index.connection), workspace)
    }

    private static func line(_ delivery: StoredDelivery) -> String {
        let document = DeliveryDocument(delivery)
        let place = delivery.repositoryName.map { " \($0)" } ?? ""
        let runs = delivery.runs == 1 ? "" : ", run \(delivery.runs) times"
        return "\(delivery.id) \(document.receivedAt) \(Style.bold(delivery.event))\(place): "
            + "\(document.outcome)\(runs)"
    }

    /// The command `gitdex deliveries list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List deliveries, the newest first.")

        private static let limitRange = 1...10_000

        @OptionGroup var common: GlobalOptions
        @Option(help: "The workspace.") var workspace = "local"
        @Option(help: "Only those of the repository with this name.") var repo: String?
        @Option(help: "Only those before this one, to see more.") var before: Int?
        @Option(help: "How many at most.") var limit = 50

        func validate() throws {
            guard Self.limitRange.contains(limit) else {
                throw ValidationError("--limit must be between 1 and \(Self.limitRange.upperBound)")
            }
        }

        mutating func run() throws {
            let (store, workspace) = try DeliveriesCommand.open(common, self.workspace)
            var repository: Int?
            if let repo {
                let all = try RemoteStore(connection: store.connection)
                    .repositories(workspace: workspace)
                guard let found = all.first(where: { $0.name == repo }) else {
                    throw CommandError(
                        "no repository '\(repo)' is connected",
                        remedy: "leave --repo out to see the deliveries of all")
                }
                repository = found.id
            }
            let deliveries = try store.list(
                workspace: workspace, repository: repository, before: before, limit: limit)
            if common.json {
                try JSONOutput.print(["deliveries": deliveries.map { DeliveryDocument($0) }])
            } else if deliveries.isEmpty {
                Terminal.print("nothing was delivered")
            } else {
                for delivery in deliveries { Terminal.print(DeliveriesCommand.line(delivery)) }
            }
        }
    }

    /// The command `gitdex deliveries show`.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a delivery with its jobs.")

        @OptionGroup var common: GlobalOptions
        @Option(help: "The workspace.") var workspace = "local"
        @Flag(help: "Print the body as well; without --json nothing else.") var body = false
        @Argument(help: "The delivery's number.") var id: Int

        mutating func run() throws {
            let (store, workspace) = try DeliveriesCommand.open(common, self.workspace)
            guard let delivery = try store.delivery(workspace: workspace, id: id) else {
                throw CommandError(
                    "there is no delivery \(id)",
                    remedy: "list them with 'gitdex deliveries list'")
            }
            let bytes = body ? try store.body(workspace: workspace, id: id) : nil
            if common.json {
                try JSONOutput.print(DeliveryDocument(delivery, body: bytes))
                return
            }
            if let bytes {
                Terminal.print(String(decoding: bytes, as: UTF8.self))
                return
            }
            Terminal.print(DeliveriesCommand.line(delivery))
            Terminal.print("  GitHub's name for it: \(delivery.guid)")
            Terminal.print("  \(delivery.sizeBytes) bytes")
            for job in delivery.jobs {
                Terminal.print("  job \(job.id): \(job.state ?? "forgotten")")
            }
        }
    }

    /// The command `gitdex deliveries replay`.
    struct Replay: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Queue a delivery's jobs again.")

        @OptionGroup var common: GlobalOptions
        @Option(help: "The workspace.") var workspace = "local"
        @Argument(help: "The delivery's number.") var id: Int

        mutating func run() throws {
            let (store, workspace) = try DeliveriesCommand.open(common, self.workspace)
            let jobs = try DeliveryReplay(connection: store.connection)
                .run(workspace: workspace, id: id)
            if common.json {
                try JSONOutput.print(["jobs": jobs])
            } else if jobs.isEmpty {
                Terminal.print("delivery \(id) asks for no job")
            } else {
                Terminal.print("queued " + jobs.map { "job \($0)" }.joined(separator: ", "))
            }
        }
    }
}
