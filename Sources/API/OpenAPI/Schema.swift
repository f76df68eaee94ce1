/// Builds the JSON schemas of the document.
enum Schema {
    static let text: JSONNode = ["type": "string"]
    static let integer: JSONNode = ["type": "integer"]
    static let count: JSONNode = ["type": "integer", "minimum": 0]
    static let number: JSONNode = ["type": "number"]
    static let boolean: JSONNode = ["type": "boolean"]
    static let commit: JSONNode = ["type": "string", "pattern": "^[0-9a-f]{40}$"]
    static let time: JSONNode = ["type": "string", "format": "date-time"]

    /// A text of a length, of any characters but NUL, which no database text holds.
    static func text(_ length: ClosedRange<Int>) -> JSONNode {
        [
            "type": "string", "minLength": .number(length.lowerBound),
            "maxLength": .number(length.upperBound), "pattern": "^[^\\u0000]*$",
        ]
    }

    /// A value of a schema, or null.
    static func nullable(_ schema: JSONNode) -> JSONNode {
        if case .object(var members) = schema, case .text(let type)? = members["type"] {
            members["type"] = [.text(type), "null"]
            if case .list(let words)? = members["enum"] { members["enum"] = .list(words + [.null]) }
            return .object(members)
        }
        return ["anyOf": [schema, ["type": "null"]]]
    }

    static func list(_ items: JSONNode) -> JSONNode { ["type": "array", "items": items] }

    static func words(_ words: [String]) -> JSONNode {
        ["type": "string", "enum": .list(words.map { .text($0) })]
    }

    static func whole(_ range: ClosedRange<Int>, default standard: Int) -> JSONNode {
        [
            "type": "integer", "minimum": .number(range.lowerBound),
            "maximum": .number(range.upperBound), "default": .number(standard),
        ]
    }

    /// An object whose named members are there; more may come with later versions.
    static func object(
        _ members: [String: JSONNode], optional: Set<String> = []
    ) -> JSONNode {
        let required = members.keys.filter { !optional.contains($0) }.sorted()
        return [
            "type": "object", "properties": .object(members),
            "required": .list(required.map { .text($0) }), "additionalProperties": true,
        ]
    }

    static func reference(_ name: String) -> JSONNode {
        ["$ref": .text("#/components/schemas/" + name)]
    }

    static func page(_ name: String, of item: String) -> JSONNode {
        object([name: list(reference(item)), "next_cursor": nullable(text)])
    }
}
