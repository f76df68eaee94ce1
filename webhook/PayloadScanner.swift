/// Reads JSON once, from front to back, and refuses what RFC 8259 does not allow and what two
/// readers could understand differently: a name that an object has twice, text that is no UTF-8.
///
/// No value is copied. The nodes of a document stand in the order of the text: an object is followed
/// by its names and values, an array by its elements.
struct PayloadScanner {
    /// Deeper nesting is refused.
    static let depthLimit = 64
    /// Values nested deeper than this are checked and not kept.
    static let keptDepth = 6
    /// More values than this are refused.
    static let nodeLimit = 1_000_000

    private let bytes: UnsafeRawBufferPointer
    private var position = 0
    private(set) var nodes: [PayloadNode] = []

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        nodes.reserveCapacity(min(bytes.count / 16, 4096))
    }

    mutating func scan() throws(PayloadError) {
        try value(depth: 0)
        skipSpace()
        guard position == bytes.count else { throw failure() }
    }

    private func failure() -> PayloadError {
        PayloadError("the payload is no JSON (at byte \(position))")
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0a, 0x0d, 0x09: position += 1
            default: return
            }
        }
    }

    private mutating func open(
        _ kind: PayloadNode.Kind, _ start: Int, depth: Int
    ) throws(PayloadError) -> Int? {
        guard depth <= Self.keptDepth else { return nil }
        guard nodes.count < Self.nodeLimit else {
            throw PayloadError("the payload has too many values")
        }
        nodes.append(PayloadNode(kind: kind, start: UInt32(start)))
        return nodes.count - 1
    }

    private mutating func close(_ node: Int?, end: Int) {
        guard let node else { return }
        nodes[node].end = UInt32(end)
        nodes[node].next = UInt32(nodes.count)
    }

    // MARK: Values

    private mutating func value(depth: Int) throws(PayloadError) {
        guard depth <= Self.depthLimit else {
            throw PayloadError("the payload is nested too deeply")
        }
        skipSpace()
        switch current {
        case UInt8(ascii: "{"): try object(depth: depth)
        case UInt8(ascii: "["): try array(depth: depth)
        case UInt8(ascii: "\""): _ = try string(depth: depth)
        case UInt8(ascii: "t"): try word("true", .true, depth: depth)
        case UInt8(ascii: "f"): try word("false", .false, depth: depth)
        case UInt8(ascii: "n"): try word("null", .null, depth: depth)
        default: try number(depth: depth)
        }
    }

    private mutating func word(
        _ text: StaticString, _ kind: PayloadNode.Kind, depth: Int
    ) throws(PayloadError) {
        let start = position
        let count = text.utf8CodeUnitCount
        guard position + count <= bytes.count,
            (0..<count).allSatisfy({ bytes[start + $0] == text.utf8Start[$0] })
        else { throw failure() }
        position += count
        close(try open(kind, start, depth: depth), end: position)
    }

    private mutating func number(depth: Int) throws(PayloadError) {
        let start = position
        if current == UInt8(ascii: "-") { position += 1 }
        if current == UInt8(ascii: "0") {
            position += 1
        } else {
            try digits()
        }
        if current == UInt8(ascii: ".") {
            position += 1
            try digits()
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            position += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
        close(try open(.number, start, depth: depth), end: position)
    }

    private mutating func digits() throws(PayloadError) {
        let start = position
        while let byte = current, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
            position += 1
        }
        guard position > start else { throw failure() }
    }

    private mutating func array(depth: Int) throws(PayloadError) {
        let node = try open(.array, position, depth: depth)
        position += 1
        skipSpace()
        if current == UInt8(ascii: "]") {
            position += 1
            close(node, end: position)
            return
        }
        while true {
            try value(depth: depth + 1)
            skipSpace()
            guard let byte = current else { throw failure() }
            position += 1
            if byte == UInt8(ascii: "]") { break }
            guard byte == UInt8(ascii: ",") else { throw failure() }
        }
        close(node, end: position)
    }

    private mutating func object(depth: Int) throws(PayloadError) {
        let node = try open(.object, position, depth: depth)
        var names = NameSet()
        position += 1
        skipSpace()
        if current == UInt8(ascii: "}") {
            position += 1
            close(node, end: position)
            return
        }
        while true {
            skipSpace()
            guard current == UInt8(ascii: "\"") else { throw failure() }
            let name = try string(depth: depth + 1)
            guard names.insert(name) else {
                throw PayloadError("an object of the payload has a name twice")
            }
            skipSpace()
            guard current == UInt8(ascii: ":") else { throw failure() }
            position += 1
            try value(depth: depth + 1)
            skipSpace()
            guard let byte = current else { throw failure() }
            position += 1
            if byte == UInt8(ascii: "}") { break }
            guard byte == UInt8(ascii: ",") else { throw failure() }
        }
        close(node, end: position)
    }

    // MARK: Strings

    /// Reads a string and returns a hash of what it says.
    private mutating func string(depth: Int) throws(PayloadError) -> UInt64 {
        position += 1
        let start = position
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        var isEscaped = false
        while true {
            guard position < bytes.count else { throw failure() }
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") { break }
            if byte == UInt8(ascii: "\\") {
                isEscaped = true
                let scalar = try escape()
                for byte in String(scalar).utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
                continue
            }
            if byte < 0x20 { throw failure() }
            let length = byte < 0x80 ? 1 : try sequenceLength(byte)
            for index in position..<(position + length) {
                hash = (hash ^ UInt64(bytes[index])) &* 0x100_0000_01b3
            }
            position += length
        }
        let node = try open(isEscaped ? .escapedString : .string, start, depth: depth)
        close(node, end: position)
        position += 1
        return hash
    }

    /// Reads an escape; half of a surrogate pair, which JSON allows, counts as the replacement
    /// character.
    private mutating func escape() throws(PayloadError) -> Unicode.Scalar {
        position += 1
        guard let letter = current else { throw failure() }
        guard letter == UInt8(ascii: "u") else {
            guard let scalar = PayloadText.simpleEscape(letter) else { throw failure() }
            position += 1
            return scalar
        }
        guard let unit = PayloadText.codeUnit(bytes, at: position + 1) else { throw failure() }
        position += 5
        if let scalar = Unicode.Scalar(unit) { return scalar }
        if let pair = PayloadText.surrogatePair(bytes, high: unit, at: position) {
            position += 6
            return pair
        }
        return "\u{FFFD}"
    }

    /// Checks a character of several bytes and returns how many it has.
    private func sequenceLength(_ first: UInt8) throws(PayloadError) -> Int {
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xbf
        switch first {
        case 0xc2...0xdf: length = 2
        case 0xe0: (length, second) = (3, 0xa0...0xbf)
        case 0xed: (length, second) = (3, 0x80...0x9f)
        case 0xe1...0xef: length = 3
        case 0xf0: (length, second) = (4, 0x90...0xbf)
        case 0xf4: (length, second) = (4, 0x80...0x8f)
        case 0xf1...0xf3: length = 4
        default: throw PayloadError("the payload is no UTF-8 (at byte \(position))")
        }
        guard position + length <= bytes.count, second.contains(bytes[position + 1]),
            (2..<length).allSatisfy({ bytes[position + $0] & 0xc0 == 0x80 })
        else { throw PayloadError("the payload is no UTF-8 (at byte \(position))") }
        return length
    }

    /// The names of one object; a list while they are few.
    private struct NameSet {
        private static let listLimit = 24
        private var list: [UInt64] = []
        private var set: Set<UInt64> = []

        mutating func insert(_ name: UInt64) -> Bool {
            if !set.isEmpty { return set.insert(name).inserted }
            if list.contains(name) { return false }
            list.append(name)
            if list.count > Self.listLimit { set = Set(list) }
            return true
        }
    }
}
