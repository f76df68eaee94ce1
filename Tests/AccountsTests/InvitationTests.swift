import Postgres
import Testing

@testable import Accounts

@Suite("An invitation")
struct InvitationTests {
    private func team(
        _ fixture: AccountsFixture
    ) throws -> (owner: Principal, workspace: Membership) {
        let (owner, _) = try fixture.signIn("owner")
        return (owner, try fixture.service().createWorkspace(name: "Team", by: owner))
    }

    @Test("is accepted once, by the account of its address and no other")
    func accept() throws {
        let fixture = try AccountsFixture()
        let service = fixture.service()
        let (owner, workspace) = try team(fixture)
        let (ada, _) = try fixture.signIn("ada")
        let (eve, _) = try fixture.signIn("eve")
        let made = try service.invite(
            email: "ADA@example.org", role: .admin, to: workspace, by: owner)
        #expect(made.invitation.email == "ada@example.org")
        #expect(RandomText.isToken(made.token))
        #expect(try service.invitations(of: workspace) == [made.invitation])
        expectRefusal(.invitationInvalid) {
            _ = try service.acceptInvitation(token: made.token, by: eve)
        }
        let own = try service.acceptInvitation(token: made.token, by: ada)
        #expect(own.publicID == workspace.publicID && own.role == .admin)
        #expect(try service.invitations(of: workspace).isEmpty)
        try service.removeMember(try #require(ada.user).publicID, from: workspace, by: owner)
        expectRefusal(.invitationInvalid) {
            _ = try service.acceptInvitation(token: made.token, by: ada)
        }
    }

    @Test("is good for nothing when it was taken back, replaced, or its time is over")
    func ends() throws {
        let fixture = try AccountsFixture()
        let service = fixture.service()
        let (owner, workspace) = try team(fixture)
        let (ada, _) = try fixture.signIn("ada")
        func invite() throws -> NewInvitation {
            try service.invite(email: "ada@example.org", role: .reader, to: workspace, by: owner)
        }
        let replaced = try invite()
        let revoked = try invite()
        try service.revokeInvitation(revoked.invitation.id, in: workspace, by: owner)
        expectRefusal(.notFound) {
            try service.revokeInvitation(revoked.invitation.id, in: workspace, by: owner)
        }
        let expired = try invite()
        try fixture.connection.execute(
            "UPDATE invitations SET expires_at = now() WHERE ended_at IS NULL")
        for token in [replaced.token, revoked.token, expired.token] {
            expectRefusal(.invitationInvalid) {
                _ = try service.acceptInvitation(token: token, by: ada)
            }
        }
        #expect(try service.workspaces(of: ada).isEmpty)
    }

    @Test("is made by admins, for a role that is no more than theirs")
    func roles() throws {
        let fixture = try AccountsFixture()
        let service = fixture.service()
        let (owner, workspace) = try team(fixture)
        for acting in Role.allCases {
            let (actor, own) = try fixture.join(workspace, as: acting, "actor-\(acting.rawValue)")
            for role in Role.allCases {
                let isAllowed = acting >= .admin && role <= acting
                let outcome = Result {
                    try service.invite(
                        email: "x-\(role.rawValue)@example.org", role: role, to: own, by: actor)
                }
                #expect(((try? outcome.get()) != nil) == isAllowed, "\(acting) invites \(role)")
            }
            if acting < .admin {
                expectRefusal(.forbidden) { _ = try service.invitations(of: own) }
                expectRefusal(.forbidden) { _ = try service.auditEvents(of: own, limit: 1) }
            }
        }
        expectRefusal(.alreadyMember) {
            _ = try service.invite(
                email: "actor-reader@example.org", role: .reader, to: workspace, by: owner)
        }
        expectRefusal(.invalidEmail) {
            _ = try service.invite(email: "nobody", role: .reader, to: workspace, by: owner)
        }
    }

    @Test("of another workspace is not taken back by its id")
    func elsewhere() throws {
        let fixture = try AccountsFixture()
        let service = fixture.service()
        let (owner, workspace) = try team(fixture)
        let made = try service.invite(
            email: "ada@example.org", role: .reader, to: workspace, by: owner)
        let (stranger, _) = try fixture.signIn("stranger")
        let other = try service.createWorkspace(name: "Other", by: stranger)
        expectRefusal(.notFound) {
            try service.revokeInvitation(made.invitation.id, in: other, by: stranger)
        }
        #expect(try service.invitations(of: workspace).count == 1)
    }

    @Test("is one of a limited number")
    func limit() throws {
        let fixture = try AccountsFixture()
        let service = fixture.service()
        let (owner, workspace) = try team(fixture)
        for number in 0..<AccountService.invitationLimit {
            _ = try service.invite(
                email: "a\(number)@example.org", role: .reader, to: workspace, by: owner)
        }
        expectRefusal(.limitReached) {
            _ = try service.invite(
                email: "more@example.org", role: .reader, to: workspace, by: owner)
        }
        // One more to the same address takes the place of the one before.
        _ = try service.invite(
            email: "a0@example.org", role: .reader, to: workspace, by: owner)
    }
}
