internal import Accounts
internal import Postgres

/// Runs what is asked of accounts, on a thread that may block.
struct AccountGate: Sendable {
    let authority: Authority

    /// The parts that accounts need.
    ///
    /// - Throws: ``Problem`` on a server that has no accounts.
    func services() throws(Problem) -> AccountServices {
        if authority.isLocal {
            throw .notFound("a server that was started with --local has no accounts")
        }
        guard let accounts = authority.accounts else {
            throw Problem(.unavailable, "this server has no accounts: set JWT_SECRET")
        }
        return accounts
    }

    /// Runs a closure with the account service.
    ///
    /// - Parameters:
    ///   - request: The request, whose origin the audit log names.
    ///   - hashes: Whether a password is hashed, which has threads of its own.
    ///   - body: What to do; may block.
    /// - Returns: What `body` returned.
    /// - Throws: What `body` throws, or ``Problem`` on a server that has no accounts.
    func run<R: Sendable>(
        _ request: APIRequest, hashes: Bool = false,
        _ body: @escaping @Sendable (AccountService) throws -> R
    ) async throws -> R {
        let accounts = try services()
        let (rules, origin) = (accounts.rules, request.context.origin)
        let pool = hashes ? accounts.passwordPool : authority.pool
        return try await pool.withConnection { connection in
            try body(AccountService(connection: connection, rules: rules, origin: origin))
        }
    }

    /// Writes down what somebody has done in a workspace.
    func record(_ kind: AuditKind, _ request: APIRequest, subject: String?) async throws {
        await authority.record(
            kind, workspace: try request.membership().workspace,
            actor: try request.principal().actor, subject: subject, request.context)
    }
}
