import Accounts

/// An account, as `user --json` prints it.
struct UserDocument: Encodable {
    private enum CodingKeys: String, CodingKey {
        case id, email, disabled, password
        case createdAt = "created_at"
        case lastLoginAt = "last_login_at"
    }

    let id: String
    let email: String
    let disabled: Bool
    let createdAt: String
    let lastLoginAt: String?
    /// The one that was made for the user, shown this once.
    let password: String?

    init(_ user: User, password: String? = nil) {
        id = user.publicID
        email = user.email
        disabled = user.isDisabled
        createdAt = user.createdAt.text
        lastLoginAt = user.lastLoginAt?.text
        self.password = password
    }
}
