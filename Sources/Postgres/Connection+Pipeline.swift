internal import CLibpq

extension Connection {
    /// Runs several statements in one round trip.
    ///
    /// Outside a transaction they are one: either all take effect or none, unless the statements
    /// themselves contain BEGIN and COMMIT. Inside ``transaction(_:isReadOnly:attempts:_:)``, BEGIN
    /// goes along too. COPY is not possible here.
    ///
    /// - Parameter statements: The statements.
    /// - Returns: The rows of each, in the same order.
    /// - Throws: ``PostgresError`` of the first that fails, with its `statementIndex`.
    @discardableResult
    public func pipeline(_ statements: [SQL]) throws(PostgresError) -> [Rows] {
        try prepareForUse()
        guard !statements.isEmpty else { return [] }
        return try exchange(statements)
    }

    /// Sends statements with what has to go out before them, and returns their rows.
    func exchange(_ statements: [SQL]) throws(PostgresError) -> [Rows] {
        let wasIdle = transactionStatus == .idle
        let preamble = takePreamble()
        guard PQenterPipelineMode(handle) == 1 else { throw localFailure() }
        let outcome = send(preamble + statements)
        PQexitPipelineMode(handle)
        switch outcome {
        case .success(let rows):
            return preamble.isEmpty ? rows : Array(rows.dropFirst(preamble.count))
        case .failure(var error):
            if let index = error.statementIndex {
                error.statementIndex = index < preamble.count ? nil : index - preamble.count
            }
            // Which PREPARE still ran is not known. Names are never used twice, so the statements
            // are simply prepared again under new ones.
            self.statements.removeAll()
            // The statements brought their own BEGIN, and their COMMIT was skipped.
            if wasIdle { rollBackIfOpen() }
            throw error
        }
    }

    private func send(_ all: [SQL]) -> Result<[Rows], PostgresError> {
        var preparing: [Bool] = []
        for sql in all {
            do throws(PostgresError) {
                preparing.append(contentsOf: try send(sql))
            } catch {
                // What was sent must still be answered before the connection is of use again.
                if PQpipelineSync(handle) == 1 { _ = receive(preparing) }
                return .failure(error)
            }
        }
        guard PQpipelineSync(handle) == 1 else { return .failure(localFailure()) }
        return receive(preparing)
    }

    /// Sends one statement; says for each answer to come whether it is one to a PREPARE.
    private func send(_ sql: SQL) throws(PostgresError) -> [Bool] {
        let text = sql.text
        let key = StatementCache.Key(text: text, types: sql.slots.map(\.type.rawValue))
        var isPreparing = false
        let name: String?
        switch options.preparesStatements ? statements.plan(for: key) : .unnamed {
        case .unnamed: name = nil
        case .run(let prepared): name = prepared
        case .prepare(let new):
            guard PQsendPrepare(handle, new, text, Int32(key.types.count), key.types) == 1 else {
                throw localFailure()
            }
            statements.setPrepared(key, name: new)
            isPreparing = true
            name = new
        }
        let isSent = sql.withParameters {
            if let name {
                PQsendQueryPrepared(
                    handle, name, $0.count, $0.values, $0.lengths, $0.formats, 1)
            } else {
                PQsendQueryParams(
                    handle, text, $0.count, $0.types, $0.values, $0.lengths, $0.formats, 1)
            }
        }
        guard isSent == 1 else { throw localFailure() }
        return isPreparing ? [true, false] : [false]
    }

    /// Reads the answers up to the end of the pipeline.
    private func receive(_ preparing: [Bool]) -> Result<[Rows], PostgresError> {
        var rows: [Rows] = []
        var failure: PostgresError?
        var answer = 0
        var emptyReads = 0
        while emptyReads < 2 {
            guard let handle = PQgetResult(handle) else {
                emptyReads += 1
                answer += 1
                continue
            }
            emptyReads = 0
            let result = ResultSet(handle)
            if result.status == PGRES_PIPELINE_SYNC {
                if let failure { return .failure(failure) }
                return .success(rows)
            }
            if var error = result.error {
                error.statementIndex = preparing.prefix(answer).count { !$0 }
                failure = failure ?? error
            } else if answer < preparing.count, !preparing[answer] {
                rows.append(Rows(result: result))
            }
        }
        return .failure(failure ?? localFailure())
    }
}
