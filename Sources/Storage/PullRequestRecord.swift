public import Postgres

/// What is known of a pull request.
public struct PullRequestRecord: Sendable, Equatable {
    /// Its number within the repository.
    public var number: Int
    /// Whether it is open; the head of one that is closed is not indexed.
    public var isOpen: Bool
    /// When it was so, by the provider's clock.
    public var updatedAt: Timestamp

    /// Makes a record; the parameters are its properties.
    public init(number: Int, isOpen: Bool, updatedAt: Timestamp) {
        self.number = number
        self.isOpen = isOpen
        self.updatedAt = updatedAt
    }

    /// The ref that the provider shows its head as.
    public var ref: String { "refs/pull/\(number)/head" }

    /// Returns the number of the pull request whose head a ref is.
    ///
    /// - Parameter ref: The ref's full name.
    /// - Returns: The number, or nil when it is no such ref.
    public static func number(ofRef ref: String) -> Int? {
        guard ref.hasPrefix("refs/pull/"), ref.hasSuffix("/head") else { return nil }
        let digits = ref.dropFirst("refs/pull/".count).dropLast("/head".count)
        guard digits.first != "+", digits.first != "-" else { return nil }
        return Int(digits)
    }
}
