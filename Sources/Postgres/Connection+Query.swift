internal import CLibpq

extension Connection {
    /// Runs a statement and returns its rows, in one round trip.
    ///
    /// - Parameter sql: The statement; one only.
    /// - Returns: The rows, all of them in memory.
    /// - Throws: ``PostgresError``.
    @discardableResult
    public func query(_ sql: SQL) throws(PostgresError) -> Rows {
        try prepareForUse()
        do throws(PostgresError) {
            return try runOnce(sql)
        } catch {
            // A prepared statement that the schema or the server has outlived.
            guard error.isStaleStatement else { throw error }
            statements.removeAll()
            guard transactionStatus == .idle else { throw error }
            try simple("DEALLOCATE ALL")
            return try runOnce(sql)
        }
    }

    /// Runs a statement, with what has to go out before it.
    private func runOnce(_ sql: SQL) throws(PostgresError) -> Rows {
        needsPreamble ? try exchange([sql])[0] : Rows(result: try run(sql))
    }

    /// Runs a statement for its effect.
    ///
    /// - Parameter sql: The statement; one only.
    /// - Returns: How many rows it changed.
    /// - Throws: ``PostgresError``.
    @discardableResult
    public func execute(_ sql: SQL) throws(PostgresError) -> Int {
        try query(sql).affectedRows
    }

    /// Runs several statements in one text without parameters, as one transaction unless the text
    /// has its own.
    ///
    /// - Parameter text: The statements. Never pass what came from outside.
    /// - Throws: ``PostgresError`` of the first that fails; what came before is then rolled back.
    public func script(_ text: String) throws(PostgresError) {
        try prepareForUse()
        if needsTransactionForScope {
            // One text is one transaction, so that the scope ends with it.
            try simple(scopeText + text)
        } else {
            try flushPreamble()
            try simple(text)
        }
    }

    /// Sets a setting of the session or of the transaction.
    ///
    /// - Parameters:
    ///   - name: The setting's name.
    ///   - value: Its value.
    ///   - forTransaction: Whether it falls back at the end of the transaction.
    /// - Throws: ``PostgresError``.
    public func set(
        _ name: String, to value: String, forTransaction: Bool = false
    ) throws(PostgresError) {
        try query("SELECT set_config(\(name), \(value), \(forTransaction))")
    }

    /// Runs a statement by the cache's plan.
    private func run(_ sql: SQL) throws(PostgresError) -> ResultSet {
        let text = sql.text
        let key = StatementCache.Key(text: text, types: sql.slots.map(\.type.rawValue))
        let result: OpaquePointer?
        switch options.preparesStatements ? statements.plan(for: key) : .unnamed {
        case .unnamed:
            result = sql.withParameters {
                PQexecParams(
                    handle, text, $0.count, $0.types, $0.values, $0.lengths, $0.formats, 1)
            }
        case .prepare(let name):
            try prepare(key, name: name)
            result = execute(prepared: name, sql)
        case .run(let name):
            result = execute(prepared: name, sql)
        }
        guard let result else { throw localFailure() }
        let rows = ResultSet(result)
        if let error = rows.error {
            if error.isStaleStatement { statements.forget(key) }
            throw error
        }
        return rows
    }

    private func execute(prepared name: String, _ sql: SQL) -> OpaquePointer? {
        sql.withParameters {
            PQexecPrepared(handle, name, $0.count, $0.values, $0.lengths, $0.formats, 1)
        }
    }

    private func prepare(_ key: StatementCache.Key, name: String) throws(PostgresError) {
        if transactionStatus == .idle {
            for old in statements.evict() { try simple("DEALLOCATE \(old)") }
        }
        guard let result = PQprepare(handle, name, key.text, Int32(key.types.count), key.types)
        else { throw localFailure() }
        if let error = ResultSet(result).error { throw error }
        statements.setPrepared(key, name: name)
    }
}

extension PostgresError {
    /// Whether the server no longer runs a prepared statement as it was prepared.
    var isStaleStatement: Bool {
        sqlState == "26000" || (sqlState == "0A000" && message.contains("cached plan"))
    }
}
