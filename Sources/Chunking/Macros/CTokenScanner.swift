/// Reads the tokens of C and its kin: without comments, each line of the preprocessor as one.
struct CTokenScanner {
    private let bytes: UnsafeRawBufferPointer
    private var place = 0
    private var isLineStart = true
    private var tokens: [CToken] = []

    /// The longest mark between the quote and the bracket of a raw string, by the standard.
    private static let longestRawMark = 16

    static func tokens(of bytes: UnsafeRawBufferPointer) -> [CToken] {
        var scanner = CTokenScanner(bytes: bytes)
        scanner.tokens.reserveCapacity(bytes.count / 5)
        while scanner.place < bytes.count { scanner.readOne() }
        return scanner.tokens
    }

    private init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    private func byte(_ offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }

    private mutating func readOne() {
        let first = bytes[place]
        let start = place
        switch first {
        case 0x0A:
            isLineStart = true
            place += 1
        case 0...0x20: place += 1
        case UInt8(ascii: "\\") where byte(start + 1) <= 0x20: place += 1
        case UInt8(ascii: "/") where byte(start + 1) == UInt8(ascii: "/"): skipLine()
        case UInt8(ascii: "/") where byte(start + 1) == UInt8(ascii: "*"): skipComment()
        case UInt8(ascii: "#") where isLineStart:
            skipLine()
            add(.directive, from: start)
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            skipQuoted(first)
            add(.literal, from: start)
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            skipNumber()
            add(.literal, from: start)
        case _ where Self.isInWord(first):
            while place < bytes.count, Self.isInWord(bytes[place]) { place += 1 }
            let word = UnsafeRawBufferPointer(rebasing: bytes[start..<place])
            if byte(place) == UInt8(ascii: "\""), word.last == UInt8(ascii: "R"), word.count <= 3 {
                skipRawString()
                add(.literal, from: start)
            } else {
                add(CWord.kind(of: word), from: start)
            }
        default:
            place += 1
            add(.sign, from: start)
        }
    }

    private mutating func add(_ kind: CToken.Kind, from start: Int) {
        isLineStart = false
        tokens.append(CToken(kind: kind, start: Int32(start), end: Int32(place)))
    }

    /// To the end of a line, over backslashes at line ends and comments that go on.
    private mutating func skipLine() {
        let isComment = byte(place) == UInt8(ascii: "/")
        while place < bytes.count, bytes[place] != 0x0A {
            if bytes[place] == UInt8(ascii: "\\") {
                if byte(place + 1) == 0x0D, byte(place + 2) == 0x0A { place += 1 }
                place += 1
            } else if !isComment, bytes[place] == UInt8(ascii: "/"),
                byte(place + 1) == UInt8(ascii: "*")
            {
                skipComment()
                continue
            }
            place += 1
        }
        place = min(place, bytes.count)
    }

    private mutating func skipComment() {
        place += 2
        while place < bytes.count {
            if bytes[place] == UInt8(ascii: "*"), byte(place + 1) == UInt8(ascii: "/") {
                place += 2
                return
            }
            place += 1
        }
    }

    private mutating func skipQuoted(_ quote: UInt8) {
        place += 1
        while place < bytes.count, bytes[place] != quote, bytes[place] != 0x0A {
            place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
        }
        place = min(byte(place) == quote ? place + 1 : place, bytes.count)
    }

    private mutating func skipNumber() {
        while place < bytes.count {
            let isPart =
                Self.isInWord(bytes[place]) || bytes[place] == UInt8(ascii: ".")
                || bytes[place] == UInt8(ascii: "'") && Self.isInWord(byte(place + 1))
            guard isPart else { return }
            place += 1
        }
    }

    private mutating func skipRawString() {
        let mark = place + 1
        var open = mark
        while byte(open) != UInt8(ascii: "("), open - mark <= Self.longestRawMark,
            open < bytes.count
        {
            open += 1
        }
        guard byte(open) == UInt8(ascii: "(") else { return skipQuoted(UInt8(ascii: "\"")) }
        let count = open - mark
        place = open + 1
        while place < bytes.count {
            if bytes[place] == UInt8(ascii: ")"), byte(place + 1 + count) == UInt8(ascii: "\""),
                bytes[place + 1..<place + 1 + count].elementsEqual(bytes[mark..<open])
            {
                place += count + 2
                return
            }
            place += 1
        }
    }

    private static func isInWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"),
            0x80...0xFF:
            true
        default: false
        }
    }
}
