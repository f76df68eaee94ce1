/// How deep the objects and lists of a JSON text stand in one another.
///
/// A parser may go down a level of its stack for each: what is deeper than any body of this server
/// has to be is refused before one looks at it.
enum JSONDepth {
    /// Whether a text stays within a depth; costs one pass, and does not care whether it is JSON.
    static func isWithin(_ limit: Int, _ text: [UInt8]) -> Bool {
        var depth = 0
        var isInText = false
        var isEscaped = false
        for byte in text {
            if isInText {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInText = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInText = true
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                if depth > limit { return false }
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
        }
        return true
    }
}
