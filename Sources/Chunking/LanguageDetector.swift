/// Tells a file's language from its name and its first bytes.
public enum LanguageDetector {
    /// The name of what is no known language.
    public static let unknown = "text"

    /// How many bytes of the text are enough to tell its language.
    public static let headLength = 8_192

    /// Tells a file's language.
    ///
    /// The file's name decides first, then its extension, then a `#!` line; only where an
    /// extension is shared, as `.h` is, the text decides. Equal input gives equal answers.
    ///
    /// - Parameters:
    ///   - path: The file's path or name.
    ///   - head: The start of its text; ``headLength`` bytes are enough.
    /// - Returns: The language's name, ``unknown`` when nothing tells it.
    public static func language(of path: [UInt8], head: UnsafeRawBufferPointer) -> String {
        let name = fileName(path)
        if let language = LanguageNames.byFileName[name] { return language }
        for ending in endings(of: name) {
            if let languages = LanguageNames.ambiguous[ending] {
                return languages.choose(UnsafeRawBufferPointer(rebasing: head.prefix(headLength)))
            }
            if let language = LanguageNames.byExtension[ending] { return language }
        }
        return byPrefix(name) ?? shebang(head) ?? unknown
    }

    /// The name in lower case, without its folders.
    private static func fileName(_ path: [UInt8]) -> String {
        let start = path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
        return String(decoding: path[start...], as: UTF8.self).lowercased()
    }

    private static func byPrefix(_ name: String) -> String? {
        if name.hasPrefix("dockerfile.") || name.hasPrefix("containerfile.") { return "dockerfile" }
        if name.hasPrefix("makefile.") || name.hasPrefix("gnumakefile.") { return "make" }
        return nil
    }

    /// The endings from the longest to the shortest: `d.ts`, `ts`.
    private static func endings(of name: String) -> [String] {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false).dropFirst()
        return parts.indices.suffix(2).map { parts[$0...].joined(separator: ".") }
    }

    /// The interpreter a `#!` line names.
    private static func shebang(_ head: UnsafeRawBufferPointer) -> String? {
        guard head.starts(with: "#!".utf8) else { return nil }
        let line = head.prefix(256).prefix { $0 != 0x0A && $0 != 0x0D }
        let words = String(decoding: line.dropFirst(2), as: UTF8.self).split(separator: " ")
        for word in words {
            guard let program = word.split(separator: "/").last else { continue }
            // `env`, its options and its settings come before the interpreter.
            if program == "env" || program.hasPrefix("-") || program.contains("=") { continue }
            let bare = program.prefix { !$0.isNumber && $0 != "." && $0 != "-" }
            return LanguageNames.byInterpreter[String(bare)]
        }
        return nil
    }
}
