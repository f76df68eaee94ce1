/// The names by which people call languages.
enum LanguageName {
    private static let aliases: [String: String] = [
        "py": "python", "js": "javascript", "ts": "typescript", "rb": "ruby", "rs": "rust",
        "kt": "kotlin", "golang": "go", "c++": "cpp", "cxx": "cpp", "c#": "csharp", "cs": "csharp",
        "sh": "bash", "shell": "bash", "md": "markdown", "yml": "yaml", "hs": "haskell",
        "ex": "elixir", "pl": "perl", "objective-c": "objc",
    ]

    /// The name that the index uses.
    static func canonical(_ name: String) -> String {
        let lower = name.lowercased()
        return aliases[lower] ?? lower
    }

    /// How many letters a misspelt name may differ by.
    private static let nearDistance = 2
    private static let nearLimit = 3

    /// The names that are like a name, the most like first.
    static func near(_ name: String, among known: [String]) -> [String] {
        let letters = Array(name.utf8)
        let ranked = known.compactMap { candidate -> (distance: Int, name: String)? in
            let other = Array(candidate.utf8)
            let isPart =
                letters.count > 1 && (candidate.hasPrefix(name) || name.hasPrefix(candidate))
            let distance = isPart ? 1 : distance(letters, other)
            return distance <= min(nearDistance, max(letters.count, other.count) - 1)
                ? (distance, candidate) : nil
        }
        return ranked.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
            .prefix(nearLimit).map(\.name)
    }

    /// How many letters must be put in, taken out, changed or swapped to make one name the other.
    private static func distance(_ one: [UInt8], _ other: [UInt8]) -> Int {
        var rows = [Array(0...other.count)]
        for (index, letter) in one.enumerated() {
            var row = [index + 1]
            for (place, wanted) in other.enumerated() {
                var best = min(rows[index][place + 1], row[place]) + 1
                best = min(best, rows[index][place] + (letter == wanted ? 0 : 1))
                if index > 0, place > 0, letter == other[place - 1], one[index - 1] == wanted {
                    best = min(best, rows[index - 1][place - 1] + 1)
                }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[one.count][other.count]
    }
}
