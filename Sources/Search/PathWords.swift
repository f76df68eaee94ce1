import Git

/// The names in a path that tell what a file holds.
struct PathWords {
    /// Of the file's name without its ending, or of the folder where the name says nothing.
    var stem: NameWords
    /// Of the folders above, those next to the file.
    var folders: NameWords
    /// The file's name without its ending.
    var stemText: String

    private static let folderCount = 3

    init(_ path: GitPath) {
        let text = String(decoding: path.bytes, as: UTF8.self)
        var names = text.split(separator: "/")
        let name = names.popLast() ?? ""
        var stem = name.first == "." ? name.dropFirst() : name
        if let dot = stem.firstIndex(of: "."), dot != stem.startIndex { stem = stem[..<dot] }
        switch stem.lowercased() {
        case "mod", "index", "__init__", "init", "lib", "main":
            if let folder = names.last {
                stem = folder
                names.removeLast()
            }
        default: break
        }
        stemText = String(stem)
        self.stem = NameWords(String(stem))
        folders = NameWords(names.suffix(Self.folderCount).joined(separator: "/"))
    }
}
