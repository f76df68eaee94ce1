/// Cuts lines that are too long into pieces.
struct LongLineCutter {
    let lines: LineTable
    let sizes: ChunkSizes

    /// How far before the limit a place between two words is looked for.
    private static let search = 200

    /// A run of rows or a piece of one row.
    struct Piece {
        let rows: Range<Int>
        let bytes: Range<Int>
    }

    /// The pieces of a run of rows; one when no row in it is too long.
    func pieces(of rows: Range<Int>) -> [Piece] {
        guard lines.longestRow > sizes.lineBytes else {
            return [Piece(rows: rows, bytes: lines.byteRange(rows))]
        }
        var result: [Piece] = []
        var start = rows.lowerBound
        for row in rows where lines.byteRange(row..<row + 1).count > sizes.lineBytes {
            if start < row {
                result.append(Piece(rows: start..<row, bytes: lines.byteRange(start..<row)))
            }
            for bytes in cut(lines.byteRange(row..<row + 1)) {
                result.append(Piece(rows: row..<row + 1, bytes: bytes))
            }
            start = row + 1
        }
        if start < rows.upperBound {
            let rest = start..<rows.upperBound
            result.append(Piece(rows: rest, bytes: lines.byteRange(rest)))
        }
        return result
    }

    private func cut(_ range: Range<Int>) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var start = range.lowerBound
        while range.upperBound - start > sizes.lineBytes {
            let end = place(before: start + sizes.lineBytes, after: start)
            result.append(start..<end)
            start = end
        }
        result.append(start..<range.upperBound)
        return result
    }

    /// The best place to cut: between words, else between characters, else at the limit.
    private func place(before limit: Int, after start: Int) -> Int {
        let lowest = max(start + 1, limit - Self.search)
        var place = limit
        while place > lowest {
            if !isInWord(lines.bytes[place - 1]) { return place }
            place -= 1
        }
        place = limit
        while place > limit - 3, lines.bytes[place] & 0xC0 == 0x80 { place -= 1 }
        // Three continuation bytes and no start in reach: not UTF-8, any place will do.
        return lines.bytes[place] & 0xC0 == 0x80 ? limit : place
    }

    private func isInWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...0xFF:
            true
        default: false
        }
    }
}
