internal import Cryptography

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The head of a token, read before anything else is done with it.
///
/// The library takes an unknown or missing key id for the first key, a head with other fields, and
/// one whose numbers its reader cannot hold. Here only the head passes that this program writes.
enum AccessTokenHeader {
    private static let tokenByteLimit = 2048
    private static let headByteLimit = 200

    /// The key id of a token that has the form of those that are signed here, or nil.
    static func keyID(of token: String) -> String? {
        guard token.utf8.count <= tokenByteLimit else { return nil }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].utf8.count <= headByteLimit,
            let head = Base64URL.decodeUnpadded(parts[0]),
            Base64URL.decodeUnpadded(parts[1]) != nil,
            Base64URL.decodeUnpadded(parts[2])?.count == HMACSHA256.byteCount,
            let fields = try? JSONDecoder().decode([String: String].self, from: Data(head)),
            fields.count == 3, fields["alg"] == "HS256", fields["typ"] == "JWT"
        else { return nil }
        return fields["kid"]
    }
}
