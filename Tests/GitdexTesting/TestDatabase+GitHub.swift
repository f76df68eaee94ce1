import Foundation

extension TestDatabase {
    /// Makes the tables of migration 6 where the program's own list of steps ends before it.
    ///
    /// - Throws: What the database said.
    public func addGitHubTables() throws {
        guard try column("SELECT coalesce(to_regclass('oauth_accounts')::text, '')") == [""] else {
            return
        }
        for name in ["gitdex_protect", "gitdex_share", "gitdex_share_global"] {
            try run(
                """
                CREATE OR REPLACE FUNCTION \(name)(regclass) RETURNS void LANGUAGE sql
                    AS 'SELECT NULL::void'
                """)
        }
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        try run(
            String(
                contentsOf: root.appendingPathComponent("migrations/0006_github.up.sql"),
                encoding: .utf8))
    }
}
