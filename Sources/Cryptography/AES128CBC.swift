import COpenSSL

/// OpenSSL's AES with 128 bits in CBC mode and PKCS #7 padding, looked up once.
final class AES128CBC: Sendable {
    static let blockByteCount = 16
    static let shared = AES128CBC()

    // Safe to share: OpenSSL never changes a fetched EVP_CIPHER, counts its references atomically,
    // and this one lives as long as the process.
    nonisolated(unsafe) private let cipher: OpaquePointer

    private init() {
        guard let cipher = EVP_CIPHER_fetch(nil, "AES-128-CBC", nil) else {
            fatalError("OpenSSL offers no AES-128-CBC: its installation is broken")
        }
        self.cipher = cipher
    }

    func encrypt(_ bytes: [UInt8], key: [UInt8], vector: [UInt8]) -> [UInt8]? {
        run(bytes, key: key, vector: vector, isEncrypting: true)
    }

    /// Returns the clear bytes, or nil when the padding is wrong.
    func decrypt(_ bytes: [UInt8], key: [UInt8], vector: [UInt8]) -> [UInt8]? {
        run(bytes, key: key, vector: vector, isEncrypting: false)
    }

    private func run(
        _ bytes: [UInt8], key: [UInt8], vector: [UInt8], isEncrypting: Bool
    ) -> [UInt8]? {
        guard let context = EVP_CIPHER_CTX_new(), bytes.count <= Int(CInt.max) - 32 else {
            return nil
        }
        defer { EVP_CIPHER_CTX_free(context) }
        guard EVP_CipherInit_ex2(context, cipher, key, vector, isEncrypting ? 1 : 0, nil) == 1
        else { return nil }
        var isDone = false
        let output = [UInt8](
            unsafeUninitializedCapacity: bytes.count + 2 * Self.blockByteCount
        ) { buffer, count in
            var written: CInt = 0
            var last: CInt = 0
            isDone =
                EVP_CipherUpdate(
                    context, buffer.baseAddress, &written, bytes, CInt(bytes.count)) == 1
                && EVP_CipherFinal_ex(
                    context, buffer.baseAddress.map { $0 + Int(written) }, &last) == 1
            count = isDone ? Int(written + last) : 0
        }
        // What OpenSSL says about a wrong padding must not be taken for a later call's error.
        if !isDone { ERR_clear_error() }
        return isDone ? output : nil
    }
}
