/// The pattern of one line of an ignore or attribute file, relative to the folder of the file.
struct RulePattern: Sendable {
    private let glob: Glob
    /// A pattern without `/` inside is compared with the last name only, at any depth.
    private let matchesNameOnly: Bool
    /// A pattern with `/` at its end is for folders only.
    let isForFolders: Bool

    /// Reads a pattern, without the `!` that may stand before it.
    init(_ text: ArraySlice<UInt8>) {
        var text = text
        isForFolders = text.last == UInt8(ascii: "/")
        if isForFolders { text.removeLast() }
        matchesNameOnly = !text.contains(UInt8(ascii: "/"))
        if text.first == UInt8(ascii: "/") { text.removeFirst() }
        glob = Glob(text)
    }

    /// Whether the pattern is malformed and so fits nothing.
    var isMalformed: Bool { glob.isMalformed }

    /// Whether the pattern accepts every file.
    var acceptsAnything: Bool {
        !isForFolders && glob.acceptsAnything
    }

    /// Tells whether a path, relative to the folder of the pattern, fits.
    func matches(_ path: ArraySlice<UInt8>, isFolder: Bool) -> Bool {
        if isForFolders, !isFolder { return false }
        guard matchesNameOnly, let slash = path.lastIndex(of: UInt8(ascii: "/")) else {
            return glob.matches(path)
        }
        return glob.matches(path[(slash + 1)...])
    }
}
