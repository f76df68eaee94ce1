import Cryptography
import GitdexTesting
import Postgres
import Storage
import Testing

@Suite("Secrets at rest, when the keys change")
struct EncryptedValueTests {
    @Test("are all found: no column that should be listed is missing")
    func everyColumn() throws {
        let server = try ServerFixture()
        let found = try server.connection.query(
            """
            SELECT table_name || '.' || column_name FROM information_schema.columns
            WHERE table_schema = 'public' AND data_type IN ('text', 'bytea')
                AND column_name ~ '(secret|credential|token|encrypted|verifier)'
            """
        ).map { try $0.string(0) }
        #expect(!found.isEmpty)
        let listed = EncryptedColumn.all.map { "\($0.table).\($0.column)" }
        #expect(Set(found).subtracting(listed).isEmpty)
        #expect(Set(listed).subtracting(try columns(of: server)).isEmpty)
    }

    private func columns(of server: ServerFixture) throws -> [String] {
        try server.connection.query(
            """
            SELECT table_name || '.' || column_name FROM information_schema.columns
            WHERE table_schema = 'public'
            """
        ).map { try $0.string(0) }
    }

    @Test("move under the first key in every workspace, and those of unknown keys are counted")
    func rotate() throws {
        let server = try ServerFixture()
        let other = try server.makeWorkspace("other")
        let old = try FernetKey.generate()
        let new = try FernetKey.generate()
        let before = Fernet(keys: [old])
        let foreign = Fernet(keys: [try FernetKey.generate()])
        func connect(_ workspace: Int, _ number: Int, _ box: Fernet) throws -> Int {
            try server.remotes.connect(
                workspace: workspace, url: "https://example.org/r/\(number)",
                credentials: try box.encrypt(Array("secret \(number)".utf8))
            ).id
        }
        // More than a page of values.
        for number in 0..<250 { _ = try connect(server.workspace, number, before) }
        let elsewhere = try connect(other, 1000, before)
        _ = try connect(other, 1001, foreign)
        _ = try connect(other, 1002, Fernet(keys: [new]))
        let box = Fernet(keys: [new, old])
        let store = EncryptedValueStore(connection: server.connection)
        let column = try #require(EncryptedColumn.all.first { $0.column == "credentials" })
        let outcome = try store.replaceValues(of: column) { try box.reencrypt($0) }
        #expect((outcome.changed, outcome.kept, outcome.unreadable) == (251, 1, 1))
        let after = Fernet(keys: [new])
        for repository in try server.remotes.repositories(workspace: server.workspace) {
            let token = try #require(repository.encryptedCredentials)
            let number = try #require(repository.url.split(separator: "/").last)
            #expect(try after.decrypt(token) == Array("secret \(number)".utf8))
        }
        let found = try #require(try server.remotes.repository(workspace: other, id: elsewhere))
        #expect(
            try after.decrypt(try #require(found.encryptedCredentials))
                == Array("secret 1000".utf8))
        let again = try store.replaceValues(of: column) { try box.reencrypt($0) }
        #expect((again.changed, again.kept, again.unreadable) == (0, 252, 1))
    }

    @Test("are left alone where somebody changed them meanwhile")
    func race() throws {
        let server = try ServerFixture()
        let made = try server.remotes.connect(
            workspace: server.workspace, url: "https://example.org/r", credentials: "old")
        let column = try #require(EncryptedColumn.all.first { $0.column == "credentials" })
        let outcome = try EncryptedValueStore(connection: server.connection)
            .replaceValues(of: column) { value in
                guard value == "old" else { return nil }
                try server.remotes.setCredentials(
                    "theirs", workspace: server.workspace, id: made.id)
                return "ours"
            }
        #expect(outcome.changed == 0)
        let found = try server.remotes.repository(workspace: server.workspace, id: made.id)
        #expect(found?.encryptedCredentials == "theirs")
    }
}
