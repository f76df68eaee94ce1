/// The lower-cased parts of one word: `parseHTTPHeader` gives `parse`, `http`, `header`.
///
/// An instance owns a small piece of memory and is used for one word after another. Low lines and
/// changes of case part a word; an acronym ends before the capital that starts the next word;
/// digits stay with the letters before them (`base64`, `utf8`), and letters that follow them start
/// a part where at least two letters went before (`sha1sum`, but `i18n` stays whole). Runs of
/// ideographs give overlapping pairs.
public struct WordParts: ~Copyable {
    /// The longest word that is split; a longer ASCII word is data, not language, and has no parts.
    public static let maximumWordBytes = 256

    /// The number of parts of the present word.
    public private(set) var count = 0
    /// The length of the whole word without low lines, in bytes.
    public private(set) var wholeCount = 0

    private let bytes: UnsafeMutablePointer<UInt8>
    private let classes: UnsafeMutablePointer<CharacterClass>
    private let offsets: UnsafeMutablePointer<Int16>
    private let starts: UnsafeMutablePointer<Int16>
    private let ends: UnsafeMutablePointer<Int16>

    /// Makes room for the parts of a word.
    public init() {
        let capacity = Self.maximumWordBytes + 8
        bytes = .allocate(capacity: capacity)
        classes = .allocate(capacity: capacity)
        offsets = .allocate(capacity: capacity)
        starts = .allocate(capacity: capacity)
        ends = .allocate(capacity: capacity)
        bytes.initialize(repeating: 0, count: capacity)
    }

    deinit {
        bytes.deallocate()
        classes.deallocate()
        offsets.deallocate()
        starts.deallocate()
        ends.deallocate()
    }

    /// The whole word, lower-cased and without low lines; valid until the next word.
    public var whole: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: bytes, count: wholeCount)
    }

    /// Returns one part; valid until the next word.
    ///
    /// - Parameter index: Its place, below `count`.
    /// - Returns: The lower-cased bytes.
    public subscript(index: Int) -> UnsafeRawBufferPointer {
        precondition(index >= 0 && index < count)
        let start = Int(starts[index])
        return UnsafeRawBufferPointer(start: bytes + start, count: Int(ends[index]) - start)
    }

    /// Takes a word of plain ASCII letters whose only capital may be the first.
    @inline(__always)
    mutating func takePlain(_ word: UnsafePointer<UInt8>, count length: Int) {
        guard length <= Self.maximumWordBytes else {
            count = 0
            return
        }
        bytes.update(from: word, count: length)
        bytes[0] |= 0x20
        wholeCount = length
        starts[0] = 0
        ends[0] = Int16(truncatingIfNeeded: length)
        count = 1
    }

    /// Splits a word.
    ///
    /// - Parameter word: A word of at most `maximumWordBytes`, as `WordScanner` gives it.
    public mutating func split(_ word: UnsafeRawBufferPointer) {
        count = 0
        wholeCount = 0
        let source = word.assumingMemoryBound(to: UInt8.self)
        guard let base = source.baseAddress, source.count <= Self.maximumWordBytes else { return }
        let characters = classify(base, count: source.count)
        var start = 0
        while start < characters {
            if classes[start] == .underscore {
                start += 1
                continue
            }
            let end = endOfPart(from: start, characters)
            if classes[start] == .ideograph {
                appendPairs(from: start, to: end)
            } else {
                append(from: start, to: end)
            }
            start = end
        }
    }

    /// Writes the lower-cased word without low lines and the class and offset of each character.
    private mutating func classify(_ word: UnsafePointer<UInt8>, count length: Int) -> Int {
        var (index, characters, out) = (0, 0, 0)
        while index < length {
            let byte = word[index]
            var kind = CharacterClass.of(byte: byte)
            offsets[characters] = Int16(truncatingIfNeeded: out)
            if kind == .beyondASCII {
                let point = CodePoint.decode(word, at: index, count: length)
                let value = point.value ?? 0xFFFD
                kind = CharacterClass.of(codePoint: value)
                if point.value != nil {
                    CodePoint.encode(CaseMapping.lower(value), to: bytes + out, width: point.width)
                    out += point.width
                }
                index += point.width
            } else {
                if kind != .underscore {
                    bytes[out] = kind == .upper ? byte | 0x20 : byte
                    out += 1
                }
                index += 1
            }
            classes[characters] = kind == .separator ? .underscore : kind
            characters += 1
        }
        offsets[characters] = Int16(truncatingIfNeeded: out)
        // Two stand-ins let the boundary rules look ahead without a check.
        classes[characters] = .separator
        classes[characters + 1] = .separator
        wholeCount = out
        return characters
    }

    private func endOfPart(from start: Int, _ characters: Int) -> Int {
        var letters = classes[start] == .digit ? 0 : 1
        var isLeading = letters == 1
        var index = start + 1
        while index < characters, classes[index] != .underscore {
            if isBoundary(at: index, leadingLetters: letters) { break }
            isLeading = isLeading && classes[index] != .digit
            if isLeading { letters += 1 }
            index += 1
        }
        return index
    }

    /// Tells whether a new part starts at a character.
    ///
    /// `leadingLetters` is the number of letters that the present part starts with.
    private func isBoundary(at index: Int, leadingLetters: Int) -> Bool {
        let (previous, this) = (classes[index - 1], classes[index])
        if (previous == .ideograph) != (this == .ideograph) { return true }
        switch (previous, this) {
        case (.lower, .upper): return true
        case (.digit, .upper): return leadingLetters >= 1
        case (.digit, .lower): return leadingLetters >= 2
        case (.upper, .upper):
            guard classes[index + 1] == .lower else { return false }
            // The plural of an acronym: URLs, IDs.
            let isPlural = bytes[Int(offsets[index + 1])] == 0x73 && classes[index + 2] != .lower
            return !isPlural
        default: return false
        }
    }

    private mutating func append(from start: Int, to end: Int) {
        starts[count] = offsets[start]
        ends[count] = offsets[end]
        count += 1
    }

    private mutating func appendPairs(from start: Int, to end: Int) {
        if end - start == 1 {
            append(from: start, to: end)
            return
        }
        for index in start..<(end - 1) { append(from: index, to: index + 2) }
    }
}
