internal import Accounts
internal import Postgres

/// An account, as JSON.
struct UserDocument: Encodable {
    private enum CodingKeys: String, CodingKey {
        case id, email
        case createdAt = "created_at"
    }

    let user: User

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(user.publicID, forKey: .id)
        try container.encode(user.email, forKey: .email)
        try container.encode(TimeText.text(user.createdAt), forKey: .createdAt)
    }
}

/// Who is signed in, as JSON.
struct MeDocument: Encodable {
    private enum CodingKeys: String, CodingKey {
        case workspaces
        case authenticatedBy = "authenticated_by"
    }

    let user: User
    let principal: Principal
    let memberships: [Membership]

    func encode(to encoder: any Encoder) throws {
        try UserDocument(user: user).encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        let kind =
            switch principal {
            case .apiKey: "api_key"
            default: "session"
            }
        try container.encode(kind, forKey: .authenticatedBy)
        try container.encode(
            memberships.map { WorkspaceDocument(membership: $0) }, forKey: .workspaces)
    }
}

/// The tokens of a session, as JSON.
struct TokensDocument: Encodable {
    private enum CodingKeys: String, CodingKey {
        case accessToken = "access_token"
        case tokenType = "token_type"
        case expiresIn = "expires_in"
        case refreshToken = "refresh_token"
    }

    let pair: TokenPair
    let showsRefreshToken: Bool

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(pair.accessToken, forKey: .accessToken)
        try container.encode("Bearer", forKey: .tokenType)
        try container.encode(pair.expiresIn, forKey: .expiresIn)
        if showsRefreshToken { try container.encode(pair.refreshToken, forKey: .refreshToken) }
    }
}
