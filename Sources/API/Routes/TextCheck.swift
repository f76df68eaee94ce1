/// Checks texts in the bodies of requests.
enum TextCheck {
    /// Makes sure of a text's length, and that a database can hold it.
    static func check(
        _ text: String?, _ name: String, _ length: ClosedRange<Int>
    ) throws(Problem) {
        guard let text else { return }
        guard length.contains(text.unicodeScalars.count) else {
            throw Problem(
                .invalidBody,
                "'\(name)' must have \(length.lowerBound) to \(length.upperBound) characters")
        }
        if text.utf8.contains(0) {
            throw Problem(.invalidBody, "'\(name)' must not hold a NUL character")
        }
    }

    /// The same for each of a list.
    static func check(
        _ texts: [String]?, _ name: String, _ length: ClosedRange<Int>, count: Int
    ) throws(Problem) {
        guard let texts else { return }
        guard texts.count <= count else {
            throw Problem(.invalidBody, "'\(name)' must have at most \(count) members")
        }
        for text in texts { try check(text, name, length) }
    }
}
