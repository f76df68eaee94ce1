import ArgumentParser
import Embedding
import Git
import Hooks
import Postgres
import Settings
import Storage
import Syntax

/// The command `gitdex doctor`.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check every part that gitdex needs, and say how to mend what is missing.",
        discussion: """
            \(Workbench.environmentFileRule)

            EXAMPLES
              gitdex doctor
              gitdex doctor --json
            """)

    private struct Check: Encodable {
        let name: String
        let ok: Bool
        let detail: String
    }

    private struct Document: Encodable {
        let ok: Bool
        let checks: [Check]
    }

    @OptionGroup var common: GlobalOptions

    mutating func run() throws {
        let common = common
        var checks: [Check] = []
        func check(_ name: String, _ body: () throws -> String) {
            do {
                checks.append(Check(name: name, ok: true, detail: try body()))
            } catch {
                checks.append(Check(name: name, ok: false, detail: "\(error)"))
            }
        }
        check("settings") { try Self.settings(common) }
        if let workbench = try? Workbench(common, tellsOfEnvironmentFile: true, warns: false) {
            check("grammars") {
                "\(try Workbench.grammars(workbench.settings).languages.count) languages"
            }
            check("embedding model") {
                let identity = try Workbench.embedder(workbench.settings).identity
                return "\(identity.provider) \(identity.model) \(identity.revision), "
                    + "\(identity.dimensions) dimensions"
            }
            check("database") { try Self.database(workbench) }
            check("schema") { try Self.schema(workbench) }
            if checks.last?.ok == true {
                check("row security") { try Self.rowSecurity(workbench) }
            }
            check("disk space") { try DiskSpace.check(workbench.settings.dataDirectory) }
            if let repository = try? workbench.repository(at: nil) {
                check("hooks") { try Self.hooks(repository) }
            }
        }
        let isOK = checks.allSatisfy(\.ok)
        if common.json {
            try JSONOutput.print(Document(ok: isOK, checks: checks))
        } else {
            for check in checks {
                let mark = check.ok ? Style.line("ok     ") : Style.match("MISSING")
                Terminal.print("\(mark) \(check.name): \(check.detail)")
            }
        }
        if !isOK { throw Termination.no }
    }

    private static func settings(_ common: GlobalOptions) throws -> String {
        let settings = try Workbench(common, warns: false).settings
        var text = "data in \(settings.dataDirectory)"
        for (name, origin) in settings.origins.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            text += ", \(name.rawValue) from \(origin)"
        }
        for name in settings.unknownNames { text += ", unknown setting \(name)" }
        return text
    }

    private static func database(_ workbench: Workbench) throws -> String {
        let connection = try workbench.openConnection()
        let version = connection.serverVersion
        let place = workbench.settings.database.map(\.description) ?? "embedded"
        guard let vector = try connection.availableExtensionVersion("vector") else {
            throw StorageError(
                code: .vectorExtension, message: "the database server has no pgvector",
                remedy: "install pgvector 0.8 or newer on the server")
        }
        return "PostgreSQL \(version / 10_000).\(version % 10_000), pgvector \(vector), \(place)"
    }

    private static func schema(_ workbench: Workbench) throws -> String {
        let store = try workbench.openStore()
        let missing = try store.namesOfMissingSearchIndexes()
        if !missing.isEmpty {
            throw CommandError(
                "searches are slow without the indexes \(missing.joined(separator: ", "))",
                remedy: "the next 'gitdex index' that changes something makes them")
        }
        let count = try store.repositories().count
        return "up to date, " + Counted.text(count, "repository", plural: "repositories")
    }

    private static func rowSecurity(_ workbench: Workbench) throws -> String {
        let found = try RowSecurity(seenFrom: try workbench.openStore().connection)
        if found.isExempt {
            throw CommandError(
                "it does not hold for the role \(found.role), which this works as",
                remedy: "have a superuser run: GRANT gitdex_app, gitdex_system TO the login")
        }
        if !found.openTables.isEmpty {
            throw CommandError(
                "it is off for \(found.openTables.joined(separator: ", "))",
                remedy: "restore the schema from a backup, or run: SELECT gitdex_protect('table')")
        }
        if !found.slowFunctions.isEmpty {
            throw CommandError(
                "searches for words and patterns read every text of the workspace",
                remedy: "have a superuser run in this database: "
                    + found.slowFunctions.map { "ALTER FUNCTION \($0) LEAKPROOF;" }
                    .joined(separator: " "))
        }
        return "works as \(found.role), "
            + Counted.text(found.keptTables.count, "table", plural: "tables") + " kept"
    }

    private static func hooks(_ repository: Repository) throws -> String {
        let status = try HookCommand.installer(of: repository).installer.status()
        let ours = status.hooks.filter { $0.place == .installed || $0.place == .outdated }
        if ours.isEmpty, !status.isEnabled {
            return "none in \(status.hooksDirectory); 'gitdex hook install' keeps the index true"
        }
        let remedy = "run 'gitdex hook install'"
        if let executable = status.executable, !status.isExecutableThere {
            throw CommandError("they call \(executable), which is not there", remedy: remedy)
        }
        guard status.isComplete else {
            let list = status.hooks.filter { $0.place != .installed }
                .map { "\($0.name.rawValue) is \($0.place.rawValue)" }
            throw CommandError(
                "those in \(status.hooksDirectory) are not whole ("
                    + (list.isEmpty ? "not switched on" : list.joined(separator: ", ")) + ")",
                remedy: remedy)
        }
        return "installed in \(status.hooksDirectory)"
    }
}
