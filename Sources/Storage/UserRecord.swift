public import Postgres

/// A row of `users`.
public struct UserRecord: Sendable, Equatable {
    /// Its number.
    public var id: Int
    /// Its id outside.
    public var publicID: String
    /// Its address, in the one form that the program computes.
    public var email: String
    /// The hash of the password, with algorithm and parameters.
    public var passwordHash: String
    /// Whether the account is closed.
    public var isDisabled: Bool
    /// When it was made.
    public var createdAt: Timestamp
    /// When a login last succeeded.
    public var lastLoginAt: Timestamp?
}
