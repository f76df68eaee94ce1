internal import CTreeSitter

/// Owns one parser and uses it again for text after text.
///
/// For one thread at a time.
public final class SyntaxParser {
    private let parser: OpaquePointer?
    private var language: OpaquePointer?

    /// The steps the last parse took, to judge budgets by.
    public private(set) var stepsTaken = 0

    /// Makes a parser without a grammar.
    public init() { parser = ts_parser_new() }

    deinit { ts_parser_delete(parser) }

    /// Parses a text and shows its tree to a closure.
    ///
    /// The tree ends with the closure: no node may be kept.
    ///
    /// - Parameters:
    ///   - bytes: The text; need not be valid UTF-8, at most 4 GiB.
    ///   - grammar: The language to read it as.
    ///   - budget: The most work the parse may do.
    ///   - body: Called with the root node.
    /// - Returns: What `body` returned.
    /// - Throws: ``SyntaxError`` when the budget is spent or the grammar does not fit.
    public func withTree<R>(
        of bytes: UnsafeRawBufferPointer, grammar: Grammar, budget: ParseBudget,
        _ body: (SyntaxNode) -> R
    ) throws(SyntaxError) -> R {
        guard bytes.count < Int(UInt32.max) else {
            throw SyntaxError(
                .textTooLong, "the text is too long to parse", remedy: "split it by lines")
        }
        try use(grammar)
        var progress = ParseProgress(bytes: bytes, budget: budget)
        let tree = withUnsafeMutablePointer(to: &progress) { pointer in
            ts_parser_parse_with_options(
                parser, nil, ParseProgress.input(pointer), ParseProgress.options(pointer))
        }
        stepsTaken = budget.steps - progress.stepsLeft
        guard let tree else {
            // Without a reset the next parse would go on with this text.
            ts_parser_reset(parser)
            throw SyntaxError(
                .budgetSpent, "parsing took more work than it may", remedy: "split it by lines")
        }
        defer { ts_tree_delete(tree) }
        return body(SyntaxNode(raw: ts_tree_root_node(tree)))
    }

    private func use(_ grammar: Grammar) throws(SyntaxError) {
        if language == grammar.pointer { return }
        guard ts_parser_set_language(parser, grammar.pointer) else {
            throw SyntaxError(
                .grammarIncompatible,
                "the \(grammar.name) grammar does not fit this version of the parser",
                remedy: "run scripts/setup-grammars again")
        }
        language = grammar.pointer
    }
}
