/// A column that holds secrets, encrypted with the keys of `ENCRYPTION_KEY`.
///
/// ``all`` is the list that a change of keys goes through: whoever adds such a column adds it there,
/// and a test looks for columns that are missing.
public struct EncryptedColumn: Sendable, Equatable {
    /// Its table.
    public let table: String
    /// Its name.
    public let column: String
    /// Whether the table's rows are seen by workspace, and not by the service alone.
    public let isTenant: Bool

    init(_ table: String, _ column: String, isTenant: Bool = true) {
        self.table = table
        self.column = column
        self.isTenant = isTenant
    }

    /// Every column of this kind.
    public static let all: [EncryptedColumn] = [
        EncryptedColumn("repositories", "credentials"),
        EncryptedColumn("repositories", "webhook_secret"),
        EncryptedColumn("repositories", "previous_webhook_secret"),
        EncryptedColumn("oauth_accounts", "token"),
        EncryptedColumn("oauth_accounts", "refresh_token"),
        EncryptedColumn("oauth_states", "verifier", isTenant: false),
    ]
}
