/// What a path in a tree is.
public enum FileMode: UInt16, Sendable, Hashable, CaseIterable {
    /// An ordinary file.
    case regular = 0o100644
    /// A file that may be executed.
    case executable = 0o100755
    /// A symbolic link; its blob holds where it points to.
    case symlink = 0o120000
    /// Another repository; its id is a commit of that repository, not an object of this one.
    case submodule = 0o160000

    /// Whether the path has file content: neither a symbolic link nor a submodule.
    public var isFile: Bool {
        self == .regular || self == .executable
    }

    /// Reads a mode as trees hold it; old trees have modes such as 100664.
    init?(treeMode: UInt32) {
        switch treeMode & 0o170000 {
        case 0o100000: self = treeMode & 0o100 == 0 ? .regular : .executable
        case 0o120000: self = .symlink
        case 0o160000: self = .submodule
        default: return nil
        }
    }
}
