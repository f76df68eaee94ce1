import ArgumentParser
import Storage

/// The command `gitdex migrate`.
struct MigrateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Take the database's schema up or down.",
        discussion: """
            The embedded database is brought up to date by itself; this is for others.

            EXAMPLES
              DATABASE_URL=postgresql://db.example/gitdex gitdex migrate up
              gitdex migrate status
            """,
        subcommands: [Up.self, Down.self, Status.self], defaultSubcommand: Status.self)

    private struct Step: Encodable {
        let number: Int
        let name: String
        let applied: Bool
    }

    /// The command `gitdex migrate up`.
    struct Up: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Apply the steps that are missing.")

        @OptionGroup var common: GlobalOptions
        @Option(help: "The last step to apply.") var to: Int?

        mutating func run() throws {
            let connection = try Workbench(common, readsWorkingDirectory: true).openConnection()
            let migrator = SchemaMigrator(connection: connection)
            let steps = try migrator.up(to: to)
            try MigrateCommand.report(
                steps.isEmpty ? "nothing to do" : "applied \(MigrateCommand.list(steps))",
                migrator, common)
        }
    }

    /// The command `gitdex migrate down`.
    struct Down: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Take steps back, the last one unless --to says otherwise; their data is lost.")

        @OptionGroup var common: GlobalOptions
        @Option(help: "The last step that stays; 0 takes all back (default: all but the last).")
        var to: Int?

        mutating func run() throws {
            let connection = try Workbench(common, readsWorkingDirectory: true).openConnection()
            let migrator = SchemaMigrator(connection: connection)
            let applied = try migrator.states().filter(\.isApplied)
            if to == nil, !common.quiet, let last = applied.last {
                Terminal.warn("taking back step \(last.number) (\(last.name)) and its data")
            }
            let steps = try migrator.down(to: to ?? applied.dropLast().last?.number ?? 0)
            try MigrateCommand.report(
                steps.isEmpty ? "nothing to do" : "took back \(MigrateCommand.list(steps))",
                migrator, common)
        }
    }

    /// The command `gitdex migrate status`.
    struct Status: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the steps.")

        @OptionGroup var common: GlobalOptions

        mutating func run() throws {
            let connection = try Workbench(common, readsWorkingDirectory: true).openConnection()
            try MigrateCommand.report(nil, SchemaMigrator(connection: connection), common)
        }
    }

    private static func list(_ steps: [Int]) -> String {
        (steps.count == 1 ? "step " : "steps ") + steps.map(String.init).joined(separator: ", ")
    }

    private static func report(
        _ line: String?, _ migrator: SchemaMigrator, _ common: GlobalOptions
    ) throws {
        let states = try migrator.states()
        if common.json {
            let steps = states.map {
                Step(number: $0.number, name: $0.name, applied: $0.isApplied)
            }
            try JSONOutput.print(["steps": steps])
        } else if let line {
            Terminal.print(line)
        } else {
            for state in states {
                Terminal.print(
                    "\(state.number) \(state.name): \(state.isApplied ? "applied" : "missing")")
            }
        }
    }
}
