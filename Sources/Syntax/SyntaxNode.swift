internal import CTreeSitter

/// A node of a syntax tree, valid only inside the closure that was given the tree.
public struct SyntaxNode {
    let raw: TSNode

    /// The number of the node's kind in its grammar.
    public var kind: UInt16 { ts_node_symbol(raw) }

    /// The offset of the node's first byte.
    public var startByte: Int { Int(ts_node_start_byte(raw)) }

    /// The offset after the node's last byte.
    public var endByte: Int { Int(ts_node_end_byte(raw)) }

    /// The node's bytes.
    public var byteRange: Range<Int> { startByte..<endByte }

    /// The row of the node's first byte, from 0.
    public var startRow: Int { Int(ts_node_start_point(raw).row) }

    /// The last row that holds a byte of the node, from 0.
    ///
    /// A node that ends with a line feed ends in that line feed's row.
    public var endRow: Int {
        let end = ts_node_end_point(raw)
        let start = ts_node_start_point(raw).row
        return end.column == 0 && end.row > start ? Int(end.row) - 1 : Int(end.row)
    }

    /// Whether the grammar names the node, so that it is not mere punctuation.
    public var isNamed: Bool { ts_node_is_named(raw) }

    /// Whether the node may stand anywhere, as comments do.
    public var isExtra: Bool { ts_node_is_extra(raw) }

    /// Whether the node holds text the grammar could not make sense of.
    public var isError: Bool { ts_node_is_error(raw) }

    /// Whether there is an error at or below the node.
    public var hasError: Bool { ts_node_has_error(raw) }

    /// The name of the node's kind.
    public var kindName: String { ts_node_type(raw).map { String(cString: $0) } ?? "" }

    /// The node this one is a child of.
    public var parent: SyntaxNode? { Self.node(ts_node_parent(raw)) }

    /// The sibling after this one, named or not.
    public var nextSibling: SyntaxNode? { Self.node(ts_node_next_sibling(raw)) }

    /// The first child that has a name in the grammar.
    public var firstNamedChild: SyntaxNode? { Self.node(ts_node_named_child(raw, 0)) }

    /// How many children the node has.
    public var childCount: Int { Int(ts_node_child_count(raw)) }

    /// Returns the first child in a field.
    ///
    /// - Parameter field: The field's number from ``Grammar/field(_:)``; 0 finds nothing.
    /// - Returns: The child, or `nil`.
    public func child(field: UInt16) -> SyntaxNode? {
        field == 0 ? nil : Self.node(ts_node_child_by_field_id(raw, field))
    }

    /// Calls a closure with every child in order until it returns `false`.
    ///
    /// - Parameter body: Gets the child and the number of its field, 0 for none.
    public func forEachChild(_ body: (SyntaxNode, UInt16) -> Bool) {
        var cursor = SyntaxCursor(self)
        guard cursor.goToFirstChild() else { return }
        repeat {
            if !body(cursor.node, cursor.field) { return }
        } while cursor.goToNextSibling()
    }

    private static func node(_ raw: TSNode) -> SyntaxNode? {
        ts_node_is_null(raw) ? nil : SyntaxNode(raw: raw)
    }
}
