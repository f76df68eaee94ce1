import Foundation
import Syntax

@testable import Chunking

/// The grammars that setup brought, and chunking with them.
enum Grammars {
    static var directory: String {
        let environment = ProcessInfo.processInfo.environment
        if let assets = environment["GITDEX_ASSETS_DIR"] { return assets + "/grammars" }
        let data =
            getuid() == 0 ? "/var/lib/gitdex" : NSHomeDirectory() + "/.local/share/gitdex"
        return data + "/assets/grammars"
    }

    private static let shared = Result { try GrammarLibrary(directory: directory) }

    static func library() throws -> GrammarLibrary { try shared.get() }

    static func chunk(_ bytes: [UInt8], _ language: String) throws -> ChunkedText {
        let chunker = Chunker(grammars: try library())
        return bytes.withUnsafeBytes { chunker.chunk($0, language: language) }
    }

    static func chunk(_ text: String, _ language: String) throws -> ChunkedText {
        try chunk(Array(text.utf8), language)
    }

    static func language(_ name: String, _ head: [UInt8] = []) -> String {
        head.withUnsafeBytes { LanguageDetector.language(of: Array(name.utf8), head: $0) }
    }
}
