internal import Syntax

/// JavaScript and its kin, Python, Lua, R.
extension DefinitionNamer {
    private static let functionValues: Set<String> = [
        "function_expression", "arrow_function", "generator_function", "function",
        "function_definition",
    ]

    /// What a value makes of the name it is given to; `nil` for plain values.
    private func definedKind(_ value: SyntaxNode?) -> SymbolKind? {
        guard let value else { return nil }
        let name = compiled.name(value)
        if Self.functionValues.contains(name) { return .function }
        return name == "class" || name == "class_expression" ? .class : nil
    }

    func scriptVariable(_ node: SyntaxNode) -> [FoundName] {
        guard let target = compiled.child(node, "name"), compiled.name(target) == "identifier",
            var found = named(target)
        else { return [] }
        let value = compiled.child(node, "value")
        if let kind = definedKind(value) {
            found.kind = kind
            return [found]
        }
        // What only names another module is no definition here.
        if let value, source(value).starts(with: "require(".utf8) { return [] }
        if let parent = node.parent, source(parent).starts(with: "const".utf8) {
            found.kind = .constant
        }
        return [found]
    }

    func scriptAssignment(_ node: SyntaxNode) -> [FoundName] {
        guard let kind = definedKind(compiled.child(node, "right")),
            let target = compiled.child(node, "left"),
            ["identifier", "member_expression"].contains(compiled.name(target)),
            let whole = named(target)
        else { return [] }
        var parts = whole.text.split(separator: ".")
        if parts.first == "module", parts.count > 1 { parts.removeFirst() }
        if let first = parts.first, first == "exports" || first == "this", parts.count > 1 {
            parts.removeFirst()
        }
        if parts.count > 1 { parts.removeAll { $0 == "prototype" } }
        guard let last = parts.last, parts.allSatisfy({ !$0.contains("(") }) else { return [] }
        let qualifier = parts.dropLast().joined(separator: ".")
        return [
            FoundName(
                text: String(last), byte: whole.byte,
                kind: kind == .function && !qualifier.isEmpty ? .method : kind,
                qualifier: qualifier.isEmpty ? nil : qualifier)
        ]
    }

    func scriptPair(_ node: SyntaxNode) -> [FoundName] {
        guard definedKind(compiled.child(node, "value")) != nil,
            let found = named(compiled.child(node, "key") ?? compiled.child(node, "name"))
        else { return [] }
        return [found]
    }

    func scriptField(_ node: SyntaxNode) -> [FoundName] {
        let name = compiled.child(node, "property") ?? compiled.child(node, "name")
        let isFunction = definedKind(compiled.child(node, "value")) == .function
        return named(name, kind: isFunction ? .method : .field).map { [$0] } ?? []
    }

    func pythonAssignment(_ node: SyntaxNode) -> [FoundName] {
        guard let target = compiled.child(node, "left"), compiled.name(target) == "identifier",
            var found = named(target)
        else { return [] }
        let shouts = found.text.allSatisfy { $0.isUppercase || $0.isNumber || $0 == "_" }
        if shouts, found.text.contains(where: \.isUppercase) { found.kind = .constant }
        return [found]
    }

    func luaAssignment(_ node: SyntaxNode) -> [FoundName] {
        guard let list = compiled.child(node, kind: "variable_list"),
            let target = list.firstNamedChild,
            ["identifier", "dot_index_expression"].contains(compiled.name(target)),
            let found = named(target)
        else { return [] }
        let value = compiled.child(node, kind: "expression_list")?.firstNamedChild
        return [split(found, kind: definedKind(value))]
    }

    /// Splits a dotted name into its last part and what comes before.
    func split(_ found: FoundName, kind: SymbolKind?) -> FoundName {
        let parts = found.text.split(separator: ".")
        guard parts.count > 1, let last = parts.last else {
            return FoundName(text: found.text, byte: found.byte, kind: kind)
        }
        return FoundName(
            text: String(last), byte: found.byte, kind: kind,
            qualifier: parts.dropLast().joined(separator: "."))
    }

    func rAssignment(_ node: SyntaxNode) -> [FoundName] {
        guard definedKind(compiled.child(node, "rhs")) != nil,
            let found = named(compiled.child(node, "lhs"))
        else { return [] }
        return [found]
    }
}
