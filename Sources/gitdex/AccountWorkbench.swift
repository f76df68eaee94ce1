public import Accounts
public import ArgumentParser
import Postgres
import Storage

extension Role: ExpressibleByArgument {}

/// What the commands about accounts begin with.
enum AccountWorkbench {
    /// The accounts of the database, with all rights.
    static func open(_ common: GlobalOptions) throws -> AccountService {
        AccountService(connection: try connection(Workbench(common, readsWorkingDirectory: true)))
    }

    /// A connection to a database whose schema is this program's.
    static func connection(_ workbench: Workbench) throws -> Connection {
        try workbench.openStore().connection
    }

    /// A workspace by its id, with all rights.
    static func workspace(_ id: String, _ service: AccountService) throws -> Membership {
        guard let found = try service.administered(workspace: id) else {
            throw CommandError(
                "there is no workspace '\(id)'",
                remedy: "list the workspaces with 'gitdex workspace list'")
        }
        return found
    }
}
