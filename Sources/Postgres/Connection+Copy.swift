internal import CLibpq

extension Connection {
    /// Loads rows by binary COPY, the fastest way in.
    ///
    /// - Parameters:
    ///   - statement: `COPY table (columns) FROM STDIN (FORMAT binary)`.
    ///   - body: Writes the rows. When it throws, nothing is loaded.
    /// - Returns: How many rows were loaded.
    /// - Throws: What `body` throws, or ``PostgresError``.
    @discardableResult
    public func copyIn(_ statement: String, _ body: (inout CopyWriter) throws -> Void) throws -> Int
    {
        try prepareForUse()
        if needsTransactionForScope { return try transaction { try copyIn(statement, body) } }
        try flushPreamble()
        let start = try simple(statement)
        guard start.status == PGRES_COPY_IN else {
            throw PostgresError(.protocolViolation, message: "the statement is no COPY FROM STDIN")
        }
        isStreaming = true
        defer { isStreaming = false }
        var writer = CopyWriter(handle: handle)
        do {
            try body(&writer)
            try writer.finish()
        } catch {
            // The server's own reason comes before what followed from it.
            let server = endCopy(failure: "the client gave up")
            if let server, server.sqlState != "57014" { throw server }
            throw error
        }
        if let error = endCopy(failure: nil) { throw error }
        return lastCopyCount
    }

    /// Ends a COPY and reads its outcome.
    private func endCopy(failure: String?) -> PostgresError? {
        guard PQputCopyEnd(handle, failure) == 1 else { return localFailure() }
        var error: PostgresError?
        while let result = PQgetResult(handle) {
            let outcome = ResultSet(result)
            error = error ?? outcome.error
            lastCopyCount = outcome.affectedRows
            if outcome.status == PGRES_COPY_IN { break }
        }
        return error
    }
}
