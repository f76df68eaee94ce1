/// How a run of the command ended, and what it printed.
public struct GitdexOutcome: Sendable {
    /// The exit status; the negative number of the signal when one ended it.
    public let status: Int32
    /// What it printed on standard output.
    public let output: String
    /// What it printed on standard error.
    public let errors: String

    /// Standard output as one JSON document.
    ///
    /// - Returns: The document.
    /// - Throws: When it is none, or anything stands before or after it.
    public func json() throws -> JSONValue { try JSONValue(parsing: output) }
}
