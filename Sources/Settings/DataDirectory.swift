/// Where gitdex keeps its data when nothing names a place.
enum DataDirectory {
    /// Root's place: PostgreSQL runs as a user of its own there, which must be able to reach it.
    static let ofRoot = "/var/lib/gitdex"

    /// Returns the default data directory.
    ///
    /// - Parameters:
    ///   - environment: The environment, for `XDG_DATA_HOME`.
    ///   - user: The user the process works as.
    /// - Returns: An absolute path, or nil when the user has no home.
    static func standard(environment: [String: String], user: UserIdentity) -> String? {
        if user.effectiveUserID == 0 { return ofRoot }
        if let base = environment["XDG_DATA_HOME"], base.hasPrefix("/") {
            return PathText.joined(base, "gitdex")
        }
        guard let home = user.homeDirectory, home.hasPrefix("/") else { return nil }
        return PathText.joined(home, ".local/share/gitdex")
    }
}
