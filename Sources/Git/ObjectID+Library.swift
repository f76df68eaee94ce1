import CLibgit2

extension ObjectID {
    /// Copies an id out of libgit2's form.
    init(_ oid: git_oid) {
        self = Swift.withUnsafeBytes(of: oid, Self.init(raw:))
    }

    /// The id in libgit2's form.
    var libraryForm: git_oid {
        var oid = git_oid()
        withUnsafeBytes { bytes in
            withUnsafeMutableBytes(of: &oid) { $0.copyMemory(from: bytes) }
        }
        return oid
    }
}
