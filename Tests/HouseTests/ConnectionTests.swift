import Testing

@Suite("What the program connects with sees no rows by itself")
struct ConnectionTests {
    /// `ConnectionOptions.program` names the role that row security lets see nothing without a scope.
    @Test("every connection of the program is one of its own role", arguments: Checkout.sources)
    func options(file: SourceFile) {
        guard !file.path.hasPrefix("Sources/Postgres/") else { return }
        for (index, line) in file.codeLines.enumerated() {
            #expect(!line.contains("ConnectionOptions("), "\(file.path):\(index + 1)")
        }
    }

    /// A connection that is asked for rows without a scope answers with none, which is easily taken
    /// for an empty database.
    @Test("stores ask for rows within a scope", arguments: Checkout.sources)
    func scopes(file: SourceFile) {
        guard file.path.hasPrefix("Sources/Storage/IndexStore") else { return }
        for (index, line) in file.codeLines.enumerated()
        where line.contains("connection.execute(") || line.contains("connection.forEachRow(") {
            Issue.record("\(file.path):\(index + 1) is outside the store's workspace")
        }
    }
}
