/// Divides rows before the definitions that were found without a tree.
struct DeclarationDivider {
    let lines: LineTable

    func divide(_ definitions: [Definition]) -> [Segment] {
        var cuts = [0]
        for definition in definitions {
            var cut = definition.startRow
            while let last = cuts.last, cut - 1 > last, describes(cut - 1) { cut -= 1 }
            if let last = cuts.last, cut > last { cuts.append(cut) }
        }
        return cuts.indices.map { index in
            let end = index + 1 < cuts.count ? cuts[index + 1] : lines.rowCount
            return Segment(rows: cuts[index]..<end)
        }
    }

    /// Whether a row looks like a comment, annotation or attribute for what follows.
    private func describes(_ row: Int) -> Bool {
        let range = lines.byteRange(row..<row + 1)
        guard let first = lines.bytes[range].first(where: { $0 > 0x20 }) else { return false }
        return [
            UInt8(ascii: "/"), UInt8(ascii: "*"), UInt8(ascii: "#"), UInt8(ascii: "@"),
            UInt8(ascii: "["), UInt8(ascii: "-"), UInt8(ascii: ";"), UInt8(ascii: "'"),
        ].contains(first)
    }
}
