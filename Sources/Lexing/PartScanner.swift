/// Finds the lower-cased parts of all words of a text.
public enum PartScanner {
    /// Calls a closure with each part, in order.
    ///
    /// The static embedder counts these. One pass, no allocation per word.
    ///
    /// - Parameters:
    ///   - bytes: The text, in any state.
    ///   - body: Receives the lower-cased bytes of a part, valid during the call. Eight more bytes
    ///     may be read after its end; their value is undefined.
    public static func forEachPart(
        in bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void
    ) {
        var parts = WordParts()
        forEachWord(in: bytes, &parts) { word in
            for index in 0..<word.count { body(word[index]) }
        }
    }

    /// Splits each word of a text; a long word outside ASCII comes in several pieces.
    @inline(__always)
    static func forEachWord(
        in bytes: UnsafeRawBufferPointer, _ parts: inout WordParts,
        _ body: (borrowing WordParts) -> Void
    ) {
        guard let base = bytes.baseAddress, bytes.count > 0 else { return }
        var scanner = WordScanner(base, count: bytes.count)
        while let word = scanner.next() {
            if word.isPlain {
                parts.takePlain(scanner.base + word.start, count: word.count)
                body(parts)
            } else if word.count <= WordParts.maximumWordBytes {
                parts.split(
                    UnsafeRawBufferPointer(start: scanner.base + word.start, count: word.count))
                body(parts)
            } else if word.first == .beyondASCII || word.rest.contains(.beyondASCII) {
                forEachPiece(of: scanner.base + word.start, count: word.count) { piece in
                    parts.split(piece)
                    body(parts)
                }
            }
        }
    }

    /// Cuts a long word, between characters, into pieces that can be split.
    private static func forEachPiece(
        of word: UnsafePointer<UInt8>, count: Int, _ body: (UnsafeRawBufferPointer) -> Void
    ) {
        var start = 0
        while start < count {
            var end = min(start + WordParts.maximumWordBytes, count)
            while end < count, word[end] & 0xC0 == 0x80 { end -= 1 }
            body(UnsafeRawBufferPointer(start: word + start, count: end - start))
            start = end
        }
    }
}
