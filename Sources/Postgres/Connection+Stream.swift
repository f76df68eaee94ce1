internal import CLibpq

extension Connection {
    /// Runs a query and hands out its rows one at a time, in bounded memory.
    ///
    /// No other statement may run on this connection until it returns. When `body` throws, the
    /// rest of the rows is cancelled on the server.
    ///
    /// - Parameters:
    ///   - sql: The query.
    ///   - body: Gets each row.
    /// - Throws: What `body` throws, or ``PostgresError``.
    public func forEachRow(_ sql: SQL, _ body: (Row) throws -> Void) throws {
        try prepareForUse()
        // The transaction comes back here, and holds the scope while the rows stream.
        if needsTransactionForScope { return try transaction { try forEachRow(sql, body) } }
        try flushPreamble()
        let text = sql.text
        let isSent = sql.withParameters {
            PQsendQueryParams(
                handle, text, $0.count, $0.types, $0.values, $0.lengths, $0.formats, 1)
        }
        guard isSent == 1, PQsetSingleRowMode(handle) == 1 else { throw localFailure() }
        isStreaming = true
        defer {
            drain()
            isStreaming = false
        }
        while let result = PQgetResult(handle) {
            let rows = ResultSet(result)
            if let error = rows.error { throw error }
            do {
                for row in Rows(result: rows) { try body(row) }
            } catch {
                cancellation.cancel()
                throw error
            }
        }
    }

    /// Reads and drops what the server still has to say to the last statement.
    func drain() {
        while let result = PQgetResult(handle) {
            let status = PQresultStatus(result)
            PQclear(result)
            // COPY's state does not end by reading.
            if status == PGRES_COPY_IN || isBroken { break }
        }
    }
}
