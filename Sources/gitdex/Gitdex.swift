import ArgumentParser

/// The command `gitdex`.
struct Gitdex: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gitdex",
        abstract: "Keep an index of your code true, commit by commit, and search it.",
        discussion: """
            EXAMPLES
              gitdex index                        index the repository you stand in
              gitdex search "parse a config file" find code by what it does
              gitdex search --mode symbol Parser  find definitions by name
              gitdex status                       what is indexed, and how far behind
              gitdex verify                       prove that the index equals the tree
              gitdex hook install                 keep it true after every commit

            Without DATABASE_URL everything works on a PostgreSQL of gitdex's own, which is started \
            when it is needed.
            """,
        version: Version.current,
        subcommands: [
            IndexCommand.self, SearchCommand.self, RelatedCommand.self, StatusCommand.self,
            VerifyCommand.self, CollectCommand.self, DatabaseCommand.self, MigrateCommand.self,
            HookCommand.self, DoctorCommand.self, ServeCommand.self, WorkerCommand.self,
            JobsCommand.self, DeliveriesCommand.self, UserCommand.self, WorkspaceCommand.self,
            KeyCommand.self,
        ])
}
