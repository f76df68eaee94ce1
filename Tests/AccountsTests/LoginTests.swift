import Glibc
import Postgres
import Storage
import Testing

@testable import Accounts

@Suite("Signing in")
struct LoginTests {
    private let password = AccountsFixture.password

    @Test("opens a session, in any spelling of the address")
    func login() throws {
        let fixture = try AccountsFixture()
        let user = try fixture.service().register(email: "ada@example.org", password: password)
        let session = try fixture.service(
            origin: RequestOrigin(address: "203.0.113.9", requestID: "r1")
        ).login(email: " ADA@example.org ", password: password)
        #expect(session.user.publicID == user.publicID)
        #expect(RandomText.isToken(session.refreshToken))
        #expect(try fixture.principal(of: session).actor == "user:\(user.publicID)")
        #expect(try fixture.service().user(email: user.email).lastLoginAt != nil)
        let row = try fixture.connection.query(
            "SELECT actor, subject, address, request_id FROM audit WHERE event = 'login.succeeded'"
        ).only()
        #expect(
            try (0..<4).map { try row.string($0) }
                == ["user:\(user.publicID)", "user:\(user.publicID)", "203.0.113.9", "r1"])
    }

    @Test("is refused in the same words whatever is wrong")
    func refused() throws {
        let fixture = try AccountsFixture()
        _ = try fixture.service().register(email: "ada@example.org", password: password)
        _ = try fixture.service().register(email: "gone@example.org", password: password)
        _ = try fixture.service().disable(email: "gone@example.org")
        var words: Set<String> = []
        for (email, password) in [
            ("ada@example.org", "nine green lamps 42"), ("ada@example.org", ""),
            ("ada@example.org", password + " "),
            ("ada@example.org", String(repeating: "x", count: 5000)),
            ("bob@example.org", password), ("gone@example.org", password), ("no address", password),
            ("' OR 1 = 1 --", password), ("ada@example.org\0", password), ("", ""),
        ] {
            let error = #expect(throws: AccountError.self) {
                try fixture.service().login(email: email, password: password)
            }
            #expect(error?.code == .invalidCredentials)
            words.insert(error?.description ?? "")
        }
        #expect(words.count == 1)
        #expect(try fixture.connection.query("SELECT FROM sessions").isEmpty)
        let failures = try fixture.connection.query(
            "SELECT actor, subject FROM audit WHERE event = 'login.failed' ORDER BY id")
        #expect(failures.count == 10)
        // What a stranger typed stands nowhere: it may have been a password.
        #expect(try failures.allSatisfy { try $0.string(0) == "anonymous" })
        #expect(try failures.count { try $0.optionalString(1) != nil } == 5)
    }

    /// In the processor time of this thread, which load elsewhere does not lengthen.
    private func seconds(_ body: () throws -> Void) rethrows -> Double {
        func now() -> Double {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        }
        var best = Double.infinity
        for _ in 0..<3 {
            let start = now()
            try body()
            best = min(best, now() - start)
        }
        return best
    }

    @Test("takes as long for an address without an account, and for a hash of fewer rounds")
    func timing() throws {
        let fixture = try AccountsFixture()
        let rounds = 200_000
        let service = fixture.service(rounds: rounds)
        _ = try service.register(email: "ada@example.org", password: password)
        _ = try fixture.service().register(email: "old@example.org", password: password)
        func attempt(_ email: String) -> Double {
            seconds { _ = try? service.login(email: email, password: "wrong password 7") }
        }
        let known = attempt("ada@example.org")
        for email in ["bob@example.org", "old@example.org", "no address"] {
            let ratio = attempt(email) / known
            #expect((0.7...1.4).contains(ratio), "\(email) takes \(ratio) times as long")
        }
    }

    @Test("stores the password under the parameters of today")
    func rehash() throws {
        let fixture = try AccountsFixture()
        _ = try fixture.service().register(email: "ada@example.org", password: password)
        func stored() throws -> String {
            try fixture.connection.query("SELECT password_hash FROM users").only().string(0)
        }
        let old = try stored()
        let session = try fixture.service(rounds: 3000).login(
            email: "ada@example.org", password: password)
        #expect(try stored().hasPrefix("$pbkdf2-sha256$i=3000$"))
        #expect(
            try fixture.principal(of: session)
                == .user(fixture.service().user(email: "ada@example.org"), session: session.id))
        _ = try fixture.service().login(email: "ada@example.org", password: password)
        // Never under weaker ones.
        #expect(try stored().hasPrefix("$pbkdf2-sha256$i=3000$"))
        #expect(try stored() != old)
    }

    @Test("does not succeed when the password changes while it is compared")
    func changedMeanwhile() throws {
        let fixture = try AccountsFixture()
        let user = try fixture.service().register(email: "ada@example.org", password: password)
        let store = fixture.service().accounts
        let before = try #require(try store.user(id: user.id)).passwordHash
        try fixture.service().setPassword(of: user.email, to: "another nine lamps")
        #expect(
            try !store.openSession(
                user: user.id, passwordHash: before, publicID: "s1",
                tokenHash: RandomText.hash("t"), tokenSeconds: 60, sessionSeconds: 60))
        #expect(try fixture.connection.query("SELECT FROM sessions").isEmpty)
    }
}
