internal import Syntax

/// Walks a whole tree once and notes its definitions, its leading lines and its errors.
struct DefinitionCollector {
    /// What the walk is inside of.
    private struct Enclosure {
        /// The definition, or -1 for a place that only makes variables local.
        let definition: Int
        let depth: Int
        let isLocal: Bool
        /// The namespaces around, each with a dot behind it.
        let prefix: String
        /// Whether it goes on to the end of what holds it, as a namespace without braces.
        var isOpenEnded = false
    }

    private let compiled: CompiledRules
    private let namer: DefinitionNamer
    private let lines: LineTable
    private var enclosures: [Enclosure] = []

    /// The definitions in the order they start.
    private(set) var definitions: [Definition] = []

    /// For each row, whether it starts with or is inside a comment, attribute or label.
    private(set) var isLeading: [Bool]

    /// The bytes the grammar could not make sense of.
    private var errorBytes = 0

    /// The rows in which an error starts.
    private var errorRows = 0

    private var errorEnd = 0
    private var lastErrorRow = -1

    /// Inside the outermost errors, the bytes of subtrees that are sound all the same.
    private var soundBytes = 0

    private var soundEnd = 0

    /// The depth of the innermost error the walk is in.
    private var errorDepths: [Int] = []

    /// The longest qualified name, in bytes; nesting beyond it is no one's handwriting, and names
    /// that grow with the depth would take memory that grows with its square.
    private static let longestQualifiedName = 1_000

    /// Whether so much is in error that the tree is no guide.
    ///
    /// A broken file is often one error around whole functions, which are still worth having, so
    /// only loose words in errors count; or rows with errors, where those are many.
    var isBroken: Bool {
        2 * (errorBytes - soundBytes) > lines.bytes.count
            || 3 * errorRows > max(lines.rowCount, 24)
    }

    init(compiled: CompiledRules, lines: LineTable) {
        self.compiled = compiled
        self.lines = lines
        namer = DefinitionNamer(compiled: compiled, bytes: lines.bytes)
        isLeading = [Bool](repeating: false, count: lines.rowCount)
    }

    mutating func walk(_ root: SyntaxNode) {
        var cursor = SyntaxCursor(root)
        var depth = 0
        while true {
            visit(cursor.node, depth: depth)
            if cursor.goToFirstChild() {
                depth += 1
                continue
            }
            while !cursor.goToNextSibling() {
                guard cursor.goToParent() else { return }
                depth -= 1
            }
        }
    }

    private mutating func visit(_ node: SyntaxNode, depth: Int) {
        while let last = enclosures.last, last.depth >= depth { enclosures.removeLast() }
        let kind = node.kind
        if !errorDepths.isEmpty { noteInError(node, isError: kind == UInt16.max, depth: depth) }
        switch compiled.action(kind) {
        case .nothing: if kind == UInt16.max { noteError(node, depth: depth) }
        case .leading: noteLeading(node)
        case .leadingIfWord(let index):
            let text = namer.source(node)
            if compiled.words[index].contains(where: { text.starts(with: $0) }) {
                noteLeading(node)
            }
        case .localScope:
            let parent = enclosures.last?.definition ?? -1
            let prefix = enclosures.last?.prefix ?? ""
            enclosures.append(
                Enclosure(definition: parent, depth: depth, isLocal: true, prefix: prefix))
        case .scope: openScope(node, depth: depth)
        case .define(let index): define(node, by: compiled.rules[index], depth: depth)
        }
    }

    private mutating func noteInError(_ node: SyntaxNode, isError: Bool, depth: Int) {
        while let last = errorDepths.last, last >= depth { errorDepths.removeLast() }
        guard errorDepths.last == depth - 1, !isError, node.isNamed else { return }
        let start = max(node.startByte, soundEnd)
        if node.endByte > start, node.childCount > 0 || node.isExtra {
            soundBytes += node.endByte - start
            soundEnd = node.endByte
        }
    }

    private mutating func noteError(_ node: SyntaxNode, depth: Int) {
        errorDepths.append(depth)
        // Only the outermost of nested errors counts.
        let range = node.byteRange
        guard range.upperBound > errorEnd else { return }
        errorBytes += range.count
        let row = node.startRow
        if row != lastErrorRow { errorRows += 1 }
        lastErrorRow = row
        errorEnd = range.upperBound
    }

    private mutating func noteLeading(_ node: SyntaxNode) {
        let start = node.startByte
        let first = node.startRow
        guard first < isLeading.count else { return }
        // A comment after code describes the code on its own line.
        let before = lines.bytes[lines.starts[first]..<start]
        guard before.allSatisfy({ $0 <= 0x20 }) else { return }
        for row in first...min(node.endRow, isLeading.count - 1) { isLeading[row] = true }
    }

