import Cryptography

/// What a delivery says it is signed with: `X-Hub-Signature-256`, nothing else.
struct DeliverySignature: Sendable {
    private static let prefix = "sha256="

    private let code: [UInt8]

    /// Reads the header's value; nil when it is missing, of another algorithm or malformed.
    init?(_ header: String?) {
        guard let header, header.hasPrefix(Self.prefix),
            let digest = SHA256Digest(hex: header.dropFirst(Self.prefix.count))
        else { return nil }
        code = digest.bytes
    }

    /// Whether one of several secrets signs these bytes.
    ///
    /// Takes as long for `count` secrets as for fewer or none, and does not tell by its time which
    /// one fits.
    func fits(_ body: [UInt8], secrets: [[UInt8]], paddedTo count: Int) -> Bool {
        var hasFit = false
        for secret in secrets {
            // An empty secret would let anyone sign.
            let isMatch = ConstantTime.areEqual(
                HMACSHA256.authenticationCode(of: body, key: secret), code)
            if isMatch && !secret.isEmpty { hasFit = true }
        }
        for _ in 0..<max(count - secrets.count, 0) {
            _ = HMACSHA256.authenticationCode(of: body, key: Self.nobodysSecret)
        }
        return hasFit
    }

    /// What is computed with where there is no secret.
    private static let nobodysSecret = [UInt8](repeating: 0x6e, count: 32)
}
