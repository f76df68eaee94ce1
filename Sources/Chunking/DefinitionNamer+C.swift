internal import Syntax

/// Declarators: C, C++, Objective-C; and Go's receivers.
extension DefinitionNamer {
    private static let namesInDeclarators: Set<String> = [
        "identifier", "field_identifier", "type_identifier", "qualified_identifier",
        "destructor_name", "operator_name", "operator_cast", "template_function",
        "primitive_type",
    ]

    /// How deep declarators are followed; real ones have a handful of levels.
    private static let deepestDeclarator = 32

    /// The name inside a declarator.
    func declared(_ declarator: SyntaxNode?) -> FoundName? {
        var place = declarator
        for _ in 0..<Self.deepestDeclarator {
            guard let node = place else { return nil }
            if Self.namesInDeclarators.contains(compiled.name(node)) {
                // A parser that lost its way takes the words of the language for names.
                return scoped(node).flatMap { CWord.reserved.contains($0.text) ? nil : $0 }
            }
            place = compiled.child(node, "declarator") ?? node.firstNamedChild
        }
        return nil
    }

    /// Splits `Outer::inner` into the name and what it belongs to.
    private func scoped(_ node: SyntaxNode) -> FoundName? {
        guard var found = conversion(node) ?? named(node) else { return nil }
        let parts = found.text.split(separator: ".", omittingEmptySubsequences: true)
        guard compiled.name(node) == "qualified_identifier", let last = parts.last,
            parts.count > 1
        else { return found }
        found.qualifier = parts.dropLast().joined(separator: ".")
        return FoundName(
            text: String(last), byte: node.endByte - min(last.utf8.count, node.byteRange.count),
            kind: found.kind, qualifier: found.qualifier)
    }

    /// Operators keep their signs and lose their parameters: `operator==`, `operator bool`.
    private func conversion(_ node: SyntaxNode) -> FoundName? {
        let written = text(node)
        guard let start = written.range(ofWord: "operator") else { return nil }
        let scope = written[..<start].split(whereSeparator: { $0 == ":" || $0 == " " })
            .map { $0.prefix { $0 != "<" } }
        var sign = written[start...].dropFirst("operator".count)
        if let brace = sign.dropFirst(2).firstIndex(of: "(") { sign = sign[..<brace] }
        let parts = sign.split(separator: " ")
        let glue = parts.first?.first?.isLetter == true ? " " : ""
        let name = "operator" + glue + parts.joined(separator: " ")
        return FoundName(
            text: (scope.map(String.init) + [name]).joined(separator: "."), byte: node.startByte)
    }

    /// Each declarator of a declaration; a function's is a prototype.
    func declarations(of node: SyntaxNode, _ rule: DefinitionRule) -> [FoundName] {
        let field = compiled.field("declarator")
        var found: [FoundName] = []
        node.forEachChild { child, childField in
            guard childField == field, var name = declared(child) else { return true }
            if declaresFunction(child) { name.kind = .prototype }
            found.append(name)
            return true
        }
        return found
    }

    private func declaresFunction(_ declarator: SyntaxNode) -> Bool {
        var place: SyntaxNode? = declarator
        for _ in 0..<Self.deepestDeclarator {
            guard let node = place else { return false }
            switch compiled.name(node) {
            case "function_declarator", "operator_cast":
                // A pointer to a function is a variable.
                let inner = compiled.child(node, "declarator")
                return inner.map { compiled.name($0) != "parenthesized_declarator" } ?? true
            case "pointer_declarator", "reference_declarator":
                place = compiled.child(node, "declarator") ?? node.firstNamedChild
            default: return false
            }
        }
        return false
    }

    func goMethod(_ node: SyntaxNode) -> [FoundName] {
        guard var found = named(compiled.child(node, "name")) else { return [] }
        guard let receiver = compiled.child(node, "receiver"),
            let parameter = compiled.child(receiver, kind: "parameter_declaration"),
            let type = compiled.child(parameter, "type")
        else { return [found] }
        let written = text(type).drop { $0 == "*" || $0 == "(" }
        found.qualifier = String(written.prefix { $0 != "[" && $0 != ")" && $0 != " " })
        return [found]
    }
}
