#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// Why the embedded PostgreSQL could not be brought up or down.
public struct EmbeddedPostgresError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it is; programs switch on this.
    public enum Code: String, Sendable, Hashable {
        /// The server's programs are not there.
        case assetsMissing
        /// The server's programs do not run on this machine.
        case assetsUnusable
        /// The user that the server runs as cannot reach a directory.
        case unreachableDirectory
        /// There is no user that the server could run as.
        case noServerUser
        /// The data belongs to another major version of PostgreSQL.
        case otherMajorVersion
        /// The disk is full.
        case diskFull
        /// A directory belongs to somebody else.
        case permissionDenied
        /// The directory for the socket is not safe to use.
        case unsafeRunDirectory
        /// The server ended while starting.
        case startFailed
        /// It took too long.
        case timeout
        /// The system refused something else.
        case system
    }

    /// What kind of failure it is.
    public let code: Code
    /// What happened.
    public let message: String
    /// What to do.
    public let remedy: String

    init(_ code: Code, _ message: String, remedy: String) {
        self.code = code
        self.message = message
        self.remedy = remedy
    }

    /// What happened and what to do.
    public var description: String { "\(message): \(remedy)" }

    static func noSpace(_ directory: String) -> EmbeddedPostgresError {
        EmbeddedPostgresError(
            .diskFull, "no space is left for the embedded PostgreSQL in \(directory)",
            remedy: "free disk space, or set GITDEX_DATA_DIR to a larger disk")
    }

    static func system(_ what: String, _ path: String, errno code: Int32) -> EmbeddedPostgresError {
        if code == ENOSPC { return noSpace(path) }
        let reason = String(cString: strerror(code))
        let isDenied = code == EACCES || code == EPERM
        return EmbeddedPostgresError(
            isDenied ? .permissionDenied : .system, "cannot \(what) \(path) (\(reason))",
            remedy: "set GITDEX_DATA_DIR to a directory of your own, or set DATABASE_URL")
    }
}
