/// What a definition defines.
public enum SymbolKind: String, Sendable, CaseIterable {
    case function, method, constructor
    case `class`, `struct`, union, `enum`, record, interface, `protocol`, trait, object
    /// Adds members to a type declared elsewhere: a Swift extension, a Rust or Haskell instance.
    case `extension`
    case module, namespace, type, macro
    case constant, variable, field, property, event
    /// One value of an enumeration.
    case `case`
    /// Declares a function whose body is elsewhere, as C headers do.
    case prototype
    /// What data languages define.
    case table, view, index, message, service, resource, rule
    /// A titled part of a document.
    case section

    /// Whether what is inside belongs to a type or module, so that functions there are methods.
    var isTypeLike: Bool {
        switch self {
        case .class, .struct, .union, .enum, .record, .interface, .protocol, .trait, .object,
            .extension, .message, .service:
            true
        default: false
        }
    }

    /// Whether variables inside are local.
    var isFunctionLike: Bool {
        switch self {
        case .function, .method, .constructor, .macro: true
        default: false
        }
    }

    /// Whether it is a value, which only counts as a definition outside functions.
    var isValue: Bool {
        switch self {
        case .constant, .variable, .field, .property, .case, .prototype, .event: true
        default: false
        }
    }

    /// Whether values inside are members and not local.
    var hasMembers: Bool {
        isTypeLike || self == .module || self == .namespace || self == .type
    }
}
