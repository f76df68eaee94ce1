import Postgres
import Testing

@testable import Accounts

@Suite("Nothing secret stands in the database")
struct SecrecyTests {
    @Test("in clear, in any table, after all that makes or shows a secret")
    func everyTable() throws {
        let fixture = try AccountsFixture()
        let service = fixture.service()
        let (owner, first) = try fixture.signIn("owner")
        let second = try service.refresh(first.refreshToken)
        let workspace = try service.createWorkspace(name: "Team", by: owner)
        let key = try service.createKey(
            name: "ci", scopes: [.admin], in: workspace, by: owner)
        _ = try service.authenticate(.apiKey(key.text))
        let invitation = try service.invite(
            email: "ada@example.org", role: .reader, to: workspace, by: owner)
        _ = try? service.login(email: "owner@example.org", password: "mistyped secret 81")
        _ = try? service.login(email: "typed the password here", password: "x")
        _ = try? service.changePassword(
            of: owner, current: "mistyped secret 82", new: "eleven blue lamps 52")
        try service.changePassword(
            of: owner, current: AccountsFixture.password, new: "eleven blue lamps 52")
        _ = try? service.refresh(first.refreshToken)
        let rows = try everyRow(fixture.connection)
        #expect(rows.contains { $0.contains("owner@example.org") })
        for secret in [
            AccountsFixture.password, "eleven blue lamps 52", "mistyped secret",
            "typed the password here", first.refreshToken, second.refreshToken, key.text,
            invitation.token,
        ] {
            // As text, and as the bytes of a bytea column show.
            let hex = secret.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            #expect(!rows.contains { $0.contains(secret) || $0.contains(hex) })
        }
    }

    private func everyRow(_ connection: Connection) throws -> [String] {
        let tables = try connection.query(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
        ).map { try $0.string(0) }
        return try tables.flatMap { table in
            try connection.query("SELECT t::text FROM \(identifier: table) t")
                .map { try $0.string(0) }
        }
    }

    @Test("and what is written into the audit log is cut to what it holds")
    func audit() throws {
        let fixture = try AccountsFixture()
        let long = String(repeating: "é\0", count: 1000)
        let service = fixture.service(origin: RequestOrigin(address: long, requestID: long))
        try service.audit(.loginFailed, actor: long, subject: long)
        try service.audit(.loginFailed, actor: "", subject: "")
        let rows = try fixture.connection.query(
            "SELECT length(actor), length(subject), length(address), length(request_id) FROM audit "
                + "ORDER BY id")
        #expect(try (0..<4).map { try rows[0].int($0) } == [100, 300, 100, 200])
        #expect(try rows[1].int(0) == 1)
        let (owner, _) = try fixture.signIn("owner")
        let workspace = try service.createWorkspace(name: "Team", by: owner)
        for _ in 0..<5 {
            try service.audit(
                AuditKind(rawValue: "rate.limited"), workspace: workspace.workspace,
                actor: owner.actor)
        }
        let page = try service.auditEvents(of: workspace, limit: 4)
        #expect(page.map(\.kind.rawValue) == Array(repeating: "rate.limited", count: 4))
        #expect(page.allSatisfy { $0.actorEmail == "owner@example.org" })
        let next = try service.auditEvents(of: workspace, before: page.last?.id, limit: 4)
        #expect(next.map(\.kind) == [AuditKind(rawValue: "rate.limited"), .workspaceCreated])
    }
}
