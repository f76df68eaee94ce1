import COpenSSL

/// OpenSSL's SHA-256, looked up once: each look-up walks the provider's tables and takes locks.
final class SHA256Algorithm: Sendable {
    static let shared = SHA256Algorithm()

    // Safe to share: OpenSSL never changes a fetched EVP_MD, counts its references atomically, and
    // this one lives as long as the process.
    nonisolated(unsafe) let pointer: OpaquePointer

    private init() {
        guard let pointer = EVP_MD_fetch(nil, "SHA256", nil) else {
            fatalError("OpenSSL offers no SHA-256: its installation is broken")
        }
        self.pointer = pointer
    }
}
