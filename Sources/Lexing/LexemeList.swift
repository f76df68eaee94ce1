/// The lexemes of one text in byte order, each with its places in the text.
///
/// Flat memory: four arrays, whatever the number of lexemes.
public struct LexemeList: Sendable, Equatable {
    /// The most places that are kept of one lexeme.
    public static let maximumPositions = 255
    /// The last place that is told apart; PostgreSQL knows no larger one.
    public static let maximumPosition: UInt16 = 16383
    /// The most bytes of lexemes and places that one `tsvector` may hold.
    public static let maximumVectorBytes = 1_000_000

    var bytes: [UInt8] = []
    var ends: [UInt32] = []
    var positions: [UInt16] = []
    var positionEnds: [UInt32] = []

    /// The number of parts that the text was read as, counting repeats: its length for ranking.
    public internal(set) var partCount = 0

    /// The number of distinct lexemes.
    public var count: Int { ends.count }

    /// Returns a lexeme and its places.
    ///
    /// - Parameter index: Its rank in byte order, below `count`.
    /// - Returns: The lexeme, and its places from 1 upwards in ascending order.
    public subscript(index: Int) -> (lexeme: Lexeme, positions: ArraySlice<UInt16>) {
        let start = index == 0 ? 0 : Int(ends[index - 1])
        let first = index == 0 ? 0 : Int(positionEnds[index - 1])
        return (
            Lexeme(Array(bytes[start..<Int(ends[index])])),
            positions[first..<Int(positionEnds[index])]
        )
    }

    /// Appends the list in the binary form of PostgreSQL's `tsvector`.
    ///
    /// All places have weight D. Lexemes past the size limit of a `tsvector` are left out.
    ///
    /// - Parameter target: Receives the bytes of the field, without its length.
    public func encodeTSVector(into target: inout [UInt8]) {
        let kept = countWithinLimit()
        target.reserveCapacity(target.count + 4 + bytes.count + 3 * kept + 2 * positions.count)
        append(UInt32(kept), to: &target)
        var (start, first) = (0, 0)
        for index in 0..<kept {
            let (end, last) = (Int(ends[index]), Int(positionEnds[index]))
            target.append(contentsOf: bytes[start..<end])
            target.append(0)
            append(UInt16(last - first), to: &target)
            for place in positions[first..<last] { append(place, to: &target) }
            (start, first) = (end, last)
        }
    }

    /// The number of lexemes that fit; PostgreSQL aligns the places of each to two bytes.
    private func countWithinLimit() -> Int {
        let size = bytes.count + 2 * positions.count + 3 * count
        if size <= Self.maximumVectorBytes { return count }
        for index in 0..<count {
            let used = Int(ends[index]) + 2 * Int(positionEnds[index]) + 3 * (index + 1)
            if used > Self.maximumVectorBytes { return index }
        }
        return count
    }

    private func append(_ value: UInt16, to target: inout [UInt8]) {
        target.append(UInt8(truncatingIfNeeded: value >> 8))
        target.append(UInt8(truncatingIfNeeded: value))
    }

    private func append(_ value: UInt32, to target: inout [UInt8]) {
        append(UInt16(truncatingIfNeeded: value >> 16), to: &target)
        append(UInt16(truncatingIfNeeded: value), to: &target)
    }
}
