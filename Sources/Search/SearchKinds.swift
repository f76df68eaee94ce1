import Storage

/// What kinds of things a search looks at.
struct SearchKinds {
    /// What files are called.
    private static let code = "code"

    /// Whether files are looked at.
    let includesCode: Bool
    /// Which synchronised items are looked at: none, all where it is empty, or those of some kinds.
    let items: [String]?

    /// Reads what was asked for.
    ///
    /// - Parameters:
    ///   - names: The kinds that were named; none means any.
    ///   - isAboutFiles: Whether the search speaks of what only files have, such as a language.
    /// - Throws: ``SearchError`` for a name that is no kind's.
    init(_ names: [String], isAboutFiles: Bool) throws(SearchError) {
        let known = Set(SyncedKind.allCases.map(\.searchName))
        var items: Set<String> = []
        for name in names.map({ Self.canonical($0) }) where name != Self.code {
            guard known.contains(name) else {
                throw SearchError(
                    code: .invalidQuery, message: "there is no kind '\(name.prefix(40))'",
                    remedy: "take one of \(([Self.code] + known.sorted()).joined(separator: ", "))")
            }
            items.insert(name)
        }
        if names.isEmpty {
            includesCode = true
            self.items = isAboutFiles ? nil : []
        } else {
            includesCode = names.contains { Self.canonical($0) == Self.code }
            self.items = items.isEmpty ? nil : items.sorted()
        }
    }

    private static func canonical(_ name: String) -> String {
        switch name.lowercased() {
        case "issues": "issue"
        case "prs", "pull", "pulls", "pull_request", "pullrequest": "pr"
        case "comments": "comment"
        case "reviews": "review"
        case "releases": "release"
        case "discussions": "discussion"
        case "file", "files": code
        case let other: other
        }
    }
}
