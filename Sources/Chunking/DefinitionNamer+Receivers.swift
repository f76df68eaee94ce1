internal import Syntax

/// Names that something around them makes plainer: Kotlin's receivers, Python's decorators.
extension DefinitionNamer {
    /// Qualifies a name by the type that stands in front of it: `String.trim`.
    func received(_ found: FoundName, by node: SyntaxNode) -> FoundName {
        var receiver: String?
        node.forEachChild { child, _ in
            guard child.startByte < found.byte else { return false }
            switch compiled.name(child) {
            case "user_type": receiver = named(child)?.text
            case "nullable_type":
                receiver = named(compiled.child(child, kind: "user_type"))?.text
            default: break
            }
            return true
        }
        guard let receiver else { return found }
        var qualified = found
        qualified.qualifier = receiver
        return qualified
    }

    /// A function; one under `@overload` has no body of its own.
    func pythonFunction(_ node: SyntaxNode) -> [FoundName] {
        guard var found = named(compiled.child(node, "name")) else { return [] }
        if let parent = node.parent, compiled.name(parent) == "decorated_definition" {
            parent.forEachChild { child, _ in
                if compiled.name(child) == "decorator" {
                    let decorator = text(child).drop { $0 == "@" || $0 == " " }
                    if decorator == "overload" || decorator.hasSuffix(".overload") {
                        found.kind = .prototype
                    }
                }
                return true
            }
        }
        return [found]
    }
}
