public import Git

/// The words of paths on their way into the index.
public struct PathWordRows: Sendable {
    /// The version of the rules that the words were found by.
    public var version: Int
    /// The paths with their words, as binary tsvectors.
    public var rows: [(path: GitPath, tokens: [UInt8])]

    /// Makes rows; the parameters are its properties.
    public init(version: Int, rows: [(path: GitPath, tokens: [UInt8])]) {
        self.version = version
        self.rows = rows
    }
}
