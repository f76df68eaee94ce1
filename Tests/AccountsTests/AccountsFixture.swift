import GitdexTesting
import Migrations
import Postgres
import Storage

@testable import Accounts

/// A database with the whole schema, and what the tests need to sign in.
final class AccountsFixture {
    static let password = "nine green lamps 41"
    static let rounds = 1_000

    let database: TestDatabase
    /// Sees every row.
    let connection: Connection
    /// A connection of the program's own, which sees what row security shows.
    let program: Connection

    init() throws {
        database = try TestDatabase()
        connection = try database.connect()
        try SchemaMigrator(connection: connection).up()
        program = try database.connect(.program())
    }

    /// Another connection of the program's own.
    func connect() throws -> Connection { try database.connect(.program()) }

    func service(
        _ rules: RegistrationRules = .open, on other: Connection? = nil,
        origin: RequestOrigin = RequestOrigin(), rounds: Int = AccountsFixture.rounds
    ) -> AccountService {
        AccountService(
            connection: other ?? program, rules: rules, origin: origin, rounds: rounds)
    }

    /// Makes a user and signs in.
    func signIn(_ name: String) throws -> (principal: Principal, session: Session) {
        let service = service()
        let email = "\(name)@example.org"
        _ = try service.register(email: email, password: Self.password)
        return try signInAgain(name)
    }

    func signInAgain(_ name: String) throws -> (principal: Principal, session: Session) {
        let session = try service().login(
            email: "\(name)@example.org", password: Self.password)
        return (.user(session.user, session: session.id), session)
    }

    /// Whom an open session shows, as a request would.
    func principal(of session: Session) throws -> Principal {
        try service().authenticate(.access(claims(of: session)))
    }

    func claims(of session: Session) -> AccessClaims {
        AccessClaims(
            subject: session.user.publicID, session: session.id, issuedAt: 0, expiresAt: 0)
    }

    /// Makes a member of a workspace.
    func join(
        _ workspace: Membership, as role: Role, _ name: String
    ) throws -> (principal: Principal, membership: Membership) {
        let (principal, _) = try signIn(name)
        try service().addMember(email: "\(name)@example.org", role: role, to: workspace)
        guard let found = try service().membership(of: principal, workspace: workspace.publicID)
        else { throw AccountError.notFound("workspace") }
        return (principal, found)
    }

    /// What the audit log says, oldest first.
    func audited() throws -> [String] {
        try connection.query("SELECT event FROM audit ORDER BY id").map { try $0.string(0) }
    }
}
