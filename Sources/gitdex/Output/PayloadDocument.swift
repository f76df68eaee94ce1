#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A job's payload, as the JSON that it is.
enum PayloadDocument: Codable {
    case object([String: PayloadDocument])
    case list([PayloadDocument])
    case text(String)
    case whole(Int)
    case number(Double)
    case boolean(Bool)
    case null

    /// Reads a payload; what is no JSON is shown as the text it is.
    init(_ text: String) {
        self =
            (try? JSONDecoder().decode(PayloadDocument.self, from: Data(text.utf8))) ?? .text(text)
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Int.self) {
            self = .whole(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([PayloadDocument].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: PayloadDocument].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .object(let members): try container.encode(members)
        case .list(let items): try container.encode(items)
        case .text(let value): try container.encode(value)
        case .whole(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .boolean(let value): try container.encode(value)
        case .null: try container.encodeNil()
        }
    }
}
