/// Finds the words of a text.
///
/// A word is a maximal run of letters, digits and low lines. Letters outside ASCII count; bytes
/// that are not valid UTF-8 end a word, as punctuation does. The scan is one pass over the bytes
/// and allocates nothing.
public struct WordScanner {
    /// Calls a closure with each word of a text, in order.
    ///
    /// - Parameters:
    ///   - bytes: The text, in any state.
    ///   - body: Receives the bytes of one word as they stand in the text, never empty.
    public static func forEachWord(
        in bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void
    ) {
        guard let base = bytes.baseAddress, bytes.count > 0 else { return }
        var scanner = WordScanner(base, count: bytes.count)
        while let word = scanner.next() {
            body(UnsafeRawBufferPointer(start: scanner.base + word.start, count: word.count))
        }
    }

    /// The place and the make of one word.
    struct Word {
        var start: Int
        var end: Int
        /// The class of its first byte.
        var first: CharacterClass
        /// The classes of all its other bytes together.
        var rest: CharacterClass

        var count: Int { end - start }

        /// Whether the word is ASCII letters with at most the first in upper case: one part.
        var isPlain: Bool {
            (first == .lower || first == .upper)
                && CharacterClass.lower.isSuperset(of: rest)
        }
    }

    let base: UnsafePointer<UInt8>
    private let count: Int
    private var offset = 0

    /// Starts at the beginning of a text, which must outlive the scanner.
    init(_ text: UnsafeRawPointer, count: Int) {
        base = text.assumingMemoryBound(to: UInt8.self)
        self.count = count
    }

    /// Returns the next word, or nil at the end of the text.
    @inline(__always)
    mutating func next() -> Word? {
        var start = offset
        while start < count {
            let first = CharacterClass.of(byte: base[start])
            if first == .separator {
                start += 1
            } else if first == .beyondASCII {
                let width = letterWidth(at: start)
                if width > 0 { return word(from: start, first, from: start + width) }
                start += 1
            } else {
                return word(from: start, first, from: start + 1)
            }
        }
        offset = count
        return nil
    }

    @inline(__always)
    private mutating func word(
        from start: Int, _ first: CharacterClass, from second: Int
    ) -> Word {
        var end = second
        var rest = CharacterClass.separator
        while end < count {
            let kind = CharacterClass.of(byte: base[end])
            if kind == .separator { break }
            if kind == .beyondASCII {
                let width = letterWidth(at: end)
                if width == 0 { break }
                end += width
            } else {
                end += 1
            }
            rest.formUnion(kind)
        }
        offset = end
        return Word(start: start, end: end, first: first, rest: rest)
    }

    /// Returns the width of the letter outside ASCII at an offset, 0 where there is none.
    private func letterWidth(at index: Int) -> Int {
        let point = CodePoint.decode(base, at: index, count: count)
        guard let value = point.value, CharacterClass.of(codePoint: value) != .separator else {
            return 0
        }
        return point.width
    }
}
