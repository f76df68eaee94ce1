internal import CTreeSitter

/// One language's grammar, loaded into the process for as long as it lives.
public struct Grammar: Sendable {
    /// The language's name as the manifest gives it, for instance `python`.
    public let name: String

    // A TSLanguage is a constant table inside a shared library that is never unloaded, and
    // the parser core only reads it, so any thread may use it at any time.
    nonisolated(unsafe) let pointer: OpaquePointer

    /// How many kinds of node the grammar has; kinds are the numbers below this.
    public var kindCount: Int { Int(ts_language_symbol_count(pointer)) }

    /// Returns the name of a kind of node.
    ///
    /// - Parameter kind: A number below ``kindCount``, or a node's own kind.
    /// - Returns: The name, empty when there is none.
    public func kindName(_ kind: UInt16) -> String {
        guard let name = ts_language_symbol_name(pointer, kind) else { return "" }
        return String(cString: name)
    }

    /// Tells whether nodes of a kind are named in the grammar, not mere punctuation.
    ///
    /// - Parameter kind: A number below ``kindCount``.
    /// - Returns: `true` for a named kind.
    public func isNamed(_ kind: UInt16) -> Bool {
        ts_language_symbol_type(pointer, kind) == TSSymbolTypeRegular
    }

    /// Returns the number of a field.
    ///
    /// - Parameter name: The field's name in the grammar, for instance `body`.
    /// - Returns: The number, or 0 when the grammar has no such field.
    public func field(_ name: String) -> UInt16 {
        ts_language_field_id_for_name(pointer, name, UInt32(name.utf8.count))
    }
}
