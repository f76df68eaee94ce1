#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// The user that the server runs as: the caller, or, since PostgreSQL refuses root, another.
struct ServerAccount: Sendable {
    /// The user made when none is there.
    private static let ownName = "gitdex"
    private static let debianName = "postgres"

    let user: uid_t
    let group: gid_t
    let name: String
    /// Whether programs must be run through a change of user.
    let isOther: Bool

    /// Finds the user for a data directory, creating one if root has none to use.
    static func find(for layout: ServerLayout) throws(EmbeddedPostgresError) -> ServerAccount {
        let caller = geteuid()
        if caller != 0 {
            guard let account = lookUp(caller, isOther: false) else {
                throw EmbeddedPostgresError(
                    .noServerUser, "user id \(caller) has no name, which PostgreSQL insists on",
                    remedy: "add the user to /etc/passwd, or set DATABASE_URL")
            }
            return account
        }
        if let owner = FileStatus(layout.cluster)?.owner, owner != 0,
            let account = lookUp(owner, isOther: true)
        {
            return account
        }
        if let account = lookUp(ownName) ?? lookUp(debianName) { return account }
        create()
        if let account = lookUp(ownName) { return account }
        throw EmbeddedPostgresError(
            .noServerUser,
            "PostgreSQL does not run as root, and the user '\(ownName)' could not be created",
            remedy: "run `useradd --system \(ownName)`, use gitdex as another user, or set "
                + "DATABASE_URL")
    }

    private static func create() {
        for program in ["/usr/sbin/useradd", "/sbin/useradd"] where access(program, X_OK) == 0 {
            _ = try? Command.run([
                program, "--system", "--user-group", "--no-create-home", "--home-dir",
                "/nonexistent", "--shell", "/usr/sbin/nologin", ownName,
            ])
            return
        }
    }

    /// The command line that runs a program as this user.
    func commandLine(_ arguments: [String]) throws(EmbeddedPostgresError) -> [String] {
        if !isOther { return arguments }
        for program in ["/usr/bin/setpriv", "/bin/setpriv"] where access(program, X_OK) == 0 {
            return [program, "--reuid=\(user)", "--regid=\(group)", "--init-groups", "--"]
                + arguments
        }
        for program in ["/usr/sbin/runuser", "/sbin/runuser"] where access(program, X_OK) == 0 {
            return [program, "-u", name, "--"] + arguments
        }
        throw EmbeddedPostgresError(
            .noServerUser, "PostgreSQL does not run as root, and setpriv and runuser are missing",
            remedy: "apt-get install util-linux, use gitdex as another user, or set DATABASE_URL")
    }

    /// The first directory on the way to a path that this user may not pass through.
    func firstUnreachable(_ path: String) -> String? {
        var passed = ""
        for part in path.split(separator: "/") {
            passed += "/" + part
            var status = stat()
            guard stat(passed, &status) == 0 else { return nil }
            guard status.st_mode & S_IFMT == S_IFDIR else { continue }
            let bit: mode_t =
                status.st_uid == user ? 0o100 : status.st_gid == group ? 0o010 : 0o001
            if status.st_mode & bit == 0 { return passed }
        }
        return nil
    }

    private static func lookUp(_ name: String) -> ServerAccount? {
        search { getpwnam_r(name, $0, $1, $2, $3) }
    }

    private static func lookUp(_ user: uid_t, isOther: Bool) -> ServerAccount? {
        search(isOther: isOther) { getpwuid_r(user, $0, $1, $2, $3) }
    }

    private static func search(
        isOther: Bool = true,
        _ find: (
            UnsafeMutablePointer<passwd>, UnsafeMutablePointer<CChar>, Int,
            UnsafeMutablePointer<UnsafeMutablePointer<passwd>?>
        ) -> Int32
    ) -> ServerAccount? {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 16 << 10) { buffer in
            guard let start = buffer.baseAddress,
                find(&entry, start, buffer.count, &found) == 0, found != nil,
                let name = entry.pw_name
            else { return nil }
            return ServerAccount(
                user: entry.pw_uid, group: entry.pw_gid, name: String(cString: name),
                isOther: isOther)
        }
    }
}
