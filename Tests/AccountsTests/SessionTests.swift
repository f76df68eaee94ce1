import GitdexTesting
import Postgres
import Storage
import Testing
import Threads

@testable import Accounts

@Suite("A session")
struct SessionTests {
    @Test("goes on with each refresh token once")
    func rotation() throws {
        let fixture = try AccountsFixture()
        let (principal, first) = try fixture.signIn("ada")
        let second = try fixture.service().refresh(first.refreshToken)
        let third = try fixture.service().refresh(second.refreshToken)
        #expect(second.id == first.id && third.id == first.id)
        #expect(Set([first, second, third].map(\.refreshToken)).count == 3)
        #expect(try fixture.principal(of: third).actor == principal.actor)
    }

    @Test("ends with all its tokens when one comes again, and others go on")
    func reuse() throws {
        let fixture = try AccountsFixture()
        let (_, first) = try fixture.signIn("ada")
        let (_, elsewhere) = try fixture.signInAgain("ada")
        let second = try fixture.service().refresh(first.refreshToken)
        expectRefusal(.tokenReused) { _ = try fixture.service().refresh(first.refreshToken) }
        expectRefusal(.tokenInvalid) { _ = try fixture.service().refresh(second.refreshToken) }
        expectRefusal(.tokenInvalid) { _ = try fixture.principal(of: second) }
        _ = try fixture.principal(of: elsewhere)
        _ = try fixture.service().refresh(elsewhere.refreshToken)
        #expect(try fixture.audited().filter { $0 == "token.reused" }.count == 1)
        expectRefusal(.tokenReused) { _ = try fixture.service().refresh(first.refreshToken) }
        #expect(try fixture.audited().filter { $0 == "token.reused" }.count == 1)
    }

    @Test("gives one next token when a token comes twice at once, and ends")
    func race() throws {
        let fixture = try AccountsFixture()
        let (_, session) = try fixture.signIn("ada")
        let outcomes = Monitor<[Result<Session, any Error>]>([])
        let (url, token) = (fixture.database.url, session.refreshToken)
        let threads = (0..<4).map { SerialThread(name: "refresh-\($0)") }
        for thread in threads {
            thread.submit {
                let outcome = Result {
                    try AccountService(connection: try Connection(url, options: .program()))
                        .refresh(token)
                }
                outcomes.change { $0.append(outcome) }
            }
        }
        let all = outcomes.wait { $0.count == threads.count ? $0 : nil }
        let good = all.compactMap { try? $0.get() }
        #expect(good.count == 1)
        for case .failure(let error) in all {
            #expect((error as? AccountError)?.code == .tokenReused)
        }
        expectRefusal(.tokenInvalid) {
            _ = try fixture.service().refresh(try #require(good.first).refreshToken)
        }
    }

    @Test("ends at logout, by its token or by who asks, and no other does")
    func logout() throws {
        let fixture = try AccountsFixture()
        let (_, first) = try fixture.signIn("ada")
        let (second, secondSession) = try fixture.signInAgain("ada")
        let (third, _) = try fixture.signInAgain("ada")
        try fixture.service().logout(refreshToken: first.refreshToken)
        expectRefusal(.tokenInvalid) { _ = try fixture.principal(of: first) }
        expectRefusal(.tokenInvalid) { _ = try fixture.service().refresh(first.refreshToken) }
        try fixture.service().logout(second)
        expectRefusal(.tokenInvalid) { _ = try fixture.principal(of: secondSession) }
        for nothing in ["", "x", "gdx_", first.refreshToken] {
            try fixture.service().logout(refreshToken: nothing)
        }
        guard case .user(_, let id) = third else { return }
        #expect(
            try fixture.connection.query("SELECT public_id FROM sessions WHERE ended_at IS NULL")
                .only().string(0) == id)
        #expect(try fixture.audited().filter { $0 == "session.ended" }.count == 2)
    }

