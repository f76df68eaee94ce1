/// The kinds of definitions, as far as ranking tells them apart.
enum DefinitionKind {
    /// A type or another home of definitions.
    case type
    /// A function or method.
    case function
    /// A value, a macro, or a declaration whose body is elsewhere.
    case value
    /// A part of a definition, or no definition.
    case other

    init(_ kind: String) {
        switch kind {
        case "class", "struct", "union", "enum", "record", "interface", "protocol", "trait",
            "object", "module", "namespace", "type", "message", "service", "table", "view",
            "resource":
            self = .type
        case "function", "method", "constructor", "rule": self = .function
        case "part", "block", "text", "section": self = .other
        default: self = .value
        }
    }
}
