/// A pattern that chooses paths, as the lines of a `.gitignore` do.
///
/// `*`, `?` and `[…]` stay inside one name, `**` spans folders. A pattern without `/` fits a name
/// in any folder; one with a `/` in front or inside starts at the top of the repository. A folder
/// that fits takes everything below it along.
public struct PathPattern: Sendable, Hashable, CustomStringConvertible {
    /// The pattern as it was written.
    public let text: String
    private let pattern: RulePattern
    private let acceptsAll: Bool

    /// Reads a pattern.
    ///
    /// - Parameter pattern: The pattern; `.` stands for the whole repository.
    public init(_ pattern: String) {
        self.init(pattern, bytes: Array(pattern.utf8))
    }

    /// Reads a pattern in which bytes are written as ``GitPath/description`` writes them.
    ///
    /// - Parameter pattern: The pattern, with `%` and two hexadecimal digits for a byte that stands
    ///   for itself; `nil` where nothing is written so.
    public init?(percentEncoded pattern: String) {
        guard pattern.utf8.contains(UInt8(ascii: "%")) else { return nil }
        var bytes: [UInt8] = []
        var rest = Array(pattern.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2).compactMap(HexadecimalDigit.value(of:))
            guard byte == UInt8(ascii: "%"), digits.count == 2 else {
                bytes.append(byte)
                continue
            }
            rest.removeFirst(2)
            let value = digits[0] << 4 | digits[1]
            // A sign with a meaning in patterns has none when it is written so.
            if Self.signs.contains(value) { bytes.append(UInt8(ascii: "\\")) }
            bytes.append(value)
        }
        self.init(pattern, bytes: bytes)
    }

    private static let signs = Array("*?[]\\!".utf8)

    private init(_ pattern: String, bytes all: [UInt8]) {
        text = pattern
        var bytes = all[...]
        while bytes.starts(with: Array("./".utf8)) { bytes.removeFirst(2) }
        acceptsAll =
            bytes.isEmpty || bytes.elementsEqual([UInt8(ascii: ".")])
            || bytes.elementsEqual([UInt8(ascii: "/")])
        self.pattern = RulePattern(bytes)
    }

    /// Whether the pattern can fit no path because it is malformed, such as by an open `[`.
    public var isMalformed: Bool { !acceptsAll && pattern.isMalformed }

    /// The pattern as it was written.
    public var description: String { text }

    /// Tells whether a file is chosen, by its own path or by a folder it is in.
    ///
    /// - Parameter path: The path of a file from the top of the repository.
    /// - Returns: Whether the pattern fits.
    public func matches(_ path: GitPath) -> Bool {
        if acceptsAll { return true }
        let bytes = path.bytes[...]
        if pattern.matches(bytes, isFolder: false) { return true }
        var rest = bytes
        while let slash = rest.lastIndex(of: UInt8(ascii: "/")) {
            rest = rest[..<slash]
            if pattern.matches(rest, isFolder: true) { return true }
        }
        return false
    }

    /// Tells whether two patterns are written the same.
    public static func == (left: PathPattern, right: PathPattern) -> Bool {
        left.text == right.text
    }

    /// Feeds the pattern to a hash table.
    ///
    /// - Parameter hasher: The hasher to feed.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(text)
    }
}
