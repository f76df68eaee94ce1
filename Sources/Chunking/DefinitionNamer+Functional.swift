internal import Syntax

/// Elixir, the Lisps, Julia, Nix; and HCL, whose definitions are calls of a kind too.
extension DefinitionNamer {
    private static let elixirKinds: [String: SymbolKind] = [
        "def": .function, "defp": .function, "defdelegate": .function, "defguard": .function,
        "defguardp": .function, "defmacro": .macro, "defmacrop": .macro, "defmodule": .module,
        "defprotocol": .protocol, "defimpl": .extension,
    ]

    func elixirCall(_ node: SyntaxNode) -> [FoundName] {
        guard let target = compiled.child(node, "target"), target.endByte - target.startByte <= 11,
            let kind = Self.elixirKinds[text(target)],
            var place = compiled.child(node, kind: "arguments")?.firstNamedChild
        else { return [] }
        // Guards and operators wrap the head: `add(a, b) when …`.
        while compiled.name(place) == "binary_operator", let left = compiled.child(place, "left") {
            place = left
        }
        if kind == .extension, let type = implementedType(node) { place = type }
        if compiled.name(place) == "call", let called = compiled.child(place, "target") {
            place = called
        }
        return named(place, kind: kind).map { [$0] } ?? []
    }

    /// The type after `for:` in `defimpl Protocol, for: Type`.
    private func implementedType(_ node: SyntaxNode) -> SyntaxNode? {
        guard let arguments = compiled.child(node, kind: "arguments"),
            let keywords = compiled.child(arguments, kind: "keywords"),
            let pair = compiled.child(keywords, kind: "pair")
        else { return nil }
        return compiled.child(pair, "value")
    }

    private static let lispKinds: [String: SymbolKind] = [
        "defn": .function, "defn-": .function, "defmethod": .method, "defmulti": .function,
        "defmacro": .macro, "define-syntax": .macro, "define-syntax-rule": .macro,
        "def": .variable, "defonce": .variable, "define": .variable, "define-values": .variable,
        "defprotocol": .protocol, "definterface": .interface, "defrecord": .record,
        "deftype": .type, "defstruct": .struct, "struct": .struct, "define-record-type": .record,
        "ns": .namespace, "define/contract": .function, "define-struct": .struct,
        "define-library": .module, "defun": .function, "defvar": .variable,
    ]

    func lispList(_ node: SyntaxNode) -> [FoundName] {
        guard let head = node.firstNamedChild, head.endByte - head.startByte <= 18,
            let kind = Self.lispKinds[text(head)]
        else { return [] }
        var target: SyntaxNode?
        var isAfterHead = false
        node.forEachChild { child, _ in
            guard child.isNamed else { return true }
            if isAfterHead { target = child } else { isAfterHead = true }
            return target == nil
        }
        guard var place = target else { return [] }
        var found = kind
        if ["list", "list_lit"].contains(compiled.name(place)) {
            guard let first = place.firstNamedChild else { return [] }
            place = first
            if kind == .variable { found = .function }
        } else if kind == .variable, hasFunctionValue(node) {
            found = .function
        }
        return named(place, kind: found).map { [$0] } ?? []
    }

    private func hasFunctionValue(_ list: SyntaxNode) -> Bool {
        var last: SyntaxNode?
        list.forEachChild { child, _ in
            if child.isNamed { last = child }
            return true
        }
        guard let last else { return false }
        let value = source(last)
        return value.starts(with: "(lambda".utf8) || value.starts(with: "(fn ".utf8)
            || value.starts(with: "(fn[".utf8) || value.starts(with: "(case-lambda".utf8)
    }

    /// Names that end the way down a Julia signature.
    private static let juliaNames: Set<String> = ["identifier", "field_expression", "operator"]

    func juliaSignature(_ node: SyntaxNode) -> [FoundName] {
        var place = node.firstNamedChild
        var isCall = false
        for _ in 0..<8 {
            guard let current = place else { return [] }
            let kind = compiled.name(current)
            if Self.juliaNames.contains(kind) { break }
            if kind == "call_expression" { isCall = true }
            if kind == "tuple_expression" || kind == "index_expression" { return [] }
            place = current.firstNamedChild
        }
        guard let place, let found = named(place) else { return [] }
        guard compiled.name(node) == "assignment" else { return [split(found, kind: nil)] }
        if isCall { return [split(found, kind: .function)] }
        let isConstant = node.parent.map { compiled.name($0) == "const_statement" } ?? false
        return compiled.name(place) == "identifier"
            ? [split(found, kind: isConstant ? .constant : .variable)] : []
    }

    func nixBinding(_ node: SyntaxNode) -> [FoundName] {
        guard let value = compiled.child(node, "expression"),
            compiled.name(value) == "function_expression",
            let found = named(compiled.child(node, "attrpath"))
        else { return [] }
        return [found]
    }

    func hclBlock(_ node: SyntaxNode) -> [FoundName] {
        var labels: [String] = []
        var type: FoundName?
        node.forEachChild { child, _ in
            switch compiled.name(child) {
            case "identifier" where type == nil: type = named(child)
            case "identifier", "string_lit":
                if let label = named(child) { labels.append(label.text) }
            default: return false
            }
            return true
        }
        guard let type else { return [] }
        let name = labels.isEmpty ? type.text : labels.joined(separator: ".")
        return [FoundName(text: name, byte: type.byte)]
    }
}
