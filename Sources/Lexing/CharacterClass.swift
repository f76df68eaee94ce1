/// What a character means for the splitting of words.
///
/// The numbers are single bits, so that the classes of a whole word can be joined by `or`.
struct CharacterClass: OptionSet, Equatable {
    let rawValue: UInt8

    /// A lower-case letter, or any letter or mark without case.
    static let lower = CharacterClass(rawValue: 1)
    /// An upper-case letter.
    static let upper = CharacterClass(rawValue: 2)
    /// An ASCII digit.
    static let digit = CharacterClass(rawValue: 4)
    /// The low line, which joins the parts of an identifier.
    static let underscore = CharacterClass(rawValue: 8)
    /// A byte that is not ASCII; only a decoded code point tells what it is.
    static let beyondASCII = CharacterClass(rawValue: 16)
    /// A character of a script that is written without spaces.
    static let ideograph = CharacterClass(rawValue: 32)
    /// Anything that ends a word.
    static let separator = CharacterClass([])

    /// Returns the class of an ASCII byte, or `beyondASCII`.
    ///
    /// - Parameter byte: Any byte of a text.
    /// - Returns: The class.
    @inline(__always)
    static func of(byte: UInt8) -> CharacterClass {
        if byte &- 0x61 < 26 { return .lower }
        if byte < 0x30 { return .separator }
        if byte &- 0x41 < 26 { return .upper }
        if byte &- 0x30 < 10 { return .digit }
        if byte == 0x5F { return .underscore }
        return byte >= 0x80 ? .beyondASCII : .separator
    }

    /// Returns the class of a code point outside ASCII.
    ///
    /// The ranges are fixed here, not taken from a Unicode table of the system, so that an index
    /// is the same on every machine.
    ///
    /// - Parameter codePoint: A Unicode scalar value of 0x80 or more.
    /// - Returns: `separator` for punctuation, symbols, emoji and private use, else a letter class.
    static func of(codePoint: UInt32) -> CharacterClass {
        if codePoint < 0x2000 {
            return isLatinPunctuation(codePoint)
                ? .separator : CaseMapping.lower(codePoint) == codePoint ? .lower : .upper
        }
        if isPunctuation(codePoint) { return .separator }
        return isIdeograph(codePoint) ? .ideograph : .lower
    }

    private static func isLatinPunctuation(_ point: UInt32) -> Bool {
        if point <= 0xBF { return point != 0xAA && point != 0xB5 && point != 0xBA }
        return point == 0xD7 || point == 0xF7
    }

    private static func isPunctuation(_ point: UInt32) -> Bool {
        switch point {
        case 0x2000...0x206F, 0x20A0...0x20CF, 0x2190...0x2BFF, 0x2E00...0x2E7F,
            0x3000...0x3004, 0x3008...0x303F, 0xD800...0xF8FF, 0xFE00...0xFE6F, 0xFEFF,
            0xFF01...0xFF0F, 0xFF1A...0xFF20, 0xFF3B...0xFF40, 0xFF5B...0xFF65,
            0xFFE0...0xFFFF, 0x1F000...0x1FAFF, 0xE0000...0x10FFFF:
            true
        default: false
        }
    }

    private static func isIdeograph(_ point: UInt32) -> Bool {
        switch point {
        case 0x3005...0x3007, 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
            0xF900...0xFAFF, 0x20000...0x3FFFF:
            true
        default: false
        }
    }
}
