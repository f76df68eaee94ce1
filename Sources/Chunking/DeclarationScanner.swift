/// Finds definitions by the keywords lines start with, where there is no tree to go by.
struct DeclarationScanner {
    private struct Open {
        let index: Int
        let indent: Int
    }

    private let lines: LineTable

    /// The keywords that define something and what they define.
    private static let keywords: [String: SymbolKind] = [
        "class": .class, "struct": .struct, "enum": .enum, "interface": .interface,
        "trait": .trait, "object": .object, "protocol": .protocol, "record": .record,
        "module": .module, "namespace": .namespace, "fun": .function,
        "func": .function, "fn": .function, "def": .function, "function": .function,
        "sub": .function, "proc": .function, "procedure": .function, "method": .method,
        "macro": .macro, "union": .union, "contract": .class,
    ]

    /// Words that may stand before the keyword.
    private static let modifiers: Set<String> = [
        "public", "private", "protected", "internal", "open", "final", "abstract", "static",
        "override", "async", "export", "default", "pub", "sealed", "data", "inline", "suspend",
        "virtual", "partial", "operator", "infix", "local", "global", "unsafe", "const",
        "extern", "mutable", "fileprivate", "mut", "inner", "annotation", "value", "expect",
        "actual", "shared", "friend", "pure", "elemental", "recursive", "tailrec", "external",
    ]

    /// No line needs more words read than this to tell what it defines.
    private static let mostWords = 8

    init(lines: LineTable) { self.lines = lines }

    func definitions() -> [Definition] {
        var result: [Definition] = []
        var open: [Open] = []
        for row in 0..<lines.rowCount where !lines.isBlank(row) {
            let range = lines.byteRange(row..<row + 1)
            guard let start = range.first(where: { lines.bytes[$0] > 0x20 }) else { continue }
            let indent = start - range.lowerBound
            let closes = [UInt8(ascii: "}"), UInt8(ascii: ")")].contains(lines.bytes[start])
            while let last = open.last, closes ? last.indent > indent : last.indent >= indent {
                open.removeLast()
            }
            for outer in open { extend(&result[outer.index], to: row) }
            guard let found = declaration(in: start..<range.upperBound) else { continue }
            let parent = open.last?.index ?? -1
            result.append(definition(found, row: row, start: start, parent: parent, in: result))
            open.append(Open(index: result.count - 1, indent: indent))
        }
        return result
    }

    private func extend(_ definition: inout Definition, to row: Int) {
        definition.endRow = row
        definition.endByte = lines.byteRange(row..<row + 1).upperBound
    }

    private func definition(
        _ found: FoundName, row: Int, start: Int, parent: Int, in known: [Definition]
    ) -> Definition {
        var kind = found.kind ?? .function
        if kind == .function, parent >= 0, known[parent].kind.isTypeLike { kind = .method }
        let outer = parent >= 0 ? known[parent].qualifiedName + "." : ""
        return Definition(
            name: found.text, kind: kind, parent: parent, startByte: start,
            endByte: lines.byteRange(row..<row + 1).upperBound, nameByte: found.byte,
            startRow: row, endRow: row, qualifiedName: outer + found.text)
    }

    /// The keyword and the name after it, past modifiers.
    private func declaration(in range: Range<Int>) -> FoundName? {
        var place = range.lowerBound
        var kind: SymbolKind?
        for _ in 0..<Self.mostWords {
            while place < range.upperBound, lines.bytes[place] == 0x20 || lines.bytes[place] == 0x09
            {
                place += 1
            }
            let start = place
            while place < range.upperBound, isInName(lines.bytes[place]) { place += 1 }
            guard place > start else { return nil }
            let word = NameText.text(UnsafeRawBufferPointer(rebasing: lines.bytes[start..<place]))
            if let next = Self.keywords[word], place < range.upperBound {
                // `enum class Color`: the later keyword tells no more.
                kind = kind ?? next
            } else if let kind {
                return FoundName(text: word, byte: start, kind: kind)
            } else if !Self.modifiers.contains(word) {
                return nil
            }
        }
        return nil
    }

    private func isInName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...0xFF:
            true
        default: false
        }
    }
}
