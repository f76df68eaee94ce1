import Lexing

/// The words of a name or path, as the index makes them.
struct NameWords {
    /// The parts, lower-cased and without endings, in order.
    var parts: [[UInt8]] = []
    /// The parts, lower-cased, run together: equal for `parse_args`, `parseArgs` and `ParseArgs`.
    var joined: [UInt8] = []

    init(_ bytes: some Sequence<UInt8>) {
        Array(bytes).withUnsafeBytes { text in
            PartScanner.forEachPart(in: text) { part in
                joined += part
                parts.append(Self.stemmed(part))
            }
        }
    }

    init(_ text: String) { self.init(text.utf8) }

    private static func stemmed(_ part: UnsafeRawBufferPointer) -> [UInt8] {
        var bytes = Array(part)
        let count = bytes.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.map { Stemmer.stem($0, count: buffer.count) } ?? 0
        }
        bytes.removeLast(bytes.count - count)
        return bytes
    }
}
