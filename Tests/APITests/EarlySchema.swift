import Foundation
import GitdexTesting
import Postgres

/// The steps of the schema that are not listed yet.
enum EarlySchema {
    static func complete(_ database: TestDatabase) throws {
        guard try database.column("SELECT coalesce(to_regclass('users')::text, '')") == [""] else {
            return
        }
        try database.run(
            """
            CREATE FUNCTION gitdex_protect(t regclass) RETURNS void LANGUAGE sql AS 'SELECT';
            CREATE FUNCTION gitdex_share(t regclass) RETURNS void LANGUAGE sql AS 'SELECT';
            CREATE FUNCTION gitdex_share_global(t regclass) RETURNS void LANGUAGE sql AS 'SELECT';
            """)
        for step in ["0005_accounts", "0006_github", "0007_edges"] {
            let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
                .appendingPathComponent("../../migrations/\(step).up.sql")
            try database.run(try String(contentsOf: url, encoding: .utf8))
        }
    }
}
