internal import Postgres

/// Statements for tests that do not import the database's room.
extension TestDatabase {
    /// Runs statements that take no parameters.
    ///
    /// - Parameter text: The statements.
    /// - Throws: What the database said.
    public func run(_ text: String) throws {
        try connect().script(text)
    }

    /// Runs a query and returns the first column of its rows as text.
    ///
    /// - Parameter text: A query whose first column is of type `text`.
    /// - Returns: The values, an empty one for NULL.
    /// - Throws: What the database said.
    public func column(_ text: String) throws -> [String] {
        try connect().query("\(unsafe: text)").map { try $0.optionalString(0) ?? "" }
    }
}
