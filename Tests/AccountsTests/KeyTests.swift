import Postgres
import Testing

@testable import Accounts

@Suite("An API key")
struct KeyTests {
    private func workspace(
        _ fixture: AccountsFixture
    ) throws -> (owner: Principal, workspace: Membership) {
        let (owner, _) = try fixture.signIn("owner")
        return (owner, try fixture.service().createWorkspace(name: "Team", by: owner))
    }

    @Test("works in its workspace for its user, and no further than its scopes")
    func scopes() throws {
        let fixture = try AccountsFixture()
        let service = fixture.service()
        let (owner, workspace) = try workspace(fixture)
        let other = try service.createWorkspace(name: "Other", by: owner)
        for (scopes, role) in [
            ([Scope.search], Role.reader), ([.index, .search], .member), ([.admin], .admin),
        ] {
            let made = try service.createKey(
                name: "ci", scopes: Set(scopes), in: workspace, by: owner)
            #expect(made.text.wholeMatch(of: /gdx_[A-Za-z0-9_-]{43}/) != nil)
            #expect(made.text.hasPrefix(made.key.prefix) && made.key.prefix.count == 10)
            let principal = try service.authenticate(.apiKey(made.text))
            #expect(principal.user?.email == "owner@example.org")
            #expect(principal.actor == "key:\(made.key.id)")
            for scope in Scope.allCases {
                #expect(principal.allows(scope) == scopes.contains(scope))
            }
            let found = try service.membership(of: principal, workspace: workspace.publicID)
            #expect(found?.role == role)
            #expect(try service.membership(of: principal, workspace: other.publicID) == nil)
            #expect(try service.workspaces(of: principal).map(\.publicID) == [workspace.publicID])
        }
    }

    @Test("never may more than its user, also when that changes")
    func role() throws {
        let fixture = try AccountsFixture()
        let service = fixture.service()
        let (owner, workspace) = try workspace(fixture)
        let (reader, asReader) = try fixture.join(workspace, as: .reader, "reader")
        expectRefusal(.forbidden) {
            _ = try service.createKey(name: "k", scopes: [.index], in: asReader, by: reader)
        }
        let (admin, asAdmin) = try fixture.join(workspace, as: .admin, "admin")
        let key = try service.createKey(name: "k", scopes: [.admin], in: asAdmin, by: admin)
        let principal = try service.authenticate(.apiKey(key.text))
        try service.setRole(
            .reader, of: try #require(admin.user).publicID, in: workspace, by: owner)
        let found = try service.membership(of: principal, workspace: workspace.publicID)
        #expect(found?.role == .reader)
        // A request that was let in before is held to the role of now.
        expectRefusal(.forbidden) {
            _ = try service.renameWorkspace(asAdmin, to: "Mine", by: principal)
        }
        try service.removeMember(
            try #require(admin.user).publicID, from: workspace, by: owner)
        expectRefusal(.tokenInvalid) { _ = try service.authenticate(.apiKey(key.text)) }
    }

    @Test("is stored as a hash, listed without its text, and found by nothing shorter")
    func storage() throws {
        let fixture = try AccountsFixture()
        let service = fixture.service()
        let (owner, workspace) = try workspace(fixture)
        let made = try service.createKey(
            name: " ci ", scopes: [.search], expiresInDays: 30, in: workspace, by: owner)
        let listed = try service.keys(in: workspace, by: owner)
        #expect(listed == [made.key])
        #expect(made.key.name == "ci" && made.key.lastUsedAt == nil && made.key.expiresAt != nil)
        #expect(
            try fixture.connection.query("SELECT hash FROM api_keys").only().bytes(0)
                == RandomText.hash(made.text))
        for text in [made.key.prefix, String(made.text.dropLast()), made.text.lowercased(), ""] {
            expectRefusal(.tokenInvalid) { _ = try service.authenticate(.apiKey(text)) }
        }
    }

    @Test(
        "ends when it is revoked, by its user or an admin and nobody else, or when its time is over"
    )
    func ends() throws {
        let fixture = try AccountsFixture()
        let service = fixture.service()
        let (owner, workspace) = try workspace(fixture)
        let (member, asMember) = try fixture.join(workspace, as: .member, "member")
        let (reader, asReader) = try fixture.join(workspace, as: .reader, "reader")
        func makeKey() throws -> NewAPIKey {
            try service.createKey(name: "k", scopes: [.search], in: asMember, by: member)
        }
        let keys = [try makeKey(), try makeKey(), try makeKey(), try makeKey()]
        #expect(try service.keys(in: asReader, by: reader).isEmpty)
        #expect(try service.keys(in: workspace, by: owner).count == 4)
        expectRefusal(.notFound) {
            try service.revokeKey(keys[0].key.id, in: asReader, by: reader)
        }
        let asKey = try service.authenticate(.apiKey(keys[3].text))
        let keyMembership = try #require(
            try service.membership(of: asKey, workspace: workspace.publicID))
        expectRefusal(.notFound) {
            try service.revokeKey(keys[0].key.id, in: keyMembership, by: asKey)
        }
        try service.revokeKey(keys[0].key.id, in: asMember, by: member)
        try service.revokeKey(keys[1].key.id, in: workspace, by: owner)
        try service.revokeKey(keys[3].key.id, in: keyMembership, by: asKey)
        expectRefusal(.notFound) {
            try service.revokeKey(keys[0].key.id, in: asMember, by: member)
        }
        _ = try service.authenticate(.apiKey(keys[2].text))
        try fixture.connection.execute("UPDATE api_keys SET expires_at = now()")
        for key in keys {
            expectRefusal(.tokenInvalid) { _ = try service.authenticate(.apiKey(key.text)) }
        }
        #expect(try fixture.audited().filter { $0 == "key.revoked" }.count == 3)
    }

