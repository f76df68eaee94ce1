import Foundation

/// Any JSON value, for tests that look at every key of a document.
public enum JSONValue: Sendable, Hashable, Decodable {
    /// Null.
    case null
    /// True or false.
    case boolean(Bool)
    /// A number.
    case number(Double)
    /// A text.
    case text(String)
    /// A list.
    case list([JSONValue])
    /// An object.
    case object([String: JSONValue])

    /// Reads one document that makes up the whole text.
    ///
    /// - Parameter text: The text.
    /// - Throws: `DecodingError` when it is anything else.
    public init(parsing text: String) throws {
        self = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
    }

    /// Reads a value.
    ///
    /// - Parameter decoder: Where it is read from.
    /// - Throws: `DecodingError`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    /// The value of a key; null where there is none.
    ///
    /// - Parameter key: The key.
    public subscript(key: String) -> JSONValue {
        if case .object(let values) = self { return values[key] ?? .null }
        return .null
    }

    /// The element at a place; null where there is none.
    ///
    /// - Parameter index: The place, from 0.
    public subscript(index: Int) -> JSONValue {
        elements.indices.contains(index) ? elements[index] : .null
    }

    /// The elements of a list; none for anything else.
    public var elements: [JSONValue] {
        if case .list(let values) = self { return values }
        return []
    }

    /// The text, where it is one.
    public var string: String? {
        if case .text(let value) = self { return value }
        return nil
    }

    /// The number as an integer, where it is one.
    public var int: Int? {
        if case .number(let value) = self { return Int(exactly: value) }
        return nil
    }

    /// The truth value, where it is one.
    public var bool: Bool? {
        if case .boolean(let value) = self { return value }
        return nil
    }

    /// The same with every value of a key replaced, however deep it stands.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - replacement: What stands in its place.
    /// - Returns: The changed value.
    public func replacing(_ key: String, with replacement: JSONValue) -> JSONValue {
        switch self {
        case .list(let values):
            return .list(values.map { $0.replacing(key, with: replacement) })
        case .object(let values):
            let pairs = values.map { name, value in
                (name, name == key ? replacement : value.replacing(key, with: replacement))
            }
            return .object(Dictionary(uniqueKeysWithValues: pairs))
        default:
            return self
        }
    }

    /// The keys of an object, sorted; none for anything else.
    public var keys: [String] {
        if case .object(let values) = self { return values.keys.sorted() }
        return []
    }

    /// The keys and types, sorted: `{"a":number,"b":[text]}`; a list shows every shape in it once.
    public var shape: String {
        switch self {
        case .null: return "null"
        case .boolean: return "boolean"
        case .number: return "number"
        case .text: return "text"
        case .list(let values):
            return "[" + Set(values.map(\.shape)).sorted().joined(separator: "|") + "]"
        case .object(let values):
            let pairs = values.sorted { $0.key < $1.key }.map { "\"\($0)\":\($1.shape)" }
            return "{" + pairs.joined(separator: ",") + "}"
        }
    }
}
