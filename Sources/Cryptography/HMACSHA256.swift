import COpenSSL

/// HMAC with SHA-256, as RFC 2104 and RFC 4231 define it.
public enum HMACSHA256 {
    /// The number of bytes of every authentication code.
    public static let byteCount = 32

    /// Returns the authentication code of bytes that are in memory.
    ///
    /// - Parameters:
    ///   - message: What to authenticate; may be empty.
    ///   - key: The key, of any length.
    /// - Returns: 32 bytes.
    public static func authenticationCode(
        of message: UnsafeRawBufferPointer, key: [UInt8]
    ) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: byteCount) { output, count in
            // OpenSSL takes a missing address for a mistake, also where nothing is read from it.
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1) { empty in
                empty.initialize(repeating: 0)
                let text = message.baseAddress?.assumingMemoryBound(to: UInt8.self)
                var length: CUnsignedInt = 0
                let result = key.withUnsafeBytes { key in
                    HMAC(
                        SHA256Algorithm.shared.pointer, key.baseAddress ?? .init(empty.baseAddress),
                        CInt(key.count), text ?? .init(empty.baseAddress), message.count,
                        output.baseAddress, &length)
                }
                // Over memory and with a known algorithm there is no way to fail.
                precondition(result != nil && length == byteCount, "OpenSSL refused an HMAC")
            }
            count = byteCount
        }
    }

    /// Returns the authentication code of an array of bytes.
    ///
    /// - Parameters:
    ///   - message: What to authenticate; may be empty.
    ///   - key: The key, of any length.
    /// - Returns: 32 bytes.
    public static func authenticationCode(of message: [UInt8], key: [UInt8]) -> [UInt8] {
        message.withUnsafeBytes { authenticationCode(of: $0, key: key) }
    }
}