    @Test("of another workspace cannot be revoked by its id")
    func elsewhere() throws {
        let fixture = try AccountsFixture()
        let service = fixture.service()
        let (owner, workspace) = try workspace(fixture)
        let key = try service.createKey(name: "k", scopes: [.search], in: workspace, by: owner)
        let (stranger, _) = try fixture.signIn("stranger")
        let other = try service.createWorkspace(name: "Other", by: stranger)
        expectRefusal(.notFound) { try service.revokeKey(key.key.id, in: other, by: stranger) }
        _ = try service.authenticate(.apiKey(key.text))
    }

    @Test("makes no keys, no workspaces, changes no password and accepts nothing")
    func confined() throws {
        let fixture = try AccountsFixture()
        let service = fixture.service()
        let (owner, workspace) = try workspace(fixture)
        let text = try service.createKey(
            name: "k", scopes: Set(Scope.allCases), in: workspace, by: owner
        ).text
        let key = try service.authenticate(.apiKey(text))
        let asKey = try #require(try service.membership(of: key, workspace: workspace.publicID))
        expectRefusal(.forbidden) {
            _ = try service.createKey(name: "k", scopes: [.search], in: asKey, by: key)
        }
        expectRefusal(.forbidden) { _ = try service.createWorkspace(name: "W", by: key) }
        expectRefusal(.forbidden) {
            try service.changePassword(
                of: key, current: AccountsFixture.password, new: "eleven blue lamps 52")
        }
        expectRefusal(.forbidden) { _ = try service.acceptInvitation(token: text, by: key) }
        expectRefusal(.forbidden) { try service.deleteWorkspace(asKey, by: key) }
        expectRefusal(.forbidden) {
            _ = try service.invite(email: "a@example.org", role: .owner, to: asKey, by: key)
        }
        expectRefusal(.forbidden) {
            try service.setRole(
                .owner, of: try #require(owner.user).publicID, in: asKey, by: key)
        }
    }

    @Test("notes its use once a minute at most")
    func lastUse() throws {
        let fixture = try AccountsFixture()
        let service = fixture.service()
        let (owner, workspace) = try workspace(fixture)
        let text = try service.createKey(
            name: "k", scopes: [.search], in: workspace, by: owner
        ).text
        func version() throws -> String {
            try fixture.connection.query("SELECT xmin::text FROM api_keys").only().string(0)
        }
        _ = try service.authenticate(.apiKey(text))
        #expect(try service.keys(in: workspace, by: owner).first?.lastUsedAt != nil)
        let noted = try version()
        _ = try service.authenticate(.apiKey(text))
        #expect(try version() == noted)
        try fixture.connection.execute(
            "UPDATE api_keys SET last_used_at = now() - interval '61 seconds'")
        let before = try version()
        _ = try service.authenticate(.apiKey(text))
        #expect(try version() != before)
    }

    @Test("has a name, a scope and an end that make sense, and not too many others beside it")
    func limits() throws {
        let fixture = try AccountsFixture()
        let service = fixture.service()
        let (owner, workspace) = try workspace(fixture)
        for (name, scopes, days) in [
            ("", Set([Scope.search]), nil), ("a\u{7}b", [.search], nil),
            ("a\u{202E}b", [.search], nil),
            (String(repeating: "x", count: 101), [.search], nil), ("k", [], nil),
            ("k", [.search], 0), ("k", [.search], 3651), ("k", [.search], -1),
        ] as [(String, Set<Scope>, Int?)] {
            expectRefusal(.invalidArgument) {
                _ = try service.createKey(
                    name: name, scopes: scopes, expiresInDays: days, in: workspace, by: owner)
            }
        }
        for _ in 0..<AccountService.keyLimit {
            _ = try service.createKey(name: "k", scopes: [.search], in: workspace, by: owner)
        }
        expectRefusal(.limitReached) {
            _ = try service.createKey(name: "k", scopes: [.search], in: workspace, by: owner)
        }
    }
}
