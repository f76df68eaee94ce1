/// Random numbers that are the same on every run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }

    /// A short pattern out of pieces that matter to pattern matching.
    ///
    /// With `letters`, one that has at least one of them, so that it does not accept everything.
    mutating func pattern(naming letters: String = "") -> String {
        let pieces = [
            "a", "b", "ab", "a", "b", "*", "?", "/", "/", "**", "**/", "/**", "/**/", "[ab]",
            "[!a]",
            "[^b]", "[a-c]", "\\a", "\\*", "[", "]", "*.c", ".c", " ", "[[:alpha:]]", "[]a]", "-",
        ]
        while true {
            let count = Int.random(in: 1...5, using: &self)
            let text = (0..<count).map { _ in pieces.randomElement(using: &self) ?? "a" }.joined()
            guard letters.isEmpty || text.contains(where: letters.contains) else { continue }
            if !Self.isUndefined(text) { return text }
        }
    }

    /// Whether a `**` that does not start a name ends one.
    ///
    /// Git says that it is then an ordinary `*`, but its older versions compare unrelated
    /// pointers there, so that their answer depends on where memory lies.
    private static func isUndefined(_ pattern: String) -> Bool {
        var previous: Character = "/"
        var stars = 0
        var before = previous
        for character in pattern + "/" {
            if character == "*" {
                if stars == 0 { before = previous }
                stars += 1
            } else {
                if stars > 1, before != "/", character == "/" || character == "\\" { return true }
                stars = 0
            }
            previous = character
        }
        return false
    }

    /// A short path over the bytes the patterns speak about.
    mutating func path() -> String {
        let names = ["a", "b", "ab", "ba", "aab", "c", "a.c", "b.c", "*", "a b", "]", "a-b"]
        let depth = Int.random(in: 0...3, using: &self)
        let folders = (0..<depth).map { _ in ["d", "e", "a", "b", "ab"].randomElement(using: &self)
        }
        let path = folders.map { ($0 ?? "d") + ".d" } + [names.randomElement(using: &self) ?? "a"]
        return path.joined(separator: "/")
    }
}
