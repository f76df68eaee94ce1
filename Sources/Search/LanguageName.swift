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
}
