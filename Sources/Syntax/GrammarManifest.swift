internal import FoundationEssentials

/// The list of grammars that setup unpacked, as it lies beside them.
struct GrammarManifest: Decodable {
    /// Where one grammar's code is.
    struct Entry: Decodable {
        /// The shared library's file name.
        let file: String
        /// The exported function that returns the language.
        let symbol: String
    }

    /// Every grammar by its language's name.
    let languages: [String: Entry]

    /// Reads the manifest of a folder of grammars.
    static func read(directory: String) throws(SyntaxError) -> GrammarManifest {
        let path = directory + "/manifest.json"
        let remedy = "run scripts/setup-grammars again"
        guard let data = FileManager.default.contents(atPath: path) else {
            throw SyntaxError(
                .grammarsMissing, "there are no grammars at \(directory)", remedy: remedy)
        }
        let manifest: GrammarManifest
        do {
            manifest = try JSONDecoder().decode(GrammarManifest.self, from: data)
        } catch {
            throw SyntaxError(
                .manifestMalformed, "\(path) is not a manifest of grammars", remedy: remedy)
        }
        // The manifest names files of its own folder only, so nothing else can be loaded by it.
        for entry in manifest.languages.values where entry.file.contains("/") {
            throw SyntaxError(
                .manifestMalformed, "\(path) names a file outside its folder", remedy: remedy)
        }
        return manifest
    }
}
