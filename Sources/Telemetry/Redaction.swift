/// Keeps secrets out of what is written down.
///
/// A last line of defence: a value that is secret belongs in a type that prints a placeholder.
public enum Redaction {
    /// What stands in the place of a secret.
    public static let placeholder = "<redacted>"

    /// Returns a text without the user names and passwords of the URLs in it.
    ///
    /// - Parameter text: Any text, such as what a library said about a URL.
    /// - Returns: The text, with a placeholder between `://` and `@`.
    public static func maskingCredentials(in text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "@")) else { return text }
        var masked: [UInt8] = []
        let bytes = Array(text.utf8)
        var position = 0
        while position < bytes.count {
            guard bytes[position...].starts(with: schemeEnd) else {
                masked.append(bytes[position])
                position += 1
                continue
            }
            masked += schemeEnd
            position += schemeEnd.count
            let end = bytes[position...].firstIndex { authorityEnds.contains($0) } ?? bytes.count
            if let at = bytes[position..<end].lastIndex(of: UInt8(ascii: "@")) {
                masked += placeholder.utf8
                position = at
            }
        }
        return String(decoding: masked, as: UTF8.self)
    }

    /// Whether a field's name says that its value is secret.
    static func isSecret(_ key: String) -> Bool {
        let words = key.lowercased().split { !$0.isLetter }
        if words.contains(where: { secretWords.contains($0) }) { return true }
        return zip(words, words.dropFirst()).contains { secretWords.contains("\($0)_\($1)"[...]) }
    }

    private static let schemeEnd = Array("://".utf8)
    private static let authorityEnds = Set("/?# \t\r\n\"'<>".utf8)
    private static let secretWords: Set<Substring> = [
        "password", "passwords", "passphrase", "secret", "secrets", "token", "tokens",
        "authorization", "credential", "credentials", "cookie", "apikey", "api_key", "private_key",
        "encryption_key", "signature",
    ]
}
