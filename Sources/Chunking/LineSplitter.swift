/// Divides rows without known structure, at blank lines where that is possible.
struct LineSplitter {
    let lines: LineTable
    let sizes: ChunkSizes

    /// Cuts a run of rows into runs of fair size.
    func split(_ rows: Range<Int>) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var start = rows.lowerBound
        while start < rows.upperBound {
            let end = self.end(from: start, in: rows)
            result.append(start..<end)
            start = end
        }
        return result
    }

    private func end(from start: Int, in rows: Range<Int>) -> Int {
        if lines.ink(start..<rows.upperBound) <= sizes.part { return rows.upperBound }
        var row = start
        var afterBlank: Int?
        while row < rows.upperBound, lines.ink(start..<row + 1) <= sizes.part {
            row += 1
            let isEnough = 2 * lines.ink(start..<row) >= sizes.part
            if isEnough, row < rows.upperBound, lines.isBlank(row - 1), !lines.isBlank(row) {
                afterBlank = row
            }
        }
        // A first row over the size is a run of its own.
        return afterBlank ?? max(row, start + 1)
    }
}
