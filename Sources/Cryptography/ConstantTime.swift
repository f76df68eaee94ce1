import COpenSSL

/// Comparisons whose duration does not depend on where two values differ.
public enum ConstantTime {
    /// Tells whether two values are equal, in a time that depends on their lengths alone.
    ///
    /// - Parameters:
    ///   - left: One value.
    ///   - right: The other; of another length it is unequal at once, since lengths are no secret.
    /// - Returns: Whether they hold the same bytes.
    public static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return left.withUnsafeBytes { left in
            right.withUnsafeBytes { right in
                guard let start = left.baseAddress, let other = right.baseAddress else {
                    return true
                }
                return CRYPTO_memcmp(start, other, left.count) == 0
            }
        }
    }
}
