/// Reads PostgreSQL's binary `tsvector`.
enum TokenVector {
    /// Calls `body` with each word and how many places it has.
    ///
    /// - Parameters:
    ///   - bytes: The value; what is malformed ends the reading.
    ///   - body: Gets the word, valid during the call, the number of its places, and where in
    ///     `bytes` the places begin.
    static func forEachWord(
        in bytes: UnsafeRawBufferPointer,
        _ body: (_ word: UnsafeRawBufferPointer, _ count: Int, _ placesOffset: Int) -> Void
    ) {
        guard bytes.count >= 4 else { return }
        var left = Int(UInt32(bigEndian: bytes.loadUnaligned(as: UInt32.self)))
        var offset = 4
        while left > 0 {
            let start = offset
            while offset < bytes.count, bytes[offset] != 0 { offset += 1 }
            guard offset + 3 <= bytes.count else { return }
            let word = UnsafeRawBufferPointer(rebasing: bytes[start..<offset])
            let count = Int(bytes[offset + 1]) << 8 | Int(bytes[offset + 2])
            offset += 3
            guard offset + 2 * count <= bytes.count else { return }
            body(word, count, offset)
            offset += 2 * count
            left -= 1
        }
    }

    /// One place of a word, without its weight.
    static func place(_ number: Int, from offset: Int, in bytes: UnsafeRawBufferPointer) -> Int {
        let index = offset + 2 * number
        return (Int(bytes[index]) << 8 | Int(bytes[index + 1])) & 0x3FFF
    }
}
