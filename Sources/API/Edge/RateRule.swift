internal import Cryptography

/// How many requests of one kind somebody may send.
struct RateRule: Sendable, Hashable {
    /// The kinds; their names are those of the settings.
    enum Kind: String, Sendable, CaseIterable {
        case address, user, key, login, account, failures
    }

    /// A full bucket is handed out in at least so many parts, so that several processes share it.
    private static let shares = 20

    let kind: Kind
    let perMinute: Int

    /// How many tokens a full bucket holds: a minute's may be used at once.
    var burst: Int { perMinute }
    var secondsPerToken: Double { 60 / Double(perMinute) }

    /// How many tokens a process takes at once, so that most requests ask no database.
    ///
    /// Where each one counts, one at a time: what a process has taken and not used is lost.
    var portion: Int {
        switch kind {
        case .address, .user, .key: max(1, perMinute / Self.shares)
        case .login, .account, .failures: 1
        }
    }

    /// The bucket of somebody: a hash, so that addresses are not kept.
    func bucket(of who: [UInt8]) -> [UInt8] {
        var hasher = SHA256Hasher()
        hasher.update(Array((kind.rawValue + "\0").utf8))
        hasher.update(who)
        return Array(hasher.finalize().bytes.prefix(16))
    }
}
