/// Where the value of a setting came from.
public enum SettingOrigin: Sendable, Hashable, CustomStringConvertible {
    /// A flag on the command line.
    case commandLine
    /// The environment of the process.
    case environment
    /// The file of `--env-file`, or the working directory's `.env`.
    case environmentFile(String)
    /// `gitdex.json` in the data directory.
    case settingsFile(String)

    /// The origin in words, for messages.
    public var description: String {
        switch self {
        case .commandLine: "the command line"
        case .environment: "the environment"
        case .environmentFile(let path), .settingsFile(let path): path
        }
    }
}
