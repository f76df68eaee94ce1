#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The user a process works as, as far as the settings depend on it.
public struct UserIdentity: Sendable, Hashable {
    /// The effective user id; 0 is root.
    public let effectiveUserID: UInt32
    /// The home directory that the user database names, if any.
    public let homeDirectory: String?

    /// Describes a user.
    ///
    /// - Parameters:
    ///   - effectiveUserID: The effective user id.
    ///   - homeDirectory: The home directory that the user database names, if any.
    public init(effectiveUserID: UInt32, homeDirectory: String?) {
        self.effectiveUserID = effectiveUserID
        self.homeDirectory = homeDirectory
    }

    /// Returns the user of this process; looks into the user database only for a home directory.
    ///
    /// - Parameter environment: The environment; a `HOME` in it spares the look-up.
    /// - Returns: The user.
    public static func current(environment: [String: String]) -> UserIdentity {
        let identifier = geteuid()
        if let home = environment["HOME"], home.hasPrefix("/") {
            return UserIdentity(effectiveUserID: identifier, homeDirectory: home)
        }
        return UserIdentity(
            effectiveUserID: identifier, homeDirectory: databaseHome(of: identifier))
    }

    private static func databaseHome(of identifier: UInt32) -> String? {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16 << 10)
        guard getpwuid_r(identifier, &entry, &buffer, buffer.count, &found) == 0, found != nil,
            let directory = entry.pw_dir
        else { return nil }
        let home = String(cString: directory)
        return home.hasPrefix("/") ? home : nil
    }
}
