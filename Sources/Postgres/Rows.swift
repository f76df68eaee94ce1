internal import CLibpq

/// All rows that a statement returned.
///
/// Reading a row costs no copy; the memory goes with the last row or collection that refers to it.
public struct Rows: RandomAccessCollection, Sendable {
    let result: ResultSet

    /// The first row's index: 0.
    public var startIndex: Int { 0 }
    /// The number of rows.
    public var endIndex: Int { result.rowCount }

    /// One row.
    ///
    /// - Parameter position: Its index from 0.
    public subscript(position: Int) -> Row {
        precondition(position >= 0 && position < result.rowCount, "row out of range")
        return Row(result: result, row: position)
    }

    /// How many rows the statement changed, or returned if it was a query.
    public var affectedRows: Int { result.affectedRows }

    /// The only row.
    ///
    /// - Returns: The row.
    /// - Throws: ``PostgresError`` with code `protocolViolation` when there is none or more.
    public func only() throws(PostgresError) -> Row {
        guard count == 1 else {
            throw PostgresError(
                .protocolViolation, message: "one row was expected and \(count) came")
        }
        return self[0]
    }
}

/// Owns one libpq result.
///
/// `@unchecked Sendable`: libpq never changes a result after making it, every call here only
/// reads it, and it is freed once, in `deinit`, when no reference is left.
final class ResultSet: @unchecked Sendable {
    private let handle: OpaquePointer
    let rowCount: Int
    let columnCount: Int

    init(_ handle: OpaquePointer) {
        self.handle = handle
        rowCount = Int(PQntuples(handle))
        columnCount = Int(PQnfields(handle))
    }

    deinit {
        PQclear(handle)
    }

    var status: ExecStatusType { PQresultStatus(handle) }

    var affectedRows: Int {
        PQcmdTuples(handle).flatMap { Int(String(cString: $0)) } ?? 0
    }

    var commandTag: String {
        PQcmdStatus(handle).map { String(cString: $0) } ?? ""
    }

    func field(row: Int, column: Int) -> Field? {
        let (row, column) = (Int32(row), Int32(column))
        guard PQgetisnull(handle, row, column) == 0 else { return nil }
        return Field(
            type: TypeOID(rawValue: PQftype(handle, column)),
            bytes: UnsafeRawBufferPointer(
                start: PQgetvalue(handle, row, column),
                count: Int(PQgetlength(handle, row, column))))
    }

    func columnName(_ column: Int) -> String {
        PQfname(handle, Int32(column)).map { String(cString: $0) } ?? ""
    }

    func diagnostic(_ field: Character) -> String? {
        guard let code = field.asciiValue,
            let text = PQresultErrorField(handle, Int32(code))
        else { return nil }
        return String(cString: text)
    }

    /// The server's error, when this result is one.
    var error: PostgresError? {
        switch status {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_SINGLE_TUPLE, PGRES_COPY_IN,
            PGRES_COPY_OUT, PGRES_PIPELINE_SYNC, PGRES_EMPTY_QUERY:
            return nil
        case PGRES_PIPELINE_ABORTED:
            return PostgresError(
                .transactionAborted, message: "an earlier statement of the pipeline failed")
        default:
            return serverError()
        }
    }

    private func serverError() -> PostgresError {
        // libpq's own failures, such as a broken connection, carry no SQLSTATE.
        guard let state = diagnostic("C") else {
            let text = PQresultErrorMessage(handle).map { String(cString: $0) } ?? ""
            return PostgresError(.connectionLost, message: firstLine(text))
        }
        let primary = diagnostic("M") ?? "unknown error"
        var code = PostgresError.Code(sqlState: state)
        if (code == .cancelled || code == .lockNotAvailable) && primary.contains("timeout") {
            code = .timeout
        }
        return PostgresError(
            code, sqlState: state, message: PostgresError.withoutValue(primary, sqlState: state),
            constraint: diagnostic("n"), table: diagnostic("t"))
    }
}

/// The first line of a C library's message, which ends in a line feed.
func firstLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).first.map(String.init) ?? "no reason given"
}
