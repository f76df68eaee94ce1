internal import Cryptography

/// A password's hash with all that it takes to check it, in the form that is stored:
/// `$pbkdf2-sha256$i=600000$salt$key`, both in URL-safe base 64.
struct PasswordHash: Sendable, Equatable {
    /// How often HMAC runs for a new hash.
    static let standardRounds = 600_000
    /// What a stored hash may ask for: a damaged one must not take the server's time.
    private static let roundLimits = 1...10_000_000
    private static let algorithm = "pbkdf2-sha256"
    private static let saltByteCount = 16
    private static let keyByteCount = 32

    let rounds: Int
    private let salt: [UInt8]
    private let key: [UInt8]

    /// Hashes a password with a salt of its own.
    ///
    /// Costs a few tenths of a second.
    init(of password: String, rounds: Int = standardRounds) throws(CryptographyError) {
        self.rounds = rounds
        salt = try SecureRandom.bytes(Self.saltByteCount)
        key = try Self.derive(password, salt, rounds)
    }

    /// Reads a stored hash; nil for what is none.
    init?(stored: String) {
        let parts = stored.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].isEmpty, parts[1] == Self.algorithm,
            parts[2].hasPrefix("i="), let rounds = Int(parts[2].dropFirst(2)),
            Self.roundLimits.contains(rounds), let salt = Base64URL.decodeUnpadded(parts[3]),
            let key = Base64URL.decodeUnpadded(parts[4]), !salt.isEmpty,
            key.count == Self.keyByteCount
        else { return nil }
        self.rounds = rounds
        self.salt = salt
        self.key = key
    }

    /// The form that is stored.
    var stored: String {
        "$\(Self.algorithm)$i=\(rounds)$\(Base64URL.encodeUnpadded(salt))"
            + "$\(Base64URL.encodeUnpadded(key))"
    }

    /// Whether this is the hash of a password.
    ///
    /// Costs as much as making it.
    func fits(_ password: String) throws(CryptographyError) -> Bool {
        ConstantTime.areEqual(try Self.derive(password, salt, rounds), key)
    }

    /// Does the work of a check and nothing else, so that there being no hash does not show.
    static func burn(_ password: String, rounds: Int) throws(CryptographyError) {
        guard rounds > 0 else { return }
        _ = try derive(password, Array(repeating: 0, count: saltByteCount), rounds)
    }

    private static func derive(
        _ password: String, _ salt: [UInt8], _ rounds: Int
    ) throws(CryptographyError) -> [UInt8] {
        try PBKDF2.deriveKey(
            password: Array(password.utf8), salt: salt, rounds: rounds, byteCount: keyByteCount)
    }
}
