#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// The directory of the server's socket.
///
/// Where it lies in `/tmp`, anybody could have made it first and put a socket of his own there: it
/// is used only if it is a real directory, closed to others, of the user who owns the data.
struct RunDirectory {
    private let layout: ServerLayout

    init(_ layout: ServerLayout) {
        self.layout = layout
    }

    /// Checks before connecting; costs nothing where the directory lies with the data.
    func check() throws(EmbeddedPostgresError) {
        guard layout.isRunShared, let owner = FileStatus(layout.cluster)?.owner else { return }
        try check(owner: owner)
    }

    /// Makes the directory, or takes the one that is there if it is safe.
    func prepare(for account: ServerAccount) throws(EmbeddedPostgresError) {
        if mkdir(layout.run, 0o700) == 0 {
            if chown(layout.run, account.user, account.group) != 0 {
                throw .system("hand over", layout.run, errno: errno)
            }
        } else if errno != EEXIST {
            throw .system("create", layout.run, errno: errno)
        }
        try check(owner: account.user)
    }

    private func check(owner: uid_t) throws(EmbeddedPostgresError) {
        guard let status = FileStatus(layout.run), status.isDirectory, status.owner == owner,
            status.mode & 0o077 == 0
        else {
            throw EmbeddedPostgresError(
                .unsafeRunDirectory,
                "\(layout.run) is not a directory closed to others that belongs to the server's "
                    + "user",
                remedy: "remove it, or set GITDEX_DATA_DIR to a path shorter than 80 bytes")
        }
    }
}
