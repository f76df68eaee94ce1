internal import CLibpq

/// Writes the rows of a binary COPY.
///
/// Each row is ``beginRow(columns:)`` and then one write for each column. The server checks that
/// the bytes fit the columns' types: an `Int` for a column `integer` is an error.
public struct CopyWriter {
    private static let flushThresholdBytes = 64 << 10
    private static let header: [UInt8] =
        Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00] + [UInt8](repeating: 0, count: 8)

    private let handle: OpaquePointer
    private var buffer: [UInt8]
    /// Columns of the current row that are still to be written.
    private var missing = 0
    /// How many rows have been begun.
    public private(set) var rowCount = 0

    init(handle: OpaquePointer) {
        self.handle = handle
        buffer = Self.header
        buffer.reserveCapacity(Self.flushThresholdBytes + (16 << 10))
    }

    /// Begins a row.
    ///
    /// - Parameter columns: How many writes follow.
    /// - Throws: ``PostgresError`` when the row before is incomplete or the connection broke.
    public mutating func beginRow(columns: Int) throws(PostgresError) {
        try checkComplete()
        if buffer.count >= Self.flushThresholdBytes { try flush() }
        buffer.appendBigEndian(Int16(clamping: columns))
        missing = columns
        rowCount += 1
    }

    /// Writes a column from a value: a number, text, bytes, an array, or nil for NULL.
    ///
    /// - Parameter value: The value.
    public mutating func write(_ value: some PostgresParameter) {
        missing -= 1
        let lengthOffset = buffer.count
        buffer.appendBigEndian(Int32(-1))
        if value.encode(into: &buffer) { setLength(at: lengthOffset) }
    }

    /// Writes a column from bytes: `bytea`, or any type already in its binary format.
    ///
    /// - Parameter bytes: The bytes.
    public mutating func write(bytes: UnsafeRawBufferPointer) {
        missing -= 1
        buffer.appendBigEndian(Int32(clamping: bytes.count))
        buffer.append(contentsOf: bytes)
    }

    /// Writes NULL.
    public mutating func writeNull() {
        missing -= 1
        buffer.appendBigEndian(Int32(-1))
    }

    /// Writes a column in its type's binary format straight into the buffer.
    ///
    /// - Parameter build: Appends the field's bytes, and changes nothing before them.
    /// - Throws: What `build` throws.
    public mutating func writeField<E: Error>(
        _ build: (inout [UInt8]) throws(E) -> Void
    ) throws(E) {
        missing -= 1
        let lengthOffset = buffer.count
        buffer.appendBigEndian(Int32(0))
        try build(&buffer)
        setLength(at: lengthOffset)
    }

    private mutating func setLength(at offset: Int) {
        buffer.setBigEndian(Int32(clamping: buffer.count - offset - 4), at: offset)
    }

    mutating func finish() throws(PostgresError) {
        try checkComplete()
        buffer.appendBigEndian(Int16(-1))
        try flush()
    }

    private func checkComplete() throws(PostgresError) {
        guard missing == 0 else {
            throw PostgresError(
                .protocolViolation,
                message: "row \(rowCount) of a COPY has \(missing > 0 ? "too few" : "too many") "
                    + "columns")
        }
    }

    private mutating func flush() throws(PostgresError) {
        let status = buffer.withUnsafeBytes { bytes in
            PQputCopyData(
                handle, bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
                Int32(clamping: bytes.count))
        }
        guard status == 1 else {
            throw PostgresError(
                .connectionLost, message: "the connection broke while rows were loaded")
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
