/// What a hash table needs of a short run of bytes: its start as a number, and a hash of it all.
@frozen
public struct WordKey: Sendable {
    /// The first eight bytes, big-endian and padded with zeros: numbers in byte order.
    public let prefix: UInt64
    /// A hash of all bytes; the high half is the better one.
    public let hash: UInt64

    /// Reads a word.
    ///
    /// - Parameters:
    ///   - start: Its first byte. Eight bytes must be readable, however short it is.
    ///   - count: Its length in bytes.
    @inlinable
    @inline(__always)
    public init(reading start: UnsafePointer<UInt8>, count: Int) {
        let first = UInt64(bigEndian: UnsafeRawPointer(start).loadUnaligned(as: UInt64.self))
        prefix = count >= 8 ? first : first & ~(UInt64.max >> UInt64(8 * count))
        var value = (prefix ^ UInt64(truncatingIfNeeded: count)) &* 0x9E37_79B9_7F4A_7C15
        var index = 8
        while index < count {
            value = (value ^ (value >> 29) ^ UInt64(start[index])) &* 0xBF58_476D_1CE4_E5B9
            index += 1
        }
        hash = value ^ (value >> 31)
    }
}
