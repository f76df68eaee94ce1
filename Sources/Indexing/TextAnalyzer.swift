import Chunking
import Cryptography
import Git
import Storage

/// Makes the rows of a file out of its bytes: chunks, definitions, texts with their words.
///
/// Not Sendable: one per thread, because parsers and scratch memory are kept.
final class TextAnalyzer {
    private let chunker: Chunker
    private let words = Words()

    init(chunker: Chunker) {
        self.chunker = chunker
    }

    /// The rows of a blob, and where in its bytes each chunk lies.
    ///
    /// A blob whose language is none names the one it is cut as, and defines nothing.
    func analyze(
        _ bytes: UnsafeRawBufferPointer, as key: BlobKey, cutAs language: String? = nil
    ) -> (blob: BlobRecord, ranges: [Range<Int>]) {
        let text = chunker.chunk(bytes, language: language ?? key.language)
        let chunks = text.chunks.map { chunk in
            BlobRecord.Chunk(
                ordinal: chunk.ordinal, kind: chunk.kind.rawValue, symbol: chunk.symbol,
                startLine: chunk.startLine, endLine: chunk.endLine,
                contentHash: .of(UnsafeRawBufferPointer(rebasing: bytes[chunk.byteRange])))
        }
        let defined = language == nil ? text.symbols : []
        let symbols = defined.enumerated().map { ordinal, symbol in
            BlobRecord.Symbol(
                ordinal: ordinal, chunkOrdinal: symbol.chunkOrdinal, startLine: symbol.startLine,
                endLine: symbol.endLine, kind: symbol.kind.rawValue, name: symbol.name,
                qualifiedName: symbol.qualifiedName,
                tokens: words.tokens(of: Array(symbol.qualifiedName.utf8)))
        }
        let blob = BlobRecord(key: key, size: bytes.count, chunks: chunks, symbols: symbols)
        return (blob, text.chunks.map(\.byteRange))
    }

    /// The row of a text.
    func content(_ bytes: UnsafeRawBufferPointer, hash: SHA256Digest) -> ContentRecord {
        let (tokens, count) = words.tokens(of: bytes)
        return ContentRecord(
            hash: hash, wordsVersion: Words.version, tokenCount: count, tokens: tokens,
            body: TextDecoding.text(bytes))
    }
}
