#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// Where set-up put what the program needs at run time.
public enum TestAssets {
    /// `GITDEX_ASSETS_DIR` alone where it is set, else the default places.
    public static var directories: [String] {
        if let given = environment("GITDEX_ASSETS_DIR") { return [given] }
        let home = environment("XDG_DATA_HOME") ?? (environment("HOME") ?? "") + "/.local/share"
        return ["/var/lib/gitdex/assets", home + "/gitdex/assets"]
    }

    private static func environment(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }
}
