import Git
import Lexing
import Storage

/// The words of texts, paths and names, in the form they are stored in.
struct Words {
    /// Raised when the same text gives other words.
    static let version = 1

    private let extractor = LexemeExtractor()

    /// The words of a text as a binary tsvector, and how many there are.
    func tokens(of bytes: UnsafeRawBufferPointer) -> (tokens: [UInt8], count: Int) {
        let lexemes = extractor.lexemes(of: bytes)
        var tokens: [UInt8] = []
        lexemes.encodeTSVector(into: &tokens)
        return (tokens, lexemes.partCount)
    }

    /// The words of a path or a name as a binary tsvector.
    func tokens(of bytes: [UInt8]) -> [UInt8] {
        bytes.withUnsafeBytes { tokens(of: $0).tokens }
    }
}

extension PathWordRows {
    /// The words of some paths.
    init(paths: [GitPath]) {
        let words = Words()
        self.init(
            version: Words.version, rows: paths.map { ($0, words.tokens(of: $0.bytes)) })
    }
}
