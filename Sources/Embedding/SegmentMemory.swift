/// Remembers how the last unknown parts were split; code repeats its names.
///
/// A table without chains: a new part takes the place of an older one. Parts are compared byte by
/// byte, so what is remembered can never change a result.
struct SegmentMemory: ~Copyable {
    /// The longest part that is remembered, and the most tokens of one.
    static let maximumBytes = 30
    static let maximumTokens = 15

    private static let slots = 1024
    private static let stride = 32

    /// By slot: the length, then the bytes.
    private let words: UnsafeMutablePointer<UInt8>
    /// By slot: the number of tokens, then the tokens.
    private let tokens: UnsafeMutablePointer<UInt16>

    init() {
        words = .allocate(capacity: Self.slots * Self.stride)
        tokens = .allocate(capacity: Self.slots * (Self.maximumTokens + 1))
        words.initialize(repeating: 0, count: Self.slots * Self.stride)
        tokens.initialize(repeating: 0, count: Self.slots * (Self.maximumTokens + 1))
    }

    deinit {
        words.deallocate()
        tokens.deallocate()
    }

    /// Returns the tokens of a part, or nil where it is not remembered.
    @inline(__always)
    func find(
        _ part: UnsafePointer<UInt8>, count: Int, hash: UInt64
    ) -> UnsafeBufferPointer<UInt16>? {
        let slot = Int(truncatingIfNeeded: hash >> 32) & (Self.slots - 1)
        let word = words + slot * Self.stride
        guard Int(word[0]) == count else { return nil }
        for index in 0..<count where word[index + 1] != part[index] { return nil }
        let found = tokens + slot * (Self.maximumTokens + 1)
        return UnsafeBufferPointer(start: found + 1, count: Int(found[0]))
    }

    /// Starts to remember a part; nil where it is too long.
    func begin(
        _ part: UnsafePointer<UInt8>, count: Int, hash: UInt64
    ) -> UnsafeMutablePointer<UInt16>? {
        guard count <= Self.maximumBytes else { return nil }
        let slot = Int(truncatingIfNeeded: hash >> 32) & (Self.slots - 1)
        let word = words + slot * Self.stride
        word[0] = UInt8(truncatingIfNeeded: count)
        (word + 1).update(from: part, count: count)
        let entry = tokens + slot * (Self.maximumTokens + 1)
        entry[0] = 0
        return entry
    }

    /// Forgets a part whose tokens are too many.
    func forget(hash: UInt64) {
        words[(Int(truncatingIfNeeded: hash >> 32) & (Self.slots - 1)) * Self.stride] = 0
    }
}
