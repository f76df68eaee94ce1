internal import Syntax

/// Divides the rows of a text along its tree: only as deep as pieces are too large.
struct SyntaxDivider {
    /// A node as the rows it touches.
    private struct Item {
        let node: SyntaxNode
        let first: Int
        let last: Int
    }

    let lines: LineTable
    let isLeading: [Bool]
    let units: DefinitionRows
    let sizes: ChunkSizes

    /// Deeper nesting than this is divided by lines; no one writes it by hand.
    static let deepest = 120

    /// How many nodes side by side are looked at before a run is divided by lines.
    static let mostItems = 200_000

    /// How many looks at a node are left; after them all is divided by lines.
    private var looksLeft = 10_000_000

    init(lines: LineTable, isLeading: [Bool], units: DefinitionRows, sizes: ChunkSizes) {
        self.lines = lines
        self.isLeading = isLeading
        self.units = units
        self.sizes = sizes
    }

    mutating func divide(_ root: SyntaxNode) -> [Segment] {
        let rows = 0..<lines.rowCount
        return divide([Item(node: root, first: 0, last: max(rows.upperBound - 1, 0))], rows, 0)
    }

    /// Divides a run of rows that the items lie in; one segment when nothing divides it.
    private mutating func divide(_ start: [Item], _ rows: Range<Int>, _ depth: Int) -> [Segment] {
        if !isTooLarge(rows) || depth > Self.deepest { return [Segment(rows: rows)] }
        var items = start
        while items.count < Self.mostItems, looksLeft > 0, let widest = widest(items) {
            let children = children(of: items[widest].node)
            items.replaceSubrange(widest...widest, with: children)
            looksLeft -= items.count
            let cuts = cuts(items, in: rows)
            if cuts.count > 1 { return segments(items, cuts, rows, depth) }
        }
        return [Segment(rows: rows)]
    }

    /// Whether rows are too much for one chunk: too long, or long with several things in them.
    private func isTooLarge(_ rows: Range<Int>) -> Bool {
        let ink = lines.ink(rows)
        return ink > sizes.whole || ink > sizes.merged && units.count(rows) > 1
    }

    /// The item over most rows, if any is over more than one.
    private func widest(_ items: [Item]) -> Int? {
        var best: Int?
        var height = 0
        for (index, item) in items.enumerated() where item.last - item.first > height {
            best = index
            height = item.last - item.first
        }
        return best
    }

    private func children(of node: SyntaxNode) -> [Item] {
        var items: [Item] = []
        node.forEachChild { child, _ in
            // Empty tokens, such as the ends of indented blocks, hold no row.
            if child.endByte > child.startByte {
                items.append(Item(node: child, first: child.startRow, last: child.endRow))
            }
            return true
        }
        return items
    }

    /// The rows that start a segment: nothing before them reaches into them.
    private func cuts(_ items: [Item], in rows: Range<Int>) -> [Int] {
        var cuts = [rows.lowerBound]
        var reached = rows.lowerBound - 1
        for item in items {
            if item.first > reached, item.first > rows.lowerBound, item.first < rows.upperBound {
                append(item, to: &cuts)
            }
            reached = max(reached, item.last)
        }
        return cuts
    }

    private func append(_ item: Item, to cuts: inout [Int]) {
        guard !closes(item) else { return }
        var cut = item.first
        if !isLeading[cut] {
            cut = startOfComments(above: cut, lowest: cuts[0])
            // Comments right above are no segments of their own.
            while let last = cuts.last, last > cut { cuts.removeLast() }
        }
        if let last = cuts.last, cut > last { cuts.append(cut) }
    }

    /// The first row of the comments right above a row, or one blank row further up.
    private func startOfComments(above row: Int, lowest: Int) -> Int {
        var first = row
        while first > lowest, isLeading[first - 1] { first -= 1 }
        guard first == row, first - 2 >= lowest, lines.isBlank(first - 1), isLeading[first - 2]
        else { return first }
        // Across a blank row only a comment of the same depth describes what follows.
        var comment = first - 1
        while comment > lowest, isLeading[comment - 1] { comment -= 1 }
        return lines.indent(comment) == lines.indent(row) ? comment : first
    }

    /// Brackets and words that end something stay with what they end.
    private func closes(_ item: Item) -> Bool {
        guard !item.node.isNamed, item.first == item.last else { return false }
        let first = lines.bytes[item.node.startByte]
        return [UInt8(ascii: "}"), UInt8(ascii: ")"), UInt8(ascii: "]")].contains(first)
            || ["end", "fi", "done", "esac", ";", ","].contains(item.node.kindName)
    }

    private mutating func segments(
        _ items: [Item], _ cuts: [Int], _ rows: Range<Int>, _ depth: Int
    ) -> [Segment] {
        var result: [Segment] = []
        var next = 0
        for (index, cut) in cuts.enumerated() {
            let end = index + 1 < cuts.count ? cuts[index + 1] : rows.upperBound
            var own: [Item] = []
            while next < items.count, items[next].first < end {
                own.append(items[next])
                next += 1
            }
            var segment = Segment(rows: cut..<end)
            if isTooLarge(segment.rows) {
                let parts = divide(own, segment.rows, depth + 1)
                if parts.count > 1 { segment.parts = parts }
            }
            result.append(segment)
        }
        return result
    }
}
