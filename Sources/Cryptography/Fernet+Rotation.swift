extension Fernet {
    /// Encrypts a value anew under the first key, unless that has made it already.
    ///
    /// - Parameter token: What ``encrypt(_:)`` made with any of the keys.
    /// - Returns: The new token, or nil where nothing is to be done.
    /// - Throws: ``CryptographyError`` with code `malformedToken` or `unauthenticToken`.
    public func reencrypt(_ token: String) throws(CryptographyError) -> String? {
        if let first = keys.first, (try? Fernet(keys: [first]).decrypt(token)) != nil { return nil }
        return try encrypt(try decrypt(token))
    }
}
