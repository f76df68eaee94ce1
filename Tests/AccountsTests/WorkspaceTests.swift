import Postgres
import Testing

@testable import Accounts

@Suite("A workspace")
struct WorkspaceTests {
    @Test("belongs to whoever makes it and is seen by its members alone")
    func tenants() throws {
        let fixture = try AccountsFixture()
        let service = fixture.service()
        let (ada, _) = try fixture.signIn("ada")
        let (bob, _) = try fixture.signIn("bob")
        let mine = try service.createWorkspace(name: "  Ada's ", by: ada)
        let theirs = try service.createWorkspace(name: "Ada's", by: bob)
        #expect(mine.name == "Ada's" && mine.role == .owner)
        #expect(mine.publicID.wholeMatch(of: /w[a-z2-7]{20}/) != nil)
        #expect(mine.publicID != theirs.publicID)
        #expect(try service.workspaces(of: ada) == [mine])
        #expect(try service.membership(of: ada, workspace: mine.publicID) == mine)
        for id in [theirs.publicID, "local", "", String(theirs.workspace), "w' OR true --"] {
            #expect(try service.membership(of: ada, workspace: id) == nil)
        }
        #expect(try service.auditEvents(of: theirs, limit: 10).map(\.actor) == [bob.actor])
    }

    @Test("of this machine belongs to no user and cannot be changed")
    func local() throws {
        let fixture = try AccountsFixture()
        let service = fixture.service()
        let (ada, _) = try fixture.signIn("ada")
        let local = try #require(try service.membership(of: .local, workspace: "local"))
        #expect(local.role == .owner)
        #expect(try service.workspaces(of: .local) == [local])
        let mine = try service.createWorkspace(name: "Mine", by: ada)
        #expect(try service.membership(of: .local, workspace: mine.publicID) == nil)
        expectRefusal(.forbidden) { try service.deleteWorkspace(local, by: .local) }
        expectRefusal(.forbidden) {
            _ = try service.renameWorkspace(local, to: "Mine", by: .local)
        }
        expectRefusal(.forbidden) {
            try service.addMember(email: "ada@example.org", role: .owner, to: local)
        }
        expectRefusal(.forbidden) {
            _ = try service.invite(
                email: "bob@example.org", role: .reader, to: local, by: .local)
        }
        expectRefusal(.forbidden) { _ = try service.createWorkspace(name: "W", by: .local) }
    }

    @Test("is renamed by an admin and not by less")
    func rename() throws {
        let fixture = try AccountsFixture()
        let service = fixture.service()
        let (owner, _) = try fixture.signIn("owner")
        let workspace = try service.createWorkspace(name: "Old", by: owner)
        let (member, asMember) = try fixture.join(workspace, as: .member, "member")
        expectRefusal(.forbidden) {
            _ = try service.renameWorkspace(asMember, to: "Mine", by: member)
        }
        // A role that somebody made up does not help: the one that is stored counts.
        let pretended = Membership(
            workspace: workspace.workspace, publicID: workspace.publicID, name: "", role: .owner)
        expectRefusal(.forbidden) {
            _ = try service.renameWorkspace(pretended, to: "Mine", by: member)
        }
        let (stranger, _) = try fixture.signIn("stranger")
        expectRefusal(.notFound) {
            _ = try service.renameWorkspace(pretended, to: "Mine", by: stranger)
        }
        let (admin, asAdmin) = try fixture.join(workspace, as: .admin, "admin")
        #expect(try service.renameWorkspace(asAdmin, to: "New", by: admin).name == "New")
        #expect(try service.workspaces(of: owner).map(\.name) == ["New"])
        for name in ["", " ", "a\nb", "a\u{0}b", String(repeating: "x", count: 201)] {
            expectRefusal(.invalidArgument) {
                _ = try service.renameWorkspace(workspace, to: name, by: owner)
            }
        }
    }

    @Test("is one of a limited number")
    func limit() throws {
        let fixture = try AccountsFixture()
        let service = fixture.service()
        let (ada, _) = try fixture.signIn("ada")
        var last: Membership?
        for _ in 0..<AccountService.workspaceLimit {
            last = try service.createWorkspace(name: "W", by: ada)
        }
        expectRefusal(.limitReached) { _ = try service.createWorkspace(name: "W", by: ada) }
        try service.deleteWorkspace(try #require(last), by: ada)
        _ = try service.createWorkspace(name: "W", by: ada)
    }
}
