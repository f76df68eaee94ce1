/// What one line of Markdown may be.
struct MarkdownLine {
    /// A heading as its line, or its line and the rule below, gives it.
    struct Heading {
        let level: Int
        let title: String
        /// Whether the line below belongs to it.
        let isUnderlined: Bool
    }

    /// The opening line of a block of code.
    struct Fence {
        let mark: UInt8
        let length: Int
    }

    /// The line without white space around it.
    private let text: UnsafeRawBufferPointer
    private let indent: Int

    /// Titles are cut at this many bytes.
    private static let longestTitle = 120

    /// Four spaces make a line a piece of code.
    private static let codeIndent = 4

    init(_ line: UnsafeRawBufferPointer) {
        var start = 0
        while start < line.count, line[start] == 0x20 { start += 1 }
        var end = line.count
        while end > start, line[end - 1] <= 0x20 { end -= 1 }
        indent = start
        text = UnsafeRawBufferPointer(rebasing: line[start..<end])
    }

    /// A heading that starts with number signs.
    var heading: Heading? {
        guard indent < Self.codeIndent else { return nil }
        let level = run(of: UInt8(ascii: "#"))
        guard (1...6).contains(level) else { return nil }
        guard level == text.count || text[level] == 0x20 || text[level] == 0x09 else { return nil }
        var end = text.count
        while end > level, text[end - 1] == UInt8(ascii: "#") { end -= 1 }
        return Self.heading(text[level..<end], level: level, isUnderlined: false)
    }

    /// The heading this line is when the one below underlines it.
    func title(level: Int) -> Heading { Self.heading(text[...], level: level, isUnderlined: true) }

    /// The level that this line, as a rule, gives to the line above it.
    var underlineLevel: Int? {
        guard indent < Self.codeIndent, let mark = text.first else { return nil }
        guard run(of: mark) == text.count else { return nil }
        if mark == UInt8(ascii: "=") { return 1 }
        return mark == UInt8(ascii: "-") && text.count > 1 ? 2 : nil
    }

    /// Whether the line is a paragraph's text and not a list, quote, table or rule.
    var mayBeTitle: Bool {
        guard indent < Self.codeIndent, let first = text.first else { return false }
        return ![">", "-", "*", "+", "|", "<", "#", "=", "`", "~"].contains(
            Character(UnicodeScalar(first)))
    }

    /// Whether the line is the mark around front matter.
    var isFrontMatterMark: Bool {
        indent == 0 && text.count == 3 && run(of: UInt8(ascii: "-")) == 3
    }

    /// The block of code that starts here.
    var fence: Fence? {
        guard indent < Self.codeIndent, let mark = text.first,
            mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~")
        else { return nil }
        let length = run(of: mark)
        guard length >= 3 else { return nil }
        // A line of backquotes with more of them later is code inside a paragraph.
        if mark == UInt8(ascii: "`"), text[length...].contains(mark) { return nil }
        return Fence(mark: mark, length: length)
    }

    /// Whether the line ends a block of code.
    func closes(_ fence: Fence) -> Bool {
        let length = run(of: fence.mark)
        return indent < Self.codeIndent && length >= fence.length && length == text.count
    }

    private func run(of byte: UInt8) -> Int { text.prefix { $0 == byte }.count }

    private static func heading(
        _ text: Slice<UnsafeRawBufferPointer>, level: Int, isUnderlined: Bool
    ) -> Heading {
        let trimmed = text.drop { $0 <= 0x20 }
        var title = String(decoding: trimmed.prefix(longestTitle), as: UTF8.self)
        while let last = title.last, last.isWhitespace || last == "\u{FFFD}" { title.removeLast() }
        return Heading(level: level, title: title, isUnderlined: isUnderlined)
    }
}
