/// A SHA-256 value: 32 bytes, ordered as `memcmp` orders them.
public struct SHA256Digest: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The number of bytes of every digest.
    public static let byteCount = 32

    /// The bytes as big-endian words, so that comparing words compares bytes.
    private let words: (UInt64, UInt64, UInt64, UInt64)

    /// Makes a digest from its bytes.
    ///
    /// - Parameter bytes: Exactly 32 bytes; any other count gives `nil`.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self = bytes.withUnsafeBytes(Self.init(raw:))
    }

    /// Makes a digest from its hexadecimal form, in either case.
    ///
    /// - Parameter hex: Exactly 64 hexadecimal digits; anything else gives `nil`.
    public init?(hex: some StringProtocol) {
        let digits = Array(hex.utf8)
        guard digits.count == 2 * Self.byteCount else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.byteCount)
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = Self.value(of: digits[index]),
                let low = Self.value(of: digits[index + 1])
            else { return nil }
            bytes.append(high << 4 | low)
        }
        self.init(bytes: bytes)
    }

    /// Makes a digest from memory that holds at least 32 bytes.
    init(raw: UnsafeRawBufferPointer) {
        words = (
            UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
            UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
            UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 16, as: UInt64.self)),
            UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 24, as: UInt64.self))
        )
    }

    /// The 32 bytes.
    public var bytes: [UInt8] {
        withUnsafeBytes { Array($0) }
    }

    /// The digest as 64 lower-case hexadecimal digits.
    public var hex: String {
        String(unsafeUninitializedCapacity: 2 * Self.byteCount) { text in
            withUnsafeBytes { bytes in
                for (index, byte) in bytes.enumerated() {
                    text[2 * index] = Self.digit(byte >> 4)
                    text[2 * index + 1] = Self.digit(byte & 15)
                }
            }
            return 2 * Self.byteCount
        }
    }

    /// The same as ``hex``.
    public var description: String { hex }

    /// Lends the 32 bytes without allocating.
    ///
    /// - Parameter body: Called once with the bytes, which are valid only during the call.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    public func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        let stored = (
            words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian
        )
        return try Swift.withUnsafeBytes(of: stored, body)
    }

    /// Returns the digest of bytes that are in memory.
    ///
    /// - Parameter bytes: What to hash; may be empty.
    /// - Returns: The SHA-256 of `bytes`.
    public static func of(_ bytes: UnsafeRawBufferPointer) -> SHA256Digest {
        var hasher = SHA256Hasher()
        hasher.update(bytes)
        return hasher.finalize()
    }

    /// Returns the digest of an array of bytes.
    ///
    /// - Parameter bytes: What to hash; may be empty.
    /// - Returns: The SHA-256 of `bytes`.
    public static func of(_ bytes: [UInt8]) -> SHA256Digest {
        bytes.withUnsafeBytes { of($0) }
    }

    /// Tells whether two digests hold the same bytes.
    public static func == (left: SHA256Digest, right: SHA256Digest) -> Bool {
        left.words == right.words
    }

    /// Tells whether the first digest comes before the second in byte order.
    public static func < (left: SHA256Digest, right: SHA256Digest) -> Bool {
        left.words < right.words
    }

    /// Feeds the digest to a hash table.
    ///
    /// - Parameter hasher: The hasher to feed; one word of a digest is as random as all of them.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    private static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
