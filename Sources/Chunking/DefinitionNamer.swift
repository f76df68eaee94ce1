internal import Syntax

/// Finds the names a node defines, by the rule for its kind.
struct DefinitionNamer {
    let compiled: CompiledRules
    let bytes: UnsafeRawBufferPointer

    /// The names a node defines; none when it turns out to define nothing.
    func names(of node: SyntaxNode, by rule: DefinitionRule) -> [FoundName] {
        if let field = rule.requiredField, compiled.child(node, field) == nil { return [] }
        let found = names(of: node, by: rule.name, rule)
        guard !rule.refinements.isEmpty, !found.isEmpty else { return found }
        return refined(found, node, rule)
    }

    private func names(
        of node: SyntaxNode, by nameRule: NameRule, _ rule: DefinitionRule
    ) -> [FoundName] {
        let found: [FoundName]
        switch nameRule {
        case .receiver(let inner):
            found = names(of: node, by: inner, rule).map { received($0, by: node) }
        case .pythonFunction: found = pythonFunction(node)
        case .field(let field): found = single(compiled.child(node, field), rule)
        case .fields(let field): found = every(field, of: node, rule)
        case .path(let steps): found = single(follow(steps, from: node), rule)
        case .after(let kind): found = single(compiled.child(node, kind: kind)?.nextSibling, rule)
        case .fixed(let name): found = [FoundName(text: name, byte: node.startByte)]
        case .declarator: found = declared(compiled.child(node, "declarator")).map { [$0] } ?? []
        case .declarations: found = declarations(of: node, rule)
        case .goMethod: found = goMethod(node)
        case .scriptVariable: found = scriptVariable(node)
        case .scriptAssignment: found = scriptAssignment(node)
        case .scriptPair: found = scriptPair(node)
        case .scriptField: found = scriptField(node)
        case .pythonAssignment: found = pythonAssignment(node)
        case .luaAssignment: found = luaAssignment(node)
        case .elixirCall: found = elixirCall(node)
        case .lispList: found = lispList(node)
        case .rAssignment: found = rAssignment(node)
        case .hclBlock: found = hclBlock(node)
        case .juliaSignature: found = juliaSignature(node)
        case .nixBinding: found = nixBinding(node)
        }
        return found
    }

    /// A name as it stands in the source, in the form names are kept in.
    func named(_ node: SyntaxNode?, kind: SymbolKind? = nil) -> FoundName? {
        guard let node, let text = NameText.normalised(source(node)) else { return nil }
        return FoundName(text: text, byte: node.startByte, kind: kind)
    }

    func source(_ node: SyntaxNode) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes[node.byteRange])
    }

    func text(_ node: SyntaxNode) -> String { NameText.text(source(node)) }

    private func single(_ node: SyntaxNode?, _ rule: DefinitionRule) -> [FoundName] {
        guard let node, fits(node, rule), let found = named(node) else { return [] }
        return [found]
    }

    private func fits(_ node: SyntaxNode, _ rule: DefinitionRule) -> Bool {
        rule.nameKinds.isEmpty || rule.nameKinds.contains(compiled.name(node))
    }

    private func every(
        _ field: String, of node: SyntaxNode, _ rule: DefinitionRule
    ) -> [FoundName] {
        let number = compiled.field(field)
        var found: [FoundName] = []
        node.forEachChild { child, childField in
            if childField == number, child.isNamed, fits(child, rule), let name = named(child) {
                found.append(name)
            }
            return true
        }
        return found
    }

    private func follow(_ steps: [String], from node: SyntaxNode) -> SyntaxNode? {
        var place = node
        for step in steps {
            guard let next = compiled.child(place, kind: step) ?? compiled.child(place, step)
            else { return nil }
            place = next
        }
        return place
    }

    private func refined(
        _ found: [FoundName], _ node: SyntaxNode, _ rule: DefinitionRule
    ) -> [FoundName] {
        var kind: SymbolKind?
        node.forEachChild { child, _ in
            kind = rule.refinements[compiled.name(child)]
            return kind == nil
        }
        guard let kind else { return found }
        return found.map { name in
            FoundName(text: name.text, byte: name.byte, kind: kind, qualifier: name.qualifier)
        }
    }
}
