/// The address of a PostgreSQL server in either of libpq's two forms, checked for its shape.
public struct DatabaseAddress: Sendable, CustomStringConvertible {
    /// The form that the setting needs, in words.
    static let form =
        "write postgresql://USER:PASSWORD@HOST:PORT/DATABASE or host=HOST dbname=DATABASE user=USER"

    /// The address as libpq takes it, with its password.
    public let connection: Secret

    /// The address without its password, for messages and `gitdex doctor`.
    public let description: String

    /// Checks an address; gives nil when the text has neither form.
    ///
    /// - Parameter text: A `postgresql://` or `postgres://` URL, or `keyword=value` pairs.
    public init?(_ text: String) {
        guard !text.isEmpty, !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
            return nil
        }
        let isURL = text.contains("://")
        guard
            let shown = isURL ? DatabaseURLForm.redacted(text) : DatabaseKeywordForm.redacted(text)
        else { return nil }
        connection = Secret(text)
        description = shown
    }

    static func isSecretKeyword(_ keyword: String) -> Bool {
        keyword == "password" || keyword == "sslpassword" || keyword == "oauth_client_secret"
    }

    static func isKeyword(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x5F }
    }
}
