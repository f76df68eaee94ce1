public import Postgres

/// The account of a provider that a workspace is connected to; its secrets are encrypted.
public struct OAuthAccountRecord: Sendable {
    /// The workspace's number.
    public var workspace: Int
    /// The account's number at the provider.
    public var accountID: Int
    /// The account's name at the provider.
    public var login: String
    /// What the token was granted.
    public var scopes: [String]
    /// The token, encrypted; nil where an installation speaks for the account.
    public var token: String?
    /// What gets a new token when this one has ended, encrypted.
    public var refreshToken: String?
    /// When the token ends.
    public var expiresAt: Timestamp?
    /// The number of the app's installation.
    public var installation: Int?
    /// The user who connected it.
    public var connectedBy: Int?
    /// When it was connected.
    public var connectedAt: Timestamp
    /// Since when the provider does not take the token.
    public var invalidSince: Timestamp?
    /// Why not.
    public var invalidReason: String?
    /// Counts changes of the token, so that two that renew it do not undo each other.
    public var version: Int

    /// Makes a record; the parameters are its properties.
    public init(
        workspace: Int, accountID: Int, login: String, scopes: [String], token: String?,
        refreshToken: String? = nil, expiresAt: Timestamp? = nil, installation: Int? = nil,
        connectedBy: Int? = nil, connectedAt: Timestamp = Timestamp(unixMicroseconds: 0),
        invalidSince: Timestamp? = nil, invalidReason: String? = nil, version: Int = 0
    ) {
        self.workspace = workspace
        self.accountID = accountID
        self.login = login
        self.scopes = scopes
        self.token = token
        self.refreshToken = refreshToken
        self.expiresAt = expiresAt
        self.installation = installation
        self.connectedBy = connectedBy
        self.connectedAt = connectedAt
        self.invalidSince = invalidSince
        self.invalidReason = invalidReason
        self.version = version
    }
}
