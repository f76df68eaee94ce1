import Accounts
import ArgumentParser
import Cryptography
import Storage

extension KeyCommand {
    /// The command `gitdex key rotate`.
    struct Rotate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Encrypt every secret in the database with the first key of ENCRYPTION_KEY.",
            discussion: """
                1. Put a new key before the old one in ENCRYPTION_KEY, with a comma between them, \
                for every server and worker, and start them again.
                2. Run this command; it may be run while they work, and again.
                3. When it finds nothing left to do, take the old key away and start them again.

                EXAMPLES
                  ENCRYPTION_KEY=NEW,OLD gitdex key rotate
                """)

        private struct ColumnDocument: Encodable {
            let table: String
            let column: String
            let changed: Int
            let kept: Int
            let unreadable: Int
        }

        @OptionGroup var common: GlobalOptions

        mutating func run() throws {
            let workbench = try Workbench(common, readsWorkingDirectory: true)
            let box = try EncryptionKeys.box(workbench.settings, makesKey: false)
            let connection = try AccountWorkbench.connection(workbench)
            let store = EncryptedValueStore(connection: connection)
            var columns: [ColumnDocument] = []
            for column in EncryptedColumn.all {
                let outcome = try store.replaceValues(of: column) { try box.reencrypt($0) }
                columns.append(
                    ColumnDocument(
                        table: column.table, column: column.column, changed: outcome.changed,
                        kept: outcome.kept, unreadable: outcome.unreadable))
            }
            let changed = columns.reduce(0) { $0 + $1.changed }
            try AccountService(connection: connection).audit(
                .keysRotated, actor: Principal.local.actor, subject: "secrets:\(changed)")
            try report(columns, changed: changed)
        }

        private func report(_ columns: [ColumnDocument], changed: Int) throws {
            if common.json {
                try JSONOutput.print(["columns": columns])
            } else {
                let kept = columns.reduce(0) { $0 + $1.kept }
                Terminal.print(
                    "encrypted \(changed) secrets anew; \(kept) stood under the first key already")
            }
            let unreadable = columns.filter { $0.unreadable > 0 }
            guard !unreadable.isEmpty else { return }
            let places = unreadable.map { "\($0.unreadable) in \($0.table).\($0.column)" }
            throw CommandError(
                "no key in ENCRYPTION_KEY fits \(places.joined(separator: ", "))",
                remedy: "put the key that made them behind the others, or enter those secrets anew")
        }
    }
}
