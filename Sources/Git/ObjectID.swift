/// The name of a git object: 20 bytes of SHA-1, ordered as `memcmp` orders them.
public struct ObjectID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The number of bytes of every object id.
    public static let byteCount = 20

    // Big-endian words, so that comparing words compares bytes.
    private let high: UInt64
    private let middle: UInt64
    private let low: UInt32

    /// The id that no object has: what git writes where there is none.
    public static let none = Swift.withUnsafeBytes(of: (UInt64(0), UInt64(0), UInt32(0))) {
        ObjectID(raw: $0)
    }

    /// The id of the tree without entries, which git knows in every repository.
    public static let emptyTree =
        ObjectID(hex: "4b825dc642cb6eb9a060e54bf8d69288fbee4904") ?? .none

    /// Makes an id from its bytes.
    ///
    /// - Parameter bytes: Exactly 20 bytes; any other count gives `nil`.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self = bytes.withUnsafeBytes(Self.init(raw:))
    }

    /// Makes an id from its hexadecimal form, in either case.
    ///
    /// - Parameter hex: Exactly 40 hexadecimal digits; anything else gives `nil`.
    public init?(hex: some StringProtocol) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.byteCount)
        var pending: UInt8?
        for digit in hex.utf8 {
            guard let value = HexadecimalDigit.value(of: digit) else { return nil }
            if let high = pending {
                bytes.append(high << 4 | value)
                pending = nil
            } else {
                pending = value
            }
        }
        guard pending == nil else { return nil }
        self.init(bytes: bytes)
    }

    /// Makes an id from memory that holds at least 20 bytes.
    init(raw: UnsafeRawBufferPointer) {
        high = UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 0, as: UInt64.self))
        middle = UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        low = UInt32(bigEndian: raw.loadUnaligned(fromByteOffset: 16, as: UInt32.self))
    }

    /// The 20 bytes.
    public var bytes: [UInt8] {
        withUnsafeBytes { Array($0) }
    }

    /// The id as 40 lower-case hexadecimal digits.
    public var hex: String {
        String(unsafeUninitializedCapacity: 2 * Self.byteCount) { text in
            withUnsafeBytes { bytes in
                for (index, byte) in bytes.enumerated() {
                    text[2 * index] = HexadecimalDigit.digit(byte >> 4)
                    text[2 * index + 1] = HexadecimalDigit.digit(byte & 15)
                }
            }
            return 2 * Self.byteCount
        }
    }

    /// The same as ``hex``.
    public var description: String { hex }

    /// Lends the 20 bytes without allocating.
    ///
    /// - Parameter body: Called once with the bytes, which are valid only during the call.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    public func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        let stored = (high.bigEndian, middle.bigEndian, low.bigEndian)
        return try Swift.withUnsafeBytes(of: stored) {
            try body(UnsafeRawBufferPointer(rebasing: $0[..<Self.byteCount]))
        }
    }

    /// Tells whether the first id comes before the second in byte order.
    public static func < (left: ObjectID, right: ObjectID) -> Bool {
        (left.high, left.middle, left.low) < (right.high, right.middle, right.low)
    }

    /// Feeds the id to a hash table.
    ///
    /// - Parameter hasher: The hasher to feed; one word of a hash is as random as all of them.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(high)
    }
}
