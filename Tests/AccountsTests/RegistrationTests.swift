import GitdexTesting
import Postgres
import Testing
import Threads

@testable import Accounts

@Suite("Registering")
struct RegistrationTests {
    private let password = AccountsFixture.password

    @Test("makes an account with a public id that says nothing")
    func open() throws {
        let fixture = try AccountsFixture()
        let first = try fixture.service().register(email: " Ada@Example.org", password: password)
        let second = try fixture.service().register(email: "bob@example.org", password: password)
        #expect(first.email == "ada@example.org")
        #expect(!first.isDisabled && first.lastLoginAt == nil)
        for user in [first, second] {
            #expect(user.publicID.wholeMatch(of: /u[a-z2-7]{20}/) != nil)
        }
        #expect(first.publicID != second.publicID)
        #expect(try fixture.audited() == ["user.created", "user.created"])
        expectRefusal(.emailTaken) {
            _ = try fixture.service().register(email: "ADA@example.org", password: password)
        }
    }

    @Test("refuses what can be no address or no password")
    func values() throws {
        let fixture = try AccountsFixture()
        expectRefusal(.invalidEmail) {
            _ = try fixture.service().register(email: "ada", password: password)
        }
        expectRefusal(.weakPassword) {
            _ = try fixture.service().register(email: "ada@example.org", password: "short")
        }
        #expect(try fixture.service().users().isEmpty)
    }

    @Test("by invitation lets the first user of an empty server in, and then nobody")
    func firstUser() throws {
        let fixture = try AccountsFixture()
        let service = fixture.service(.invitation)
        _ = try service.register(email: "ada@example.org", password: password)
        // The same for an address that has an account and one that has none.
        for email in ["ada@example.org", "bob@example.org"] {
            expectRefusal(.registrationClosed) {
                _ = try service.register(email: email, password: password)
            }
        }
    }

    @Test("makes one first user when two come at once")
    func race() throws {
        let fixture = try AccountsFixture()
        let outcomes = Monitor<[Bool]>([])
        let threads = (0..<6).map { number in
            (number, SerialThread(name: "register-\(number)"))
        }
        let (url, password) = (fixture.database.url, password)
        for (number, thread) in threads {
            thread.submit {
                let made = Result {
                    try AccountService(
                        connection: try Connection(url, options: .program()), rules: .invitation,
                        rounds: AccountsFixture.rounds
                    ).register(email: "user\(number)@example.org", password: password)
                }
                outcomes.change { $0.append((try? made.get()) != nil) }
            }
        }
        let all = outcomes.wait { $0.count == threads.count ? $0 : nil }
        #expect(all.count { $0 } == 1)
        #expect(try fixture.service().users().count == 1)
    }

    @Test("is closed to everybody, the first user too, where it is closed")
    func closed() throws {
        let fixture = try AccountsFixture()
        expectRefusal(.registrationClosed) {
            _ = try fixture.service(.closed).register(
                email: "ada@example.org", password: password)
        }
        let made = try fixture.service(.closed).createUser(
            email: "ada@example.org", password: password)
        #expect(
            try fixture.service(.closed).login(email: made.email, password: password)
                .user.publicID == made.publicID)
    }

    @Test("with an invitation makes a member, and uses the invitation up")
    func invited() throws {
        let fixture = try AccountsFixture()
        let (owner, _) = try fixture.signIn("owner")
        let service = fixture.service(.invitation)
        let workspace = try service.createWorkspace(name: "Team", by: owner)
        let made = try service.invite(
            email: "Ada@example.org", role: .member, to: workspace, by: owner)
        expectRefusal(.invitationInvalid) {
            _ = try service.register(
                email: "bob@example.org", password: password, invitation: made.token)
        }
        #expect(try fixture.service().users().count == 1)
        let ada = try service.register(
            email: "ada@example.org", password: password, invitation: made.token)
        let (principal, _) = try fixture.signInAgain("ada")
        let found = try service.membership(of: principal, workspace: workspace.publicID)
        #expect(found?.role == .member)
        #expect(try service.members(of: workspace).map(\.userID).contains(ada.publicID))
        #expect(try service.invitations(of: workspace).isEmpty)
        expectRefusal(.invitationInvalid) {
            _ = try service.register(
                email: "bob@example.org", password: password, invitation: made.token)
        }
        expectRefusal(.registrationClosed) {
            _ = try fixture.service(.closed).register(
                email: "bob@example.org", password: password, invitation: made.token)
        }
    }

    @Test("with an invitation that ended, or with what is none, makes nothing")
    func endedInvitation() throws {
        let fixture = try AccountsFixture()
        let (owner, _) = try fixture.signIn("owner")
        let service = fixture.service(.invitation)
        let workspace = try service.createWorkspace(name: "Team", by: owner)
        let made = try service.invite(
            email: "ada@example.org", role: .member, to: workspace, by: owner)
        try fixture.connection.execute("UPDATE invitations SET expires_at = now()")
        for token in [made.token, "", "x", "'; DROP TABLE users; --", owner.actor] {
            expectRefusal(.invitationInvalid) {
                _ = try service.register(
                    email: "ada@example.org", password: password, invitation: token)
            }
        }
        #expect(try fixture.service().users().count == 1)
    }
}
