#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The header field that says who reads a remote, for its first request.
///
/// libgit2 waits to be asked, and cannot read how some small servers ask: an answer without a type,
/// or one that ends with the connection.
enum BasicAuthorization {
    /// The field for credentials that go over HTTP.
    ///
    /// - Returns: The field; nil where there is nothing to say, or it cannot be said so.
    static func field(of credentials: RemoteCredentials, to url: RemoteURL) -> String? {
        guard url.transport == .https || url.transport == .http,
            case .token(let username, let password) = credentials, !username.contains(":")
        else { return nil }
        return "Authorization: Basic "
            + Data("\(username):\(password)".utf8).base64EncodedString()
    }
}
