/// Says for each run of rows which definition it is mainly about, and makes the chunks.
struct ChunkLabeller {
    private let lines: LineTable
    private let definitions: [Definition]
    private let cutter: LongLineCutter
    private var next = 0

    init(lines: LineTable, sizes: ChunkSizes, definitions: [Definition]) {
        self.lines = lines
        self.definitions = definitions
        cutter = LongLineCutter(lines: lines, sizes: sizes)
    }

    mutating func chunks(of runs: [Range<Int>]) -> [Chunk] {
        var result: [Chunk] = []
        result.reserveCapacity(runs.count)
        for rows in runs {
            let label = label(rows)
            for piece in cutter.pieces(of: rows) {
                result.append(
                    Chunk(
                        ordinal: result.count, kind: label.kind, symbol: label.symbol,
                        startLine: piece.rows.lowerBound + 1, endLine: piece.rows.upperBound,
                        byteRange: piece.bytes))
            }
        }
        return result
    }

    private mutating func label(_ rows: Range<Int>) -> (kind: ChunkKind, symbol: String?) {
        let first = next
        while next < definitions.count, definitions[next].startRow < rows.upperBound { next += 1 }
        if let main = main(among: first..<next, in: rows) {
            return (ChunkKind(main.kind), main.qualifiedName)
        }
        guard let outer = enclosing(rows, before: first) else { return (.block, nil) }
        return (.part, outer.qualifiedName)
    }

    /// The definition that fills most of the rows if it fills half of them, else the first.
    private func main(among indices: Range<Int>, in rows: Range<Int>) -> Definition? {
        guard let first = indices.first.map({ definitions[$0] }) else { return nil }
        if first.endRow < rows.upperBound, first.kind.isTypeLike == false, !first.kind.isValue {
            let size = lines.ink(first.startRow..<first.endRow + 1)
            if 2 * size >= lines.ink(rows) { return first }
        }
        var best: Definition?
        var most = lines.ink(rows) / 2
        for index in indices {
            let definition = definitions[index]
            guard definition.endRow < rows.upperBound else { continue }
            let size = lines.ink(definition.startRow..<definition.endRow + 1)
            // Of two that fill the rows alike, the outer one comes first and stays.
            if size > most {
                best = definition
                most = size
            }
        }
        if let best { return best }
        return indices.lazy.map { definitions[$0] }.first { !$0.kind.isValue } ?? first
    }

    /// The innermost definition that began before the rows and reaches into them.
    private func enclosing(_ rows: Range<Int>, before index: Int) -> Definition? {
        guard index > 0 else { return nil }
        // The last definition before the rows, or one of those around it, is the innermost.
        var place = index - 1
        while place >= 0 {
            let definition = definitions[place]
            if definition.endRow >= rows.lowerBound { return definition }
            place = definition.parent
        }
        return nil
    }
}
