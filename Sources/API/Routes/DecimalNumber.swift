/// Whole numbers as clients write them.
enum DecimalNumber {
    /// A number of digits alone; nil for signs, other digits, and what is too large.
    static func parse(_ text: some StringProtocol) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int(text)
    }
}
