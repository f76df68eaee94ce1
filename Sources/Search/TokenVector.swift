/// Reads PostgreSQL's binary `tsvector`.
enum TokenVector {
    /// Calls `body` with each word and how many places it has.
    ///
    /// - Parameters:
    ///   - bytes: The value; what is malformed ends the reading.
    ///   - body: Gets where the word begins in `bytes`, its length, the number of its places, and
    ///     where these begin.
    @inline(__always)
    static func forEachWord(
        in bytes: UnsafeRawBufferPointer,
        _ body: (_ start: Int, _ length: Int, _ count: Int, _ placesOffset: Int) -> Void
    ) {
        guard let base = bytes.baseAddress, bytes.count >= 4 else { return }
        let size = bytes.count
        var left = Int(UInt32(bigEndian: base.loadUnaligned(as: UInt32.self)))
        var offset = 4
        while left > 0 {
            let start = offset
            while offset < size, base.load(fromByteOffset: offset, as: UInt8.self) != 0 {
                offset += 1
            }
            guard offset + 3 <= size else { return }
            let count = Int(
                UInt16(bigEndian: base.loadUnaligned(fromByteOffset: offset + 1, as: UInt16.self)))
            let places = offset + 3
            offset = places + 2 * count
            guard offset <= size else { return }
            body(start, places - 3 - start, count, places)
            left -= 1
        }
    }

    /// One place of a word, without its weight.
    static func place(_ number: Int, from offset: Int, in bytes: UnsafeRawBufferPointer) -> Int {
        let index = offset + 2 * number
        return (Int(bytes[index]) << 8 | Int(bytes[index + 1])) & 0x3FFF
    }
}