    @Test("and all else of a user is good for nothing once the account is closed")
    func disabled() throws {
        let fixture = try AccountsFixture()
        let (principal, session) = try fixture.signIn("ada")
        let workspace = try fixture.service().createWorkspace(name: "Team", by: principal)
        let key = try fixture.service().createKey(
            name: "ci", scopes: [.search], in: workspace, by: principal)
        #expect(try fixture.service().disable(email: "ada@example.org").isDisabled)
        expectRefusal(.tokenInvalid) { _ = try fixture.principal(of: session) }
        expectRefusal(.tokenInvalid) { _ = try fixture.service().refresh(session.refreshToken) }
        expectRefusal(.tokenInvalid) {
            _ = try fixture.service().authenticate(.apiKey(key.text))
        }
        #expect(try !fixture.service().enable(email: "ada@example.org").isDisabled)
        expectRefusal(.tokenInvalid) { _ = try fixture.principal(of: session) }
        _ = try fixture.service().authenticate(.apiKey(key.text))
        _ = try fixture.signInAgain("ada")
        #expect(
            try fixture.audited().suffix(3) == ["user.disabled", "user.enabled", "login.succeeded"])
    }

    @Test("goes on after a change of the password, and all others end")
    func passwordChange() throws {
        let fixture = try AccountsFixture()
        let (principal, session) = try fixture.signIn("ada")
        let (_, other) = try fixture.signInAgain("ada")
        let (_, stranger) = try fixture.signIn("bob")
        let new = "eleven blue lamps 52"
        expectRefusal(.invalidCredentials) {
            try fixture.service().changePassword(of: principal, current: "wrong", new: new)
        }
        for weak in ["short", "ada@example.org", AccountsFixture.password] {
            expectRefusal(.weakPassword) {
                try fixture.service().changePassword(
                    of: principal, current: AccountsFixture.password, new: weak)
            }
        }
        _ = try fixture.principal(of: other)
        try fixture.service().changePassword(
            of: principal, current: AccountsFixture.password, new: new)
        _ = try fixture.principal(of: session)
        _ = try fixture.principal(of: stranger)
        expectRefusal(.tokenInvalid) { _ = try fixture.principal(of: other) }
        expectRefusal(.tokenInvalid) { _ = try fixture.service().refresh(other.refreshToken) }
        expectRefusal(.invalidCredentials) { _ = try fixture.signInAgain("ada") }
        _ = try fixture.service().login(email: "ada@example.org", password: new)
        #expect(try fixture.audited().contains("password.refused"))
        try fixture.service().setPassword(of: "ada@example.org", to: AccountsFixture.password)
        expectRefusal(.tokenInvalid) { _ = try fixture.principal(of: session) }
        _ = try fixture.signInAgain("ada")
    }

    @Test("is over when its time or its token's is")
    func expiry() throws {
        let fixture = try AccountsFixture()
        let (_, first) = try fixture.signIn("ada")
        try fixture.connection.execute("UPDATE refresh_tokens SET expires_at = now()")
        expectRefusal(.tokenExpired) { _ = try fixture.service().refresh(first.refreshToken) }
        _ = try fixture.principal(of: first)
        let (_, second) = try fixture.signInAgain("ada")
        try fixture.connection.execute("UPDATE sessions SET expires_at = now()")
        expectRefusal(.tokenExpired) { _ = try fixture.service().refresh(second.refreshToken) }
        expectRefusal(.tokenInvalid) { _ = try fixture.principal(of: second) }
    }

    @Test("is not another user's, whatever a token says")
    func mixedClaims() throws {
        let fixture = try AccountsFixture()
        let (_, ada) = try fixture.signIn("ada")
        let (_, bob) = try fixture.signIn("bob")
        let mixed = AccessClaims(
            subject: ada.user.publicID, session: bob.id, issuedAt: 0, expiresAt: 0)
        expectRefusal(.tokenInvalid) { _ = try fixture.service().authenticate(.access(mixed)) }
    }

    @Test("is forgotten long after its end, and not before")
    func prune() throws {
        let fixture = try AccountsFixture()
        let (_, ended) = try fixture.signIn("ada")
        let (_, open) = try fixture.signInAgain("ada")
        try fixture.service().logout(refreshToken: ended.refreshToken)
        let store = fixture.service().accounts
        #expect(try store.prune(olderThan: 3600) == 0)
        try fixture.connection.execute(
            "UPDATE sessions SET ended_at = now() - interval '2 hours' WHERE ended_at IS NOT NULL")
        #expect(try store.prune(olderThan: 3600) == 1)
        _ = try fixture.service().refresh(open.refreshToken)
        #expect(try fixture.connection.query("SELECT FROM refresh_tokens").count == 2)
    }
}
