/// A point in time as `timestamp with time zone` holds it, to the microsecond.
public struct Timestamp: Hashable, Comparable, Sendable {
    /// PostgreSQL counts from the start of the year 2000.
    private static let epochOffsetMicroseconds: Int64 = 946_684_800_000_000

    /// Microseconds since the start of 1970 in UTC.
    public var unixMicroseconds: Int64

    /// Makes a point in time.
    ///
    /// - Parameter unixMicroseconds: Microseconds since the start of 1970 in UTC.
    public init(unixMicroseconds: Int64) {
        self.unixMicroseconds = unixMicroseconds
    }

    /// Orders by time.
    ///
    /// - Parameters:
    ///   - left: One point in time.
    ///   - right: Another.
    /// - Returns: Whether `left` is earlier.
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.unixMicroseconds < right.unixMicroseconds
    }
}

extension Timestamp: PostgresValue {
    /// `timestamp with time zone`.
    public static var valueType: TypeOID { .timestamptz }
    /// `timestamp with time zone[]`.
    public static var arrayType: TypeOID { .timestamptzArray }

    /// Appends eight bytes.
    ///
    /// - Parameter buffer: Where to append.
    /// - Returns: Always true.
    public func encode(into buffer: inout [UInt8]) -> Bool {
        buffer.appendBigEndian(unixMicroseconds - Self.epochOffsetMicroseconds)
        return true
    }

    /// Reads `timestamp with time zone`.
    ///
    /// - Parameter field: The field; nil for NULL.
    /// - Returns: The point in time.
    /// - Throws: ``PostgresError`` with code `wrongType` or `unexpectedNull`.
    public static func decode(_ field: Field?) throws(PostgresError) -> Timestamp {
        guard let field else { throw PostgresError.null() }
        guard field.type == .timestamptz, field.bytes.count == 8 else {
            throw .wrongType(field, expected: "timestamp with time zone")
        }
        let microseconds: Int64 = field.bytes.bigEndian()
        // Infinity has no place in microseconds since 1970; it stays at the ends of the range.
        if microseconds == .max || microseconds == .min {
            return Timestamp(unixMicroseconds: microseconds)
        }
        return Timestamp(unixMicroseconds: microseconds + epochOffsetMicroseconds)
    }
}
