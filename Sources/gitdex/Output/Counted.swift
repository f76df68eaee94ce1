/// A number with its noun.
enum Counted {
    /// The number and the noun in the form that it asks for.
    ///
    /// - Parameters:
    ///   - count: The number.
    ///   - noun: The noun for one.
    ///   - plural: The noun for any other number; nil adds an `s`.
    /// - Returns: Such as `1 file` or `2 files`.
    static func text(_ count: Int, _ noun: String, plural: String? = nil) -> String {
        "\(count) \(count == 1 ? noun : plural ?? noun + "s")"
    }
}
