/// A statement whose values can only be bound, never pasted.
///
/// `"SELECT \(value)"` sends `SELECT $1` and the value beside it, in binary. Text that is no value,
/// such as the name of a table made by the program, goes in by `\(identifier:)`, or, on the
/// writer's own responsibility, by `\(unsafe:)`.
public struct SQL: Sendable, ExpressibleByStringInterpolation {
    /// Where one parameter lies in `values`.
    struct Slot: Sendable {
        let type: TypeOID
        let offset: Int
        /// -1 for NULL.
        let length: Int
    }

    /// The text between the parameters: always one piece more than there are parameters.
    private(set) var pieces: [String]
    private(set) var slots: [Slot] = []
    private(set) var values: [UInt8] = []

    /// Takes a literal statement.
    ///
    /// - Parameter value: The statement.
    public init(stringLiteral value: String) {
        pieces = [value]
    }

    /// Takes an interpolated statement.
    ///
    /// - Parameter stringInterpolation: The parts.
    public init(stringInterpolation: StringInterpolation) {
        self = stringInterpolation.sql
    }

    /// Takes text as SQL.
    ///
    /// Never pass what came from outside.
    ///
    /// - Parameter text: The statement, without parameters.
    public init(unsafe text: String) {
        pieces = [text]
    }

    /// The text with `$1`, `$2`, … for the parameters.
    public var text: String {
        if slots.isEmpty { return pieces[0] }
        var text = ""
        text.reserveCapacity(pieces.reduce(4 * slots.count) { $0 + $1.utf8.count })
        for (index, piece) in pieces.enumerated() {
            if index > 0 {
                text += "$"
                text += String(index)
            }
            text += piece
        }
        return text
    }

    /// How many parameters are bound.
    public var parameterCount: Int { slots.count }

    /// Binds a value at the end.
    ///
    /// - Parameter value: The value.
    public mutating func bind(_ value: some PostgresParameter) {
        let offset = values.count
        let isPresent = value.encode(into: &values)
        slots.append(
            Slot(
                type: value.parameterType, offset: offset,
                length: isPresent ? values.count - offset : -1))
        pieces.append("")
    }

    /// Appends text at the end.
    ///
    /// Never pass what came from outside.
    ///
    /// - Parameter text: The SQL.
    public mutating func append(unsafe text: String) {
        pieces[pieces.count - 1] += text
    }

    /// Appends a statement's text and parameters.
    ///
    /// - Parameter other: What to append.
    public mutating func append(_ other: SQL) {
        let base = values.count
        pieces[pieces.count - 1] += other.pieces[0]
        pieces.append(contentsOf: other.pieces.dropFirst())
        slots.append(
            contentsOf: other.slots.map {
                Slot(type: $0.type, offset: $0.offset + base, length: $0.length)
            })
        values.append(contentsOf: other.values)
    }

    /// Joins two parts of a statement.
    ///
    /// - Parameters:
    ///   - left: The first part.
    ///   - right: The second part.
    /// - Returns: Both, with the parameters numbered anew.
    public static func + (left: SQL, right: SQL) -> SQL {
        var joined = left
        joined.append(right)
        return joined
    }

    /// Appends a part to a statement.
    ///
    /// - Parameters:
    ///   - left: The statement.
    ///   - right: The part.
    public static func += (left: inout SQL, right: SQL) {
        left.append(right)
    }

    /// The parts of an interpolated statement.
    public struct StringInterpolation: StringInterpolationProtocol {
        var sql = SQL(unsafe: "")

        /// Starts an interpolation.
        ///
        /// - Parameters:
        ///   - literalCapacity: The length of the literal parts.
        ///   - interpolationCount: The number of interpolations.
        public init(literalCapacity: Int, interpolationCount: Int) {}

        /// Appends literal SQL.
        ///
        /// - Parameter literal: The SQL.
        public mutating func appendLiteral(_ literal: String) {
            sql.append(unsafe: literal)
        }

        /// Binds a value.
        ///
        /// - Parameter value: The value.
        public mutating func appendInterpolation(_ value: some PostgresParameter) {
            sql.bind(value)
        }

        /// Inserts a part of a statement with its parameters.
        ///
        /// - Parameter part: The part.
        public mutating func appendInterpolation(_ part: SQL) {
            sql.append(part)
        }

        /// Inserts text as SQL.
        ///
        /// Never pass what came from outside.
        ///
        /// - Parameter text: The SQL.
        public mutating func appendInterpolation(unsafe text: String) {
            sql.append(unsafe: text)
        }

        /// Inserts a name, quoted so that it can be nothing but a name.
        ///
        /// - Parameter name: The name of a table, column, channel or other object.
        public mutating func appendInterpolation(identifier name: String) {
            sql.append(unsafe: SQL.quoted(name))
        }
    }

    /// A name in double quotes.
    static func quoted(_ name: String) -> String {
        var quoted = "\""
        for character in name.unicodeScalars where character != "\0" {
            if character == "\"" { quoted += "\"" }
            quoted.unicodeScalars.append(character)
        }
        return quoted + "\""
    }
}
