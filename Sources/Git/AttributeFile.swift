/// The rules of one attribute file.
struct AttributeFile: Sendable {
    /// What a rule says about an attribute.
    enum State: Hashable, Sendable {
        case set
        case unset
        case unspecified
        case value(String)
    }

    /// An attribute and what a rule says about it.
    struct Assignment: Hashable, Sendable {
        let name: String
        let state: State
    }

    /// A line: which paths, and what about them.
    struct Rule: Sendable {
        let pattern: RulePattern
        let assignments: [Assignment]
    }

    /// Git ignores a longer line.
    private static let maximumLineBytes = 2_048
    private static let macroPrefix = Array("[attr]".utf8)

    private(set) var rules: [Rule] = []
    /// Names that stand for several attributes.
    private(set) var macros: [String: [Assignment]] = [:]

    /// Reads a file; only the one at the top of a tree may define macros.
    init(_ content: UnsafeRawBufferPointer, mayDefineMacros: Bool) {
        for line in RuleText.lines(of: content) where line.count < Self.maximumLineBytes {
            read(line, mayDefineMacros: mayDefineMacros)
        }
    }

    private mutating func read(_ line: ArraySlice<UInt8>, mayDefineMacros: Bool) {
        var rest = line.drop(while: Self.isBlank)
        guard let first = rest.first, first != UInt8(ascii: "#") else { return }
        var name: ArraySlice<UInt8>
        if first == UInt8(ascii: "\""), let (text, after) = QuotedText.read(rest) {
            name = text[...]
            rest = after
        } else {
            name = rest.prefix { !Self.isBlank($0) }
            rest = rest.dropFirst(name.count)
        }
        if name.count > Self.macroPrefix.count, name.starts(with: Self.macroPrefix) {
            name = name.dropFirst(Self.macroPrefix.count)
            guard mayDefineMacros, Self.isValidName(name),
                let assignments = Self.assignments(of: rest)
            else { return }
            macros[String(decoding: name, as: UTF8.self)] = assignments
            return
        }
        // Git refuses negated patterns here.
        guard name.first != UInt8(ascii: "!"), let assignments = Self.assignments(of: rest) else {
            return
        }
        rules.append(Rule(pattern: RulePattern(name), assignments: assignments))
    }

    /// The words after the pattern, or `nil` when one of them is no attribute.
    private static func assignments(of text: ArraySlice<UInt8>) -> [Assignment]? {
        var assignments: [Assignment] = []
        for word in text.split(whereSeparator: isBlank) {
            guard let assignment = assignment(of: word) else { return nil }
            assignments.append(assignment)
        }
        return assignments
    }

    private static func assignment(of word: ArraySlice<UInt8>) -> Assignment? {
        var name = word
        let state: State
        if word.first == UInt8(ascii: "-") || word.first == UInt8(ascii: "!") {
            state = word.first == UInt8(ascii: "-") ? .unset : .unspecified
            name = word.dropFirst().prefix { $0 != UInt8(ascii: "=") }
        } else if let equals = word.firstIndex(of: UInt8(ascii: "=")) {
            name = word[..<equals]
            state = .value(String(decoding: word[(equals + 1)...], as: UTF8.self))
        } else {
            state = .set
        }
        guard isValidName(name) else { return nil }
        return Assignment(name: String(decoding: name, as: UTF8.self), state: state)
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A
    }

    private static func isValidName(_ name: ArraySlice<UInt8>) -> Bool {
        guard let first = name.first, first != UInt8(ascii: "-") else { return false }
        return name.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
            default: byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == 0x5F
            }
        }
    }
}
