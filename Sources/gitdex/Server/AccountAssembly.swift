import API
import Accounts
import Logging
import Postgres
import Settings
import Storage

/// Puts together what a server with accounts needs.
struct AccountAssembly {
    /// Logins that hash a password at once; each keeps a processor busy for some tenths of a second.
    private static let passwordConnections = 2

    let settings: GitdexSettings
    let url: String
    let pool: Pool

    /// What the API needs for accounts.
    ///
    /// - Throws: `SettingsError` where no secret is set.
    func services() async throws -> AccountServices {
        let accounts = settings.accounts
        let secrets = try accounts.requiredJWTSecrets().map { Array($0.reveal().utf8) }
        let pool = pool
        let logger = Logger(label: "gitdex.accounts")
        return AccountServices(
            signer: try await AccessTokenSigner(secrets: secrets, issuer: accounts.jwtIssuer),
            rules: Self.rules(accounts.registration),
            passwordPool: Pool(
                url: url, options: .program("gitdex passwords"),
                limit: Self.passwordConnections)
        ) { workspace in
            Task {
                do {
                    try await pool.withConnection {
                        try WorkspaceStore(connection: $0).erase(workspace)
                    }
                } catch {
                    // A worker's clean-up finishes it.
                    logger.warning(
                        "a deleted workspace's rows are still there",
                        metadata: ["workspace": "\(workspace)", "error": "\(error)"])
                }
            }
        }
    }

    private static func rules(_ registration: AccountSettings.Registration) -> RegistrationRules {
        switch registration {
        case .open: .open
        case .invitation: .invitation
        case .closed: .closed
        }
    }

    /// Whom the server lets in from where, and how often.
    static func edges(_ settings: GitdexSettings) -> EdgeRules {
        let edges = settings.edges
        var rules = EdgeRules()
        rules.publicURL = settings.accounts.publicURL
        rules.corsOrigins = edges.corsOrigins
        rules.trustedProxies = edges.trustedProxies
        rules.requestsPerAddress = edges.requestsPerAddress
        rules.requestsPerUser = edges.requestsPerUser
        rules.requestsPerKey = edges.requestsPerKey
        rules.loginsPerAddress = edges.loginsPerAddress
        rules.failuresPerAddress = edges.failuresPerAddress
        return rules
    }
}
