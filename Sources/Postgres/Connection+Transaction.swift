/// How much of other transactions' work a transaction sees.
public enum Isolation: String, Sendable {
    /// Each statement sees what was committed before it began.
    case readCommitted = "READ COMMITTED"
    /// All statements see what was committed before the first.
    case repeatableRead = "REPEATABLE READ"
    /// As if transactions ran one after another.
    case serializable = "SERIALIZABLE"
}

extension Connection {
    /// Runs a closure in a transaction: committed when it returns, rolled back when it throws.
    ///
    /// BEGIN travels with the first statement and the scope, so that a transaction of one statement or pipeline
    /// costs two round trips. Inside a transaction this makes a savepoint instead, and isolation,
    /// `isReadOnly` and `attempts` are left as the outer transaction has them.
    ///
    /// - Parameters:
    ///   - isolation: How much of other transactions' work is seen.
    ///   - isReadOnly: Whether writing is refused.
    ///   - attempts: How often `body` may run: again after a serialisation failure, a deadlock, or
    ///     a connection lost before COMMIT, each time after a longer pause.
    ///   - body: What to do; must be repeatable when `attempts` is above 1.
    /// - Returns: What `body` returned.
    /// - Throws: What `body` throws, or ``PostgresError``. When the connection is lost during
    ///   COMMIT (code `connectionLost`), whether it took effect is unknown.
    @discardableResult
    public func transaction<R>(
        _ isolation: Isolation = .readCommitted, isReadOnly: Bool = false, attempts: Int = 1,
        _ body: () throws -> R
    ) throws -> R {
        if transactionDepth > 0 { return try savepoint(body) }
        var backoff = Backoff()
        var attempt = 1
        while true {
            do {
                return try transactionOnce(isolation, isReadOnly: isReadOnly, body)
            } catch let failure as RetryableFailure {
                guard attempt < attempts else { throw failure.cause }
                attempt += 1
                backoff.pause()
            }
        }
    }

    /// A failure before COMMIT after which the whole transaction may run again.
    private struct RetryableFailure: Error {
        let cause: PostgresError
    }

    private func transactionOnce<R>(
        _ isolation: Isolation, isReadOnly: Bool, _ body: () throws -> R
    ) throws -> R {
        pendingBegin =
            "BEGIN ISOLATION LEVEL \(isolation.rawValue)\(isReadOnly ? " READ ONLY" : "")"
        transactionDepth = 1
        let value: R
        do {
            // Found broken already here, the session is opened anew before anything is lost.
            value = try body()
        } catch {
            endTransaction()
            if let failure = error as? PostgresError,
                failure.isRetryable || failure.code == .connectionLost
                    || failure.code == .connectionFailed
            {
                throw RetryableFailure(cause: failure)
            }
            throw error
        }
        do throws(PostgresError) {
            try commit()
        } catch {
            if error.isRetryable { throw RetryableFailure(cause: error) }
            throw error
        }
        return value
    }

    private func commit() throws(PostgresError) {
        defer { endTransaction() }
        if pendingBegin != nil { return }
        let result: ResultSet
        do throws(PostgresError) {
            result = try simple("COMMIT")
        } catch {
            guard error.code == .connectionLost else { throw error }
            throw PostgresError(
                .connectionLost, sqlState: error.sqlState,
                message: "the connection broke during COMMIT, which may have taken effect",
                remedy: "look whether the change is there, then try again")
        }
        // A statement failed and its error was swallowed: the server rolls back instead.
        if result.commandTag != "COMMIT" {
            throw PostgresError(
                .transactionAborted,
                message: "the transaction was rolled back because a statement in it had failed")
        }
    }

    /// Leaves the transaction, rolling back what is still open.
    private func endTransaction() {
        transactionDepth = 0
        if pendingBegin != nil {
            pendingBegin = nil
            return
        }
        rollBackIfOpen()
    }

    /// Rolls back what is open on the server; a connection that cannot is broken, which shows later.
    func rollBackIfOpen() {
        // A request to cancel what ran before may come too late and meet the first.
        for _ in 0..<2 where transactionStatus == .inTransaction || transactionStatus == .failed {
            _ = try? simple("ROLLBACK")
        }
    }

    private func savepoint<R>(_ body: () throws -> R) throws -> R {
        try flushPendingBegin()
        let name = "gitdex_\(transactionDepth)"
        try simple("SAVEPOINT \(name)")
        let scopeBefore = appliedScope
        transactionDepth += 1
        defer { transactionDepth -= 1 }
        let value: R
        do {
            value = try body()
        } catch {
            if !isBroken { _ = try? simple("ROLLBACK TO \(name); RELEASE \(name)") }
            // What was set within goes back too.
            appliedScope = scopeBefore
            throw error
        }
        try simple("RELEASE \(name)")
        return value
    }
}
