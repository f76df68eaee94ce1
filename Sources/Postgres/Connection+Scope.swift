extension Connection {
    /// Runs a closure whose statements and transactions see the rows of a scope only.
    ///
    /// The scope goes out with each transaction, and with each statement that has none, in the same
    /// round trip; it never stays with the session. Within an open transaction the next statement
    /// changes over, and the one after the closure changes back. The innermost scope counts.
    ///
    /// - Parameters:
    ///   - scope: Whose rows.
    ///   - body: What to do.
    /// - Returns: What `body` returned.
    /// - Throws: What `body` throws.
    @discardableResult
    public func inScope<R>(_ scope: TransactionScope, _ body: () throws -> R) rethrows -> R {
        let outer = self.scope
        self.scope = scope
        defer { self.scope = outer }
        return try body()
    }

    /// The same for a closure whose errors are of one type.
    func within<R, E: Error>(
        _ scope: TransactionScope, _ body: () throws(E) -> R
    ) throws(E) -> R {
        let outer = self.scope
        self.scope = scope
        defer { self.scope = outer }
        return try body()
    }

    /// The same session as it looks from within a scope.
    ///
    /// - Parameters:
    ///   - scope: Whose rows.
    ///   - wider: A scope that is as good: within it, nothing changes. For tables that both show.
    /// - Returns: The session, each of whose statements has the scope.
    public func scoped(
        _ scope: TransactionScope, orWithin wider: TransactionScope? = nil
    ) -> ScopedConnection {
        if let wider, self.scope == wider { return ScopedConnection(self, wider) }
        return ScopedConnection(self, scope)
    }

    // MARK: What goes out before a statement

    /// Whether something has to go out before the next statement.
    var needsPreamble: Bool {
        pendingBegin != nil || scope != scopeOnServer
    }

    /// Whether the next statement has a scope and no transaction that could hold it.
    var needsTransactionForScope: Bool {
        scope != nil && transactionStatus == .idle
    }

    /// Whose rows the server shows to what comes next.
    private var scopeOnServer: TransactionScope? {
        transactionStatus == .idle ? nil : appliedScope
    }

    /// What has to go out before the next statement: BEGIN, and the scope where it is another one.
    ///
    /// Whoever takes it must send it. Outside a transaction, what goes out together is one.
    func takePreamble() -> [SQL] {
        var preamble: [SQL] = []
        if let begin = pendingBegin {
            preamble.append(SQL(unsafe: begin))
            pendingBegin = nil
            appliedScope = nil
        }
        // Not the server's answer: the BEGIN above has not been sent yet.
        guard scope != appliedScope else { return preamble }
        let (role, workspace) = scopeSettings
        preamble.append(
            """
            SELECT set_config('role', \(role), true),
                set_config('gitdex.workspace', \(workspace), true)
            """)
        appliedScope = scope
        return preamble
    }

    /// Sends what has to go out before a statement that takes no company, within a transaction.
    func flushPreamble() throws(PostgresError) {
        try flushPendingBegin()
        guard scope != scopeOnServer else { return }
        try simple(scopeText)
        appliedScope = scope
    }

    /// Sends a BEGIN that still waits for company.
    func flushPendingBegin() throws(PostgresError) {
        guard let begin = pendingBegin else { return }
        try simple(begin)
        pendingBegin = nil
        appliedScope = nil
    }

    /// The scope as text without parameters, for the simple protocol.
    var scopeText: String {
        let (role, workspace) = scopeSettings
        return """
            SELECT set_config('role', '\(role.replacing("'", with: "''"))', true), \
            set_config('gitdex.workspace', '\(workspace)', true);

            """
    }

    private var scopeSettings: (role: String, workspace: String) {
        guard let scope else { return (hasRole ? options.role ?? "none" : "none", "") }
        return (scope.role, scope.workspaceText)
    }
}
