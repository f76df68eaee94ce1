/// The rules of one ignore file.
struct IgnoreFile: Sendable {
    private struct Rule: Sendable {
        let pattern: RulePattern
        let isNegated: Bool
    }

    private var rules: [Rule] = []

    init(_ content: UnsafeRawBufferPointer) {
        for line in RuleText.lines(of: content) where line.first != UInt8(ascii: "#") {
            var text = Self.trimmed(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
            let isNegated = text.first == UInt8(ascii: "!")
            if isNegated { text.removeFirst() }
            guard !text.isEmpty else { continue }
            rules.append(Rule(pattern: RulePattern(text), isNegated: isNegated))
        }
    }

    /// Whether a path is ignored by the last rule that fits, or `nil` when none does.
    func ignores(_ path: ArraySlice<UInt8>, isFolder: Bool) -> Bool? {
        rules.last { $0.pattern.matches(path, isFolder: isFolder) }.map { !$0.isNegated }
    }

    /// The line without the spaces at its end that no backslash protects.
    private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var firstSpace: Int?
        var index = line.startIndex
        while index < line.endIndex {
            switch line[index] {
            case UInt8(ascii: " "):
                if firstSpace == nil { firstSpace = index }
            case UInt8(ascii: "\\"):
                index += 1
                guard index < line.endIndex else { return line }
                firstSpace = nil
            default: firstSpace = nil
            }
            index += 1
        }
        return firstSpace.map { line[..<$0] } ?? line
    }
}
