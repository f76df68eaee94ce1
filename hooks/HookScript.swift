/// The script that git runs, the same for every hook but for its name and the program it starts.
enum HookScript {
    /// The line that tells our file from anybody else's, whatever its version.
    static let marker = "# gitdex-hook "

    /// Returns the text of one hook.
    ///
    /// - Parameters:
    ///   - hook: The hook.
    ///   - executable: The program it starts.
    ///   - dataDirectory: The data directory that the program gets where the environment names
    ///     none.
    /// - Returns: The bytes of the script.
    static func text(
        of hook: HookName, executable: String, dataDirectory: String?
    ) -> [UInt8] {
        let template = String(decoding: PackageResources.hook_sh, as: UTF8.self)
        let text =
            template
            .replacing("@NAME@", with: hook.rawValue, maxReplacements: 1)
            .replacing("@DATA@", with: quoted(dataDirectory ?? ""), maxReplacements: 1)
            .replacing("@EXECUTABLE@", with: quoted(executable), maxReplacements: 1)
        return Array(text.utf8)
    }

    /// Whether a file's bytes are a hook of ours.
    static func isOurs(_ bytes: [UInt8]) -> Bool {
        let head = String(decoding: bytes.prefix(4096), as: UTF8.self)
        return head.split(separator: "\n").contains { $0.hasPrefix(marker) }
    }

    /// Returns the program that a hook of ours starts, or nil when the file names none.
    static func executable(in bytes: [UInt8]) -> String? {
        value(of: "gitdex", in: bytes)
    }

    /// Returns the data directory that a hook of ours hands on, or nil when the file names none.
    static func dataDirectory(in bytes: [UInt8]) -> String? {
        value(of: "data", in: bytes).flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func value(of name: String, in bytes: [UInt8]) -> String? {
        let prefix = name + "="
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        guard let line = lines.first(where: { $0.hasPrefix(prefix) }) else { return nil }
        let value = line.dropFirst(prefix.count)
        guard value.count >= 2, value.first == "'", value.last == "'" else { return nil }
        return String(value.dropFirst().dropLast()).replacing("'\\''", with: "'")
    }

    private static func quoted(_ text: String) -> String {
        "'" + text.replacing("'", with: "'\\''") + "'"
    }
}
