import COpenSSL

/// Computes a SHA-256 piece by piece over OpenSSL, which uses the processor's SHA instructions.
public struct SHA256Hasher: ~Copyable {
    private let context: OpaquePointer

    /// Starts an empty hash.
    public init() {
        guard let context = EVP_MD_CTX_new(),
            EVP_DigestInit_ex(context, SHA256Algorithm.shared.pointer, nil) == 1
        else {
            fatalError("OpenSSL cannot start SHA-256: out of memory or a broken installation")
        }
        self.context = context
    }

    deinit {
        EVP_MD_CTX_free(context)
    }

    /// Appends bytes to what is hashed.
    ///
    /// - Parameter bytes: The next bytes; may be empty.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress else { return }
        // A digest over memory has no way to fail once its context is made.
        let result = EVP_DigestUpdate(context, start, bytes.count)
        precondition(result == 1, "OpenSSL refused to hash bytes in memory")
    }

    /// Appends bytes to what is hashed.
    ///
    /// - Parameter bytes: The next bytes; may be empty.
    public mutating func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { update($0) }
    }

    /// Appends one byte, such as a separator.
    ///
    /// - Parameter byte: The next byte.
    public mutating func update(byte: UInt8) {
        withUnsafeBytes(of: byte) { update($0) }
    }

    /// Ends the hash.
    ///
    /// - Returns: The digest of all bytes given so far.
    public consuming func finalize() -> SHA256Digest {
        withUnsafeTemporaryAllocation(byteCount: SHA256Digest.byteCount, alignment: 8) { output in
            let start = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
            let result = EVP_DigestFinal_ex(context, start, nil)
            precondition(result == 1, "OpenSSL could not finish a SHA-256")
            return SHA256Digest(raw: UnsafeRawBufferPointer(output))
        }
    }
}
