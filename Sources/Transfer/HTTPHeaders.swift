/// The fields of a request or an answer, in their order; names count in any case.
public struct HTTPHeaders: Sendable, Equatable, ExpressibleByDictionaryLiteral {
    /// One field.
    public struct Field: Sendable, Equatable {
        /// Its name, as it was written.
        public var name: String
        /// Its value.
        public var value: String
    }

    /// The fields.
    public private(set) var fields: [Field] = []

    /// Makes headers without a field.
    public init() {}

    /// Makes headers of names and values.
    ///
    /// - Parameter elements: The fields, in their order.
    public init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { Field(name: $0.0, value: $0.1) }
    }

    /// The first value of a name; setting it replaces all values of that name.
    ///
    /// - Parameter name: The name, in any case.
    public subscript(name: String) -> String? {
        get { fields.first { Self.areEqual($0.name, name) }?.value }
        set {
            fields.removeAll { Self.areEqual($0.name, name) }
            if let newValue { fields.append(Field(name: name, value: newValue)) }
        }
    }

    /// Adds a field after those that are there.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - value: Its value.
    public mutating func append(_ name: String, _ value: String) {
        fields.append(Field(name: name, value: value))
    }

    private static func areEqual(_ left: String, _ right: String) -> Bool {
        left.utf8.count == right.utf8.count && left.lowercased() == right.lowercased()
    }

    /// The names that hold what only the host they were meant for may see.
    private static let secretNames: Set<String> = [
        "authorization", "cookie", "proxy-authorization", "x-api-key", "api-key",
    ]

    /// The fields that any host may see.
    var withoutSecrets: HTTPHeaders {
        var headers = self
        headers.fields.removeAll { Self.secretNames.contains($0.name.lowercased()) }
        return headers
    }

    /// Whether every field can be sent as one line.
    var areSendable: Bool {
        fields.allSatisfy { field in
            !field.name.isEmpty && field.name.utf8.allSatisfy(Self.isNameByte)
                && !field.value.utf8.contains { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }
        }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
