import Git

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Notices when a mirror was removed, or made anew, while it was read.
///
/// A file whose object is not there counts as left out, so a commit that was read from half a mirror
/// must not become the index.
struct MirrorGuard: Sendable {
    private let path: String
    private let head: ObjectID
    private let identity: UInt64?

    init(_ path: String, _ head: ObjectID) {
        self.path = path
        self.head = head
        identity = Self.identity(path)
    }

    /// Makes sure that the mirror is the one that was there before.
    ///
    /// - Throws: `GitError` with code `notARepository` when it is not.
    func check() throws {
        guard let identity, Self.identity(path) == identity,
            let repository = try? Repository(at: path), repository.hasObject(head)
        else {
            throw GitError(.notARepository, "the mirror was removed while it was read")
        }
    }

    private static func identity(_ path: String) -> UInt64? {
        var status = stat()
        guard stat(path + "/objects", &status) == 0 else { return nil }
        return UInt64(status.st_ino)
    }
}
