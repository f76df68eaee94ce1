/// Why a file of the tree has no chunks.
public enum SkipReason: String, Sendable, CaseIterable {
    /// It holds bytes that no text has, or `.gitattributes` says `binary`.
    case binary
    /// It is larger than the limit for one file.
    case tooLarge = "too large"
    /// `.gitattributes` says `linguist-generated`, or it is a known lock or minified file.
    case generated
    /// `.gitattributes` says `linguist-vendored`.
    case vendored
    /// `.gitdexignore` names it.
    case ignored
    /// It is a symbolic link.
    case symlink
    /// It is a submodule.
    case submodule
    /// Too much of it is not UTF-8.
    case invalidEncoding = "invalid encoding"
    /// Its object is not in the repository, as in a partial clone, or it is a file of a working
    /// tree that cannot be read.
    case missing
}
