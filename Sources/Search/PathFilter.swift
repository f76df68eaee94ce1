import Git

/// A pattern of paths as a user writes it, or a path as results show it.
struct PathFilter: Hashable, CustomStringConvertible {
    private let text: String
    private let patterns: [PathPattern]

    init(_ text: String) {
        self.text = text
        patterns = [PathPattern(text), PathPattern(percentEncoded: text)].compactMap { $0 }
    }

    /// Whether it can fit no path.
    var isMalformed: Bool { patterns.allSatisfy(\.isMalformed) }

    /// As it was written.
    var description: String { text }

    /// Whether a file is meant: by the pattern, or because it is shown so.
    func matches(_ path: GitPath) -> Bool {
        patterns.contains { $0.matches(path) } || path.description == text
    }

    static func == (left: PathFilter, right: PathFilter) -> Bool { left.text == right.text }

    func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
