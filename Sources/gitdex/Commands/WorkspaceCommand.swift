import Accounts
import ArgumentParser
import Settings
import Workers

/// The command `gitdex workspace`.
struct WorkspaceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "workspace",
        abstract: "Make workspaces, and say who may do what in them.",
        discussion: """
            EXAMPLES
              gitdex workspace create Team --owner ada@example.org
              gitdex workspace list
              gitdex workspace members add ID bob@example.org --role reader
              gitdex workspace delete ID --yes
            """,
        subcommands: [
            List.self, Create.self, Rename.self, Delete.self, WorkspaceMembersCommand.self,
        ],
        defaultSubcommand: List.self)

    private struct ListDocument: Encodable {
        let workspaces: [WorkspaceDocument]
    }

    /// The command `gitdex workspace list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the workspaces.")

        @OptionGroup var common: GlobalOptions

        mutating func run() throws {
            let workspaces = try AccountWorkbench.open(common).allWorkspaces()
            if common.json {
                try JSONOutput.print(
                    ListDocument(workspaces: workspaces.map(WorkspaceDocument.init)))
                return
            }
            for workspace in workspaces {
                Terminal.print("\(Style.bold(workspace.publicID)) \(workspace.name)")
            }
        }
    }

    /// The command `gitdex workspace create`.
    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make a workspace.")

        @OptionGroup var common: GlobalOptions
        @Argument(help: "Its name.") var name: String
        @Option(help: "The address of the account that owns it.") var owner: String

        mutating func run() throws {
            let service = try AccountWorkbench.open(common)
            let made = try service.createWorkspace(name: name, owner: service.user(email: owner))
            try WorkspaceCommand.print(made, "made \(made.name): \(made.publicID)", common)
        }
    }

    /// The command `gitdex workspace rename`.
    struct Rename: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Rename a workspace.")

        @OptionGroup var common: GlobalOptions
        @Argument(help: "The workspace's id.") var workspace: String
        @Argument(help: "Its new name.") var name: String

        mutating func run() throws {
            let service = try AccountWorkbench.open(common)
            let found = try AccountWorkbench.workspace(workspace, service)
            let renamed = try service.renameWorkspace(found, to: name, by: .local)
            try WorkspaceCommand.print(renamed, "it is called \(renamed.name) now", common)
        }
    }

    /// The command `gitdex workspace delete`.
    struct Delete: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Delete a workspace with all that is in it, for good.",
            discussion: """
                Nobody finds it from the first moment on. Its rows and the mirrors on this host go \
                before the command ends, those on other hosts when their workers next look.
                """)

        @OptionGroup var common: GlobalOptions
        @Argument(help: "The workspace's id.") var workspace: String
        @Flag(help: "Yes, delete it.") var yes = false

        mutating func run() throws {
            let workbench = try Workbench(common, readsWorkingDirectory: true)
            let connection = try AccountWorkbench.connection(workbench)
            let service = AccountService(connection: connection)
            let found = try AccountWorkbench.workspace(workspace, service)
            guard yes else {
                throw CommandError(
                    "this would delete '\(found.name)' with its repositories and members for good",
                    remedy: "add --yes", status: Termination.usage)
            }
            try service.deleteWorkspace(found, by: .local)
            try service.eraseWorkspace(found.workspace)
            try MirrorCache(
                directory: workbench.settings.dataDirectory + "/mirrors", limitBytes: .max
            ).removeDisconnected(on: connection)
            try WorkspaceCommand.print(found, "deleted \(found.name)", common)
        }
    }

    private static func print(
        _ workspace: Membership, _ line: String, _ common: GlobalOptions
    ) throws {
        if common.json {
            try JSONOutput.print(WorkspaceDocument(workspace))
        } else {
            Terminal.print(line)
        }
    }
}
