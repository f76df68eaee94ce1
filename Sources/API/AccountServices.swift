public import Accounts
public import Postgres

/// What accounts need; the command that starts the server puts this together.
public struct AccountServices: Sendable {
    /// Makes and checks access tokens.
    public var signer: AccessTokenSigner
    /// How accounts come to be.
    public var rules: RegistrationRules
    /// The connections on whose threads passwords are hashed, which takes their processor for a
    /// while: few, so that logins can never hold everything else up.
    public var passwordPool: Pool
    /// Deletes the rows of a workspace that nobody can reach any more; returns at once.
    public var eraseWorkspace: @Sendable (_ workspace: Int) -> Void

    /// Makes services.
    ///
    /// - Parameters:
    ///   - signer: Makes and checks access tokens.
    ///   - rules: How accounts come to be.
    ///   - passwordPool: The connections on whose threads passwords are hashed.
    ///   - eraseWorkspace: Deletes the rows of a workspace; returns at once.
    public init(
        signer: AccessTokenSigner, rules: RegistrationRules, passwordPool: Pool,
        eraseWorkspace: @escaping @Sendable (_ workspace: Int) -> Void
    ) {
        self.signer = signer
        self.rules = rules
        self.passwordPool = passwordPool
        self.eraseWorkspace = eraseWorkspace
    }
}
