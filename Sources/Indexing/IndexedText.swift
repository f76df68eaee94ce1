public import Git

/// A text that is no file of git and is searched like one.
public struct IndexedText: Sendable {
    /// Where it stands among the files of its ref.
    public var path: GitPath
    /// What it is, in place of a language; what a search narrows by.
    public var kind: String
    /// The text, as Markdown in UTF-8.
    public var bytes: [UInt8]

    /// Makes a text; the parameters are its properties.
    public init(path: GitPath, kind: String, bytes: [UInt8]) {
        self.path = path
        self.kind = kind
        self.bytes = bytes
    }
}
