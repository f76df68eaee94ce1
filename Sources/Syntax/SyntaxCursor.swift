internal import CTreeSitter

/// Walks a syntax tree; the cheapest way to see every node.
public struct SyntaxCursor: ~Copyable {
    private var raw: TSTreeCursor

    /// Starts at a node; the cursor never leaves it and what is below it.
    ///
    /// - Parameter node: Where to start.
    public init(_ node: SyntaxNode) { raw = ts_tree_cursor_new(node.raw) }

    deinit {
        var last = raw
        ts_tree_cursor_delete(&last)
    }

    /// The node the cursor is at.
    public var node: SyntaxNode {
        mutating get { SyntaxNode(raw: ts_tree_cursor_current_node(&raw)) }
    }

    /// The number of the field the node is in, 0 for none.
    public var field: UInt16 {
        mutating get { ts_tree_cursor_current_field_id(&raw) }
    }

    /// Moves to the node's first child.
    ///
    /// - Returns: `false`, without moving, when there is none.
    public mutating func goToFirstChild() -> Bool { ts_tree_cursor_goto_first_child(&raw) }

    /// Moves to the sibling after the node.
    ///
    /// - Returns: `false`, without moving, when there is none.
    public mutating func goToNextSibling() -> Bool { ts_tree_cursor_goto_next_sibling(&raw) }

    /// Moves to the node's parent.
    ///
    /// - Returns: `false`, without moving, at the node the cursor started from.
    public mutating func goToParent() -> Bool { ts_tree_cursor_goto_parent(&raw) }
}
