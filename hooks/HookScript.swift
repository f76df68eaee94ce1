/// The script that git runs, the same for every hook but for its name and the program it starts.
enum HookScript {
    /// The line that tells our file from anybody else's, whatever its version.
    static let marker = "# gitdex-hook "

    /// Returns the text of one hook.
    static func text(of hook: HookName, executable: String) -> [UInt8] {
        let template = String(decoding: PackageResources.hook_sh, as: UTF8.self)
        let text =
            template
            .replacing("@NAME@", with: hook.rawValue, maxReplacements: 1)
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
        let prefix = "gitdex="
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
