/// Replaces what stands in comments and string literals by spaces, so that a search finds code.
enum CodeBlanker {
    static func blank(_ text: String) -> String {
        var scanner = Scanner(bytes: Array(text.utf8))
        scanner.code(endsAtParenthesis: false)
        return String(decoding: scanner.bytes, as: UTF8.self)
    }

    private struct Scanner {
        var bytes: [UInt8]
        var index = 0

        private func starts(_ text: StaticString) -> Bool {
            guard index + text.utf8CodeUnitCount <= bytes.count else { return false }
            return text.withUTF8Buffer { $0.elementsEqual(bytes[index..<index + $0.count]) }
        }

        private mutating func erase(_ count: Int = 1) {
            for _ in 0..<count where index < bytes.count {
                if bytes[index] != UInt8(ascii: "\n") { bytes[index] = UInt8(ascii: " ") }
                index += 1
            }
        }

        /// Walks over code, at most to the parenthesis that ends an interpolation.
        mutating func code(endsAtParenthesis: Bool) {
            var depth = 0
            while index < bytes.count {
                if starts("//") {
                    while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { erase() }
                } else if starts("/*") {
                    comment()
                } else if bytes[index] == UInt8(ascii: "\"") || hashesBeforeQuote() > 0 {
                    literal()
                } else {
                    if bytes[index] == UInt8(ascii: "(") { depth += 1 }
                    if bytes[index] == UInt8(ascii: ")") {
                        depth -= 1
                        if endsAtParenthesis && depth < 0 { return }
                    }
                    index += 1
                }
            }
        }

        private func hashesBeforeQuote() -> Int {
            var end = index
            while end < bytes.count, bytes[end] == UInt8(ascii: "#") { end += 1 }
            return end < bytes.count && bytes[end] == UInt8(ascii: "\"") ? end - index : 0
        }

        private mutating func comment() {
            var depth = 0
            repeat {
                if starts("/*") {
                    depth += 1
                    erase(2)
                } else if starts("*/") {
                    depth -= 1
                    erase(2)
                } else {
                    erase()
                }
            } while depth > 0 && index < bytes.count
        }

        private mutating func literal() {
            let hashes = hashesBeforeQuote()
            erase(hashes)
            let isLong = starts("\"\"\"")
            let close =
                [UInt8](repeating: UInt8(ascii: "\""), count: isLong ? 3 : 1)
                + [UInt8](repeating: UInt8(ascii: "#"), count: hashes)
            let escape = [UInt8(ascii: "\\")] + [UInt8](repeating: UInt8(ascii: "#"), count: hashes)
            erase(isLong ? 3 : 1)
            while index < bytes.count {
                if bytes[index...].starts(with: close) {
                    erase(close.count)
                    return
                }
                if bytes[index...].starts(with: escape) {
                    erase(escape.count)
                    let isInterpolation = index < bytes.count && bytes[index] == UInt8(ascii: "(")
                    erase()
                    if isInterpolation {
                        code(endsAtParenthesis: true)
                        erase()
                    }
                } else if !isLong && bytes[index] == UInt8(ascii: "\n") {
                    return
                } else {
                    erase()
                }
            }
        }
    }
}
