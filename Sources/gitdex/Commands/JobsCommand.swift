public import ArgumentParser
import Postgres
public import Queue
import Storage

extension JobState: ExpressibleByArgument {}

/// The command `gitdex jobs`.
struct JobsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs",
        abstract: "See what the workers do, have done and are to do.",
        discussion: """
            A job that failed for good stays until it is retried or pruned. To retry one ends the \
            pause that holds it, as after refused credentials. See docs/queue.md for the states.

            \(Workbench.environmentFileRule)

            EXAMPLES
              gitdex jobs list --state failed
              gitdex jobs show 4711
              gitdex jobs retry 4711
            """,
        subcommands: [List.self, Show.self, Retry.self, Cancel.self],
        defaultSubcommand: List.self)

    /// The option that says whose jobs are meant.
    struct Scope: ParsableArguments {
        @Option(help: "The workspace whose jobs are meant.")
        var workspace = "local"

        /// Opens the queue and finds the workspace's number.
        func open(_ common: GlobalOptions) throws -> (queue: JobQueue, workspace: Int) {
            let store = try Workbench(common, tellsOfEnvironmentFile: true).openStore()
            let found = try IndexStore(connection: store.connection, workspace: workspace)
            return (JobQueue(connection: store.connection), found.workspace)
        }
    }

    /// The command `gitdex jobs list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List jobs, the newest first.")

        private struct Document: Encodable {
            let jobs: [JobDocument]
        }

        @OptionGroup var common: GlobalOptions
        @OptionGroup var scope: Scope
        @Option(help: "Only jobs in this state.") var state: JobState?
        @Option(help: "Only jobs of this kind.") var kind: String?
        @Option(help: "Only jobs asked for before the one of this number.") var before: Int?
        @Option(name: [.short, .long], help: "How many, at most \(JobQueue.listLimit).")
        var limit = 50

        mutating func validate() throws {
            guard (1...JobQueue.listLimit).contains(limit) else {
                throw ValidationError("The limit must be from 1 to \(JobQueue.listLimit).")
            }
        }

        mutating func run() throws {
            let (queue, workspace) = try scope.open(common)
            let jobs = try queue.list(
                workspace: workspace, state: state, kind: kind, before: before, limit: limit)
            if common.json {
                let ends = try queue.pauseEnds(workspace: workspace)
                let documents = jobs.map { JobDocument($0, pauseEnds: ends) }
                try JSONOutput.print(Document(jobs: documents))
                return
            }
            if jobs.isEmpty { Terminal.print("no jobs") }
            for job in jobs { Terminal.print(JobsCommand.line(job)) }
        }
    }

    /// The command `gitdex jobs show`.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show one job.")

        @OptionGroup var common: GlobalOptions
        @OptionGroup var scope: Scope
        @Argument(help: "The job's number.") var id: Int

        mutating func run() throws {
            let (queue, workspace) = try scope.open(common)
            guard let job = try queue.job(workspace: workspace, id: id) else {
                throw CommandError(
                    "there is no job \(id) in workspace '\(scope.workspace)'",
                    remedy: "list the jobs with 'gitdex jobs list'")
            }
            try JobsCommand.show(job, queue, common)
            guard !common.json, job.state == .waiting,
                let end = try queue.pauseEnd(workspace: workspace, scope: job.scope)
            else { return }
            Terminal.print(
                "  paused     until \(end.text); 'gitdex jobs retry \(job.id)' ends that")
        }
    }

    /// The command `gitdex jobs retry`.
    struct Retry: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Run a job again, or now instead of later.",
            discussion: "Ends the pause of all jobs that rest together with this one.")

        @OptionGroup var common: GlobalOptions
        @OptionGroup var scope: Scope
        @Argument(help: "The job's number.") var id: Int

        mutating func run() throws {
            let (queue, workspace) = try scope.open(common)
            try JobsCommand.show(
                try queue.retry(workspace: workspace, id: id), queue, common)
        }
    }

    /// The command `gitdex jobs cancel`.
    struct Cancel: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Call a job off, also one that runs.")

        @OptionGroup var common: GlobalOptions
        @OptionGroup var scope: Scope
        @Argument(help: "The job's number.") var id: Int

        mutating func run() throws {
            let (queue, workspace) = try scope.open(common)
            try JobsCommand.show(
                try queue.cancel(workspace: workspace, id: id), queue, common)
        }
    }

    private static func show(
        _ job: Job, _ queue: JobQueue, _ common: GlobalOptions
    ) throws {
        let ends = try queue.pauseEnds(workspace: job.workspace)
        if common.json {
            try JSONOutput.print(JobDocument(job, pauseEnds: ends))
            return
        }
        Terminal.print(line(job))
        Terminal.print("  asked for  \(job.createdAt.text)")
        if let due = job.due(ends) { Terminal.print("  due        \(due.text)") }
        if let startedAt = job.startedAt { Terminal.print("  started    \(startedAt.text)") }
        if let finishedAt = job.finishedAt { Terminal.print("  ended      \(finishedAt.text)") }
        if let worker = job.worker { Terminal.print("  worker     \(worker)") }
        Terminal.print("  payload    \(job.payload)")
    }

    private static func line(_ job: Job) -> String {
        var line = "\(Style.bold(String(job.id))) \(job.state.rawValue) \(job.kind)"
        if !job.uniqueKey.isEmpty { line += " \(job.uniqueKey)" }
        if job.attempts > 1 { line += ", attempt \(job.attempts) of \(job.maximumAttempts)" }
        if job.state == .running, let progress = job.progress {
            line += ", \(progress.done) of \(progress.total)"
        }
        if let error = job.error { line += Style.dim(": \(error)") }
        return line
    }
}
