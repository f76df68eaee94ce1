/// Divides Markdown at its headings.
struct HeadingSplitter {
    /// The rows from one heading to the next.
    struct Section {
        let rows: Range<Int>
        let level: Int
        /// The titles from the outermost heading to this one; empty before the first heading.
        let titles: [String]
    }

    let lines: LineTable
    let sizes: ChunkSizes

    /// Cuts the text into chunks, each named by its headings.
    func chunks() -> [Chunk] {
        var result: [Chunk] = []
        let cutter = LongLineCutter(lines: lines, sizes: sizes)
        for group in groups(sections()) {
            let name = group.titles.isEmpty ? nil : group.titles.joined(separator: " > ")
            let splitter = LineSplitter(lines: lines, sizes: sizes)
            let isWhole = lines.ink(group.rows) <= sizes.whole
            for rows in isWhole ? [group.rows] : splitter.split(group.rows) {
                for piece in cutter.pieces(of: rows) {
                    result.append(
                        Chunk(
                            ordinal: result.count, kind: name == nil ? .text : .section,
                            symbol: name, startLine: piece.rows.lowerBound + 1,
                            endLine: piece.rows.upperBound, byteRange: piece.bytes))
                }
            }
        }
        return result
    }

    /// Joins small sections with those below them in the outline.
    private func groups(_ sections: [Section]) -> [Section] {
        var result: [Section] = []
        for section in sections {
            guard let last = result.last else {
                result.append(section)
                continue
            }
            let size = lines.ink(last.rows) + lines.ink(section.rows)
            let isBelow = section.level > last.level && size <= sizes.merged
            if isBelow || lines.ink(last.rows) < sizes.tiny && size <= sizes.whole {
                result[result.count - 1] = Section(
                    rows: last.rows.lowerBound..<section.rows.upperBound, level: last.level,
                    titles: last.titles.isEmpty ? section.titles : last.titles)
            } else {
                result.append(section)
            }
        }
        return result
    }

    func sections() -> [Section] {
        var result: [Section] = []
        var start = 0
        var level = 0
        var outline: [MarkdownLine.Heading] = []
        var fence: MarkdownLine.Fence?
        var row = rowsOfFrontMatter()
        while row < lines.rowCount {
            defer { row += 1 }
            let line = line(row)
            if let open = fence {
                if line.closes(open) { fence = nil }
                continue
            }
            fence = line.fence
            guard fence == nil, let heading = heading(line, at: row) else { continue }
            if row > start {
                result.append(
                    Section(rows: start..<row, level: level, titles: outline.map(\.title)))
            }
            start = row
            level = heading.level
            outline.removeAll { $0.level >= heading.level }
            outline.append(heading)
            row += heading.isUnderlined ? 1 : 0
        }
        if start < lines.rowCount {
            result.append(
                Section(
                    rows: start..<lines.rowCount, level: level, titles: outline.map(\.title)))
        }
        return result
    }

    private func line(_ row: Int) -> MarkdownLine {
        MarkdownLine(UnsafeRawBufferPointer(rebasing: lines.bytes[lines.byteRange(row..<row + 1)]))
    }

    private func heading(_ line: MarkdownLine, at row: Int) -> MarkdownLine.Heading? {
        if let heading = line.heading { return heading }
        guard line.mayBeTitle, row + 1 < lines.rowCount,
            let level = self.line(row + 1).underlineLevel
        else { return nil }
        // Only the first line of a paragraph is taken, so that a rule below text stays a rule.
        guard row == 0 || lines.isBlank(row - 1) || self.line(row - 1).heading != nil else {
            return nil
        }
        return line.title(level: level)
    }

    /// The rows of a block between `---` lines at the start, which is no heading.
    private func rowsOfFrontMatter() -> Int {
        guard lines.rowCount > 1, line(0).isFrontMatterMark else { return 0 }
        for row in 1..<min(lines.rowCount, 200) where line(row).isFrontMatterMark {
            return row + 1
        }
        return 0
    }
}
