import Git

/// The names in a path that tell what a file holds.
struct PathWords {
    /// Of the file's name without its ending, or of the folder where the name says nothing.
    var stem: NameWords
    /// Of the folders above, those next to the file.
    var folders: NameWords

    private static let folderCount = 3
    /// Names that say nothing of what is in the file.
    private static let emptyStems: Set<[UInt8]> = Set(
        ["mod", "index", "__init__", "init", "lib", "main"].map { Array($0.utf8) })

    init(_ path: GitPath) {
        var names = path.bytes.split(separator: UInt8(ascii: "/"))
        var stem = names.popLast() ?? []
        if stem.first == UInt8(ascii: ".") { stem.removeFirst() }
        if let dot = stem.firstIndex(of: UInt8(ascii: ".")), dot != stem.startIndex {
            stem = stem[..<dot]
        }
        if Self.emptyStems.contains(stem.lowerCased), let folder = names.popLast() {
            stem = folder
        }
        self.stem = NameWords(stem)
        folders = NameWords(names.suffix(Self.folderCount).joined(separator: [UInt8(ascii: "/")]))
    }
}