    private mutating func define(_ node: SyntaxNode, by rule: DefinitionRule, depth: Int) {
        let enclosure = enclosures.last
        let isLocal = enclosure.map(\.isLocal) ?? false
        // Names are costly to find, so what cannot count is left out first.
        if isLocal, rule.kind.isValue, !mayBeFunction(rule) { return }
        let found = namer.names(of: node, by: rule)
        if found.isEmpty { return }
        let parent = enclosure?.definition ?? -1
        var last = node
        if let tail = rule.tail { last = following(node, kind: tail) ?? node }
        var own: Int?
        for name in found {
            let kind = settled(name.kind ?? rule.kind, parent: parent, isLocal: isLocal)
            if isLocal, kind.isValue { continue }
            guard let index = add(name, kind: kind, parent: parent, from: node, to: last) else {
                continue
            }
            own = own ?? index
        }
        guard let own, encloses(node, rule) else { return }
        let isInnerLocal = !definitions[own].kind.hasMembers
        enclosures.append(
            Enclosure(
                definition: own, depth: depth, isLocal: isInnerLocal,
                prefix: enclosure?.prefix ?? ""))
    }

    /// Begins a namespace, which is a part of names and no definition of its own.
    private mutating func openScope(_ node: SyntaxNode, depth: Int) {
        if let last = enclosures.last, last.isOpenEnded, last.depth == depth - 1 {
            enclosures.removeLast()
        }
        let outer = enclosures.last
        let name = namer.named(compiled.child(node, "name"))?.text
        let isOpenEnded = compiled.child(node, "body") == nil
        enclosures.append(
            Enclosure(
                definition: outer?.definition ?? -1, depth: isOpenEnded ? depth - 1 : depth,
                isLocal: outer?.isLocal ?? false,
                prefix: (outer?.prefix ?? "") + (name.map { $0 + "." } ?? ""),
                isOpenEnded: isOpenEnded))
    }

    /// Lets rows that only hold macros go with what follows them.
    mutating func noteLeading(blankIn parsed: UnsafeRawBufferPointer) {
        for row in 0..<lines.rowCount where !lines.isBlank(row) {
            if parsed[lines.byteRange(row..<row + 1)].allSatisfy({ $0 <= 0x20 }) {
                isLeading[row] = true
            }
        }
    }

    /// Whether what is inside a definition belongs to it.
    private func encloses(_ node: SyntaxNode, _ rule: DefinitionRule) -> Bool {
        switch rule.name {
        case .declarations: return false
        case .declarator where rule.kind == .type:
            // The structure in `typedef struct a { … } b` is known by its own name.
            return compiled.child(node, "type").map { compiled.child($0, "name") == nil } ?? true
        default: return true
        }
    }

    /// Values whose rule may still find a function in them.
    private func mayBeFunction(_ rule: DefinitionRule) -> Bool {
        switch rule.name {
        case .scriptVariable, .scriptField, .luaAssignment, .juliaSignature, .lispList: true
        default: !rule.refinements.isEmpty
        }
    }

    private func settled(_ kind: SymbolKind, parent: Int, isLocal: Bool) -> SymbolKind {
        guard parent >= 0, !isLocal, definitions[parent].kind.isTypeLike else {
            return kind == .property ? .variable : kind
        }
        switch kind {
        case .function: return .method
        case .variable: return .field
        default: return kind
        }
    }

    /// Adds a definition, or a clause to the last one; returns which definition it became, `nil`
    /// where its qualified name is too long.
    private mutating func add(
        _ name: FoundName, kind: SymbolKind, parent: Int, from node: SyntaxNode, to last: SyntaxNode
    ) -> Int? {
        if isClause(name, parent: parent) {
            definitions[definitions.count - 1].endByte = last.endByte
            definitions[definitions.count - 1].endRow = last.endRow
            return definitions.count - 1
        }
        var qualified =
            parent >= 0
            ? definitions[parent].qualifiedName + "." : enclosures.last?.prefix ?? ""
        if let qualifier = name.qualifier, !qualifier.isEmpty { qualified += qualifier + "." }
        qualified += name.text
        if qualified.utf8.count > Self.longestQualifiedName { return nil }
        definitions.append(
            Definition(
                name: name.text, kind: kind, parent: parent, startByte: node.startByte,
                endByte: last.endByte, nameByte: name.byte, startRow: node.startRow,
                endRow: last.endRow, qualifiedName: qualified))
        return definitions.count - 1
    }

    /// Whether a definition is one more clause of the one before it.
    private func isClause(_ name: FoundName, parent: Int) -> Bool {
        guard compiled.mergesClauses, let last = definitions.last else { return false }
        return last.parent == parent && last.name == name.text && last.endByte <= name.byte
    }

    /// The sibling of a kind right after a node or after what wraps it.
    private func following(_ node: SyntaxNode, kind: String) -> SyntaxNode? {
        var place: SyntaxNode? = node
        for _ in 0..<2 {
            guard let current = place else { return nil }
            if let next = current.nextSibling, compiled.name(next) == kind { return next }
            place = current.parent
        }
        return nil
    }
}
