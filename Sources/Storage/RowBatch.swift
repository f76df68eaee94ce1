import Postgres

/// Rows for one table, kept column by column in PostgreSQL's binary format.
///
/// One batch serves both ways in: binary COPY, the fastest into a temporary table, and
/// `INSERT … SELECT FROM unnest` into the tables of a workspace, which can leave out rows that are
/// there already.
struct RowBatch {
    /// One column's values, back to back.
    struct Column {
        let name: String
        let type: ColumnType
        fileprivate(set) var bytes: [UInt8] = []
        /// Where each value ends in `bytes`; a NULL is marked by the sign bit.
        fileprivate(set) var ends: [Int] = []

        init(_ name: String, _ type: ColumnType) {
            self.name = name
            self.type = type
        }
    }

    private static let nullMark = Int.min

    let table: String
    private(set) var columns: [Column]
    private(set) var count = 0
    private var cursor = 0

    init(table: String, _ columns: [Column]) {
        self.table = table
        self.columns = columns
    }

    var isEmpty: Bool { count == 0 }

    // MARK: Values, in the order of the columns

    mutating func append(int64 value: Int) {
        appendValue { bytes in withUnsafeBytes(of: Int64(value).bigEndian) { bytes += $0 } }
    }

    mutating func append(int32 value: Int) {
        appendValue { bytes in
            withUnsafeBytes(of: Int32(clamping: value).bigEndian) { bytes += $0 }
        }
    }

    mutating func append(bytes value: some Sequence<UInt8>) {
        appendValue { $0 += value }
    }

    mutating func append(text value: String?) {
        guard let value else {
            appendNull()
            return
        }
        appendValue { $0 += value.utf8 }
    }

    mutating func append(halfVector components: [Float16]) {
        appendValue { bytes in
            withUnsafeBytes(of: Int16(components.count).bigEndian) { bytes += $0 }
            bytes += [0, 0]
            for component in components {
                let bits = component.bitPattern
                bytes.append(UInt8(bits >> 8))
                bytes.append(UInt8(bits & 0xff))
            }
        }
    }

    private mutating func appendValue(_ body: (inout [UInt8]) -> Void) {
        body(&columns[cursor].bytes)
        columns[cursor].ends.append(columns[cursor].bytes.count)
        advance()
    }

    private mutating func appendNull() {
        columns[cursor].ends.append(columns[cursor].bytes.count | Self.nullMark)
        advance()
    }

    private mutating func advance() {
        cursor += 1
        if cursor == columns.count {
            cursor = 0
            count += 1
        }
    }

    // MARK: Ways in

    /// The statement that COPY starts with.
    var copyStatement: String {
        let names = columns.map(\.name).joined(separator: ", ")
        return "COPY \(table) (\(names)) FROM STDIN (FORMAT binary)"
    }

    /// Writes all rows to a temporary table by COPY.
    ///
    /// The server takes no COPY into a table whose rows it guards.
    func copy(to connection: Connection) throws {
        guard !isEmpty else { return }
        try connection.copyIn(copyStatement) { writer in
            for row in 0..<count {
                try writer.beginRow(columns: columns.count)
                for column in columns {
                    if let range = range(of: row, in: column) {
                        column.bytes.withUnsafeBytes {
                            writer.write(bytes: .init(rebasing: $0[range]))
                        }
                    } else {
                        writer.writeNull()
                    }
                }
            }
        }
    }

    /// The statement that inserts all rows, with `conflict` as its ON CONFLICT clause.
    func insertion(_ connection: Connection, conflict: String) throws -> SQL {
        let names = columns.map(\.name).joined(separator: ", ")
        var statement = SQL(unsafe: "INSERT INTO \(table) (\(names)) SELECT * FROM unnest(")
        for (number, column) in columns.enumerated() {
            if number > 0 { statement.append(unsafe: ", ") }
            let types = try column.type.types(on: connection)
            statement.bind(
                RawParameter(
                    type: types.array, bytes: array(of: column, elementType: types.element)))
        }
        statement.append(unsafe: ") " + conflict)
        return statement
    }

    /// The column as a one-dimensional array in PostgreSQL's binary format.
    private func array(of column: Column, elementType: TypeOID) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(column.bytes.count + count * 4 + 20)
        func put(_ value: Int32) { withUnsafeBytes(of: value.bigEndian) { result += $0 } }
        put(1)
        put(column.ends.contains { $0 < 0 } ? 1 : 0)
        put(Int32(bitPattern: elementType.rawValue))
        put(Int32(count))
        put(1)
        for row in 0..<count {
            if let range = range(of: row, in: column) {
                put(Int32(range.count))
                result += column.bytes[range]
            } else {
                put(-1)
            }
        }
        return result
    }

    private func range(of row: Int, in column: Column) -> Range<Int>? {
        let end = column.ends[row]
        guard end >= 0 else { return nil }
        let start = row == 0 ? 0 : column.ends[row - 1] & Int.max
        return start..<end
    }
}
