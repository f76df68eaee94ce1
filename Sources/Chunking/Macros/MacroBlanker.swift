/// Makes texts of C and its kin readable to a parser that has not read their macros.
///
/// A header such as `GIT_BEGIN_DECL`, `CURL_EXTERN CURLcode f(void);` or
/// `typedef int GIT_CALLBACK(f)(void);` is no C before the preprocessor ran over it, and a parser
/// takes the macros for types and names. Words that can be nothing but such macros are made blank,
/// byte for byte, so that all that is left stands where it stood.
struct MacroBlanker {
    private static let languages: Set<String> = ["c", "cpp", "objc"]

    let original: UnsafeRawBufferPointer
    var tokens: [CToken]
    /// For each bracket where its partner is, -1 for none.
    var partners: [Int32] = []
    private var blanked: [UInt8] = []

    /// Returns the text without its macros, or `nil` where there are none.
    ///
    /// - Parameters:
    ///   - bytes: The text.
    ///   - language: The language it is read as.
    /// - Returns: As many bytes as there were.
    static func readable(_ bytes: UnsafeRawBufferPointer, language: String) -> [UInt8]? {
        guard languages.contains(language), bytes.count < Int(Int32.max) else { return nil }
        let tokens = CTokenScanner.tokens(of: bytes)
        guard tokens.contains(where: { $0.kind == .macro }) else { return nil }
        var blanker = MacroBlanker(original: bytes, tokens: tokens)
        blanker.pair()
        blanker.blankLines()
        blanker.compact()
        blanker.blankAroundNames()
        blanker.compact()
        blanker.blankInDeclarations()
        return blanker.blanked.isEmpty ? nil : blanker.blanked
    }

    private init(original: UnsafeRawBufferPointer, tokens: [CToken]) {
        self.original = original
        self.tokens = tokens
    }

    // MARK: Looking at tokens

    func kind(_ index: Int) -> CToken.Kind {
        tokens.indices.contains(index) ? tokens[index].kind : .gone
    }

    /// The byte of a sign, or nil for anything else.
    func sign(_ index: Int) -> UInt8? {
        guard kind(index) == .sign else { return nil }
        return original[Int(tokens[index].start)]
    }

    func isSign(_ index: Int, _ signs: StaticString) -> Bool {
        guard let sign = sign(index) else { return false }
        return signs.withUTF8Buffer { $0.contains(sign) }
    }

    /// The index right after a word and the brackets that follow it, if any do.
    func afterGroup(_ index: Int) -> Int {
        guard isSign(index + 1, "("), partners[index + 1] >= 0 else { return index + 1 }
        return Int(partners[index + 1]) + 1
    }

    /// How many line feeds stand between a token and the one before.
    func lineFeeds(before index: Int) -> Int {
        guard tokens.indices.contains(index - 1), tokens.indices.contains(index) else { return 2 }
        return original[Int(tokens[index - 1].end)..<Int(tokens[index].start)].count { $0 == 0x0A }
    }

    // MARK: Changing

    /// Makes some tokens blank, with what is between them.
    mutating func blank(_ range: Range<Int>) {
        guard let first = range.first, let last = range.last else { return }
        if blanked.isEmpty { blanked = Array(original) }
        for offset in Int(tokens[first].start)..<Int(tokens[last].end) where blanked[offset] > 0x20
        {
            blanked[offset] = 0x20
        }
        for index in range { tokens[index].kind = .gone }
    }

    /// Turns `CALLBACK(name)` into a pointer's `(*name)`.
    mutating func makePointer(_ macro: Int) {
        let end = Int(tokens[macro].end)
        blank(macro..<macro + 1)
        blanked[end - 1] = UInt8(ascii: "(")
        for offset in end...Int(tokens[macro + 1].start) { blanked[offset] = 0x20 }
        blanked[Int(tokens[macro + 1].start)] = UInt8(ascii: "*")
    }

    private mutating func compact() {
        tokens.removeAll { $0.kind == .gone }
        pair()
    }

    private mutating func pair() {
        partners = Array(repeating: -1, count: tokens.count)
        var open: [Int] = []
        for index in tokens.indices {
            switch sign(index) {
            case UInt8(ascii: "("), UInt8(ascii: "{"): open.append(index)
            case UInt8(ascii: ")"):
                guard let start = open.last, isSign(start, "(") else { continue }
                open.removeLast()
                partners[start] = Int32(index)
                partners[index] = Int32(start)
            case UInt8(ascii: "}"):
                // What is open inside a body that ends has no partner.
                while let start = open.popLast(), !isSign(start, "{") {}
            default: break
            }
        }
    }
}
