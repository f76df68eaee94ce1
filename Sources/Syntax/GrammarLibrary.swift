internal import CTreeSitter
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// The grammars that setup brought, each loaded when it is first asked for.
public struct GrammarLibrary: Sendable {
    private final class Shelf: Sendable {
        let loaded = Mutex<[String: Result<Grammar, SyntaxError>]>([:])
    }

    private let directory: String
    private let entries: [String: GrammarManifest.Entry]
    private let shelf = Shelf()

    /// Reads the manifest of a folder of grammars; loads none of them yet.
    ///
    /// - Parameter directory: The folder with `manifest.json` and the shared libraries.
    /// - Throws: ``SyntaxError`` when the manifest is not there or not readable.
    public init(directory: String) throws(SyntaxError) {
        self.directory = directory
        self.entries = try GrammarManifest.read(directory: directory).languages
    }

    /// The names of all languages there is a grammar for, sorted.
    public var languages: [String] { entries.keys.sorted() }

    /// Tells whether there is a grammar for a language, without loading it.
    ///
    /// - Parameter language: A language's name, for instance `python`.
    /// - Returns: `true` when the manifest lists it.
    public func contains(_ language: String) -> Bool { entries[language] != nil }

    /// Returns a language's grammar, loading it on the first call.
    ///
    /// - Parameter language: A language's name, for instance `python`.
    /// - Returns: The grammar, or `nil` when the manifest has none for the language.
    /// - Throws: ``SyntaxError`` when its library cannot be loaded or does not fit the parser.
    public func grammar(for language: String) throws(SyntaxError) -> Grammar? {
        guard let entry = entries[language] else { return nil }
        let result = shelf.loaded.withLock { loaded in
            if let known = loaded[language] { return known }
            let fresh = Self.load(language, entry, directory: directory)
            loaded[language] = fresh
            return fresh
        }
        return try result.get()
    }

    private static func load(
        _ language: String, _ entry: GrammarManifest.Entry, directory: String
    ) -> Result<Grammar, SyntaxError> {
        let path = directory + "/" + entry.file
        let remedy = "run scripts/setup-grammars again"
        // Never closed: the language table lives in the library's memory.
        guard let handle = dlopen(path, RTLD_LAZY | RTLD_LOCAL),
            let function = dlsym(handle, entry.symbol)
        else {
            let reason = dlerror().map { String(cString: $0) } ?? "no reason given"
            return .failure(
                SyntaxError(
                    .grammarUnloadable, "the \(language) grammar cannot be loaded (\(reason))",
                    remedy: remedy))
        }
        typealias Entrance = @convention(c) () -> OpaquePointer?
        let entrance = unsafeBitCast(function, to: Entrance.self)
        guard let pointer = entrance(), isCompatible(pointer) else {
            return .failure(
                SyntaxError(
                    .grammarIncompatible,
                    "the \(language) grammar does not fit this version of the parser",
                    remedy: remedy))
        }
        return .success(Grammar(name: language, pointer: pointer))
    }

    private static func isCompatible(_ language: OpaquePointer) -> Bool {
        let version = Int32(ts_language_abi_version(language))
        return version >= TREE_SITTER_MIN_COMPATIBLE_LANGUAGE_VERSION
            && version <= TREE_SITTER_LANGUAGE_VERSION
    }
}
