public import Syntax

/// Cuts texts into chunks and finds their definitions.
///
/// For one thread at a time.
///
/// The same bytes in the same language always give the same result, on every machine.
public final class Chunker {
    /// Changes when any text would be cut or labelled in another way.
    public static let version = 3

    /// The longest text that is parsed, in bytes; longer ones are cut by lines.
    public static let longestParsedText = 2 << 20

    private let grammars: GrammarLibrary
    private let parser = SyntaxParser()
    private let sizes: ChunkSizes
    private var compiled: [String: CompiledRules?] = [:]

    /// Makes a chunker.
    ///
    /// - Parameter grammars: Where the grammars of languages come from.
    public convenience init(grammars: GrammarLibrary) {
        self.init(grammars: grammars, sizes: ChunkSizes())
    }

    init(grammars: GrammarLibrary, sizes: ChunkSizes) {
        self.grammars = grammars
        self.sizes = sizes
    }

    /// Cuts a text into chunks.
    ///
    /// Falls back to lines when there is no grammar, or no sense in the tree.
    ///
    /// - Parameters:
    ///   - bytes: The text as git stores it, in any encoding.
    ///   - language: The language's name from ``LanguageDetector``.
    /// - Returns: Chunks that cover every byte once, in order; none for an empty text.
    public func chunk(_ bytes: UnsafeRawBufferPointer, language: String) -> ChunkedText {
        guard !bytes.isEmpty else { return ChunkedText(chunks: [], symbols: [], method: .lines) }
        let lines = LineTable(bytes)
        if language == "markdown" {
            let chunks = HeadingSplitter(lines: lines, sizes: sizes).chunks()
            return ChunkedText(chunks: chunks, symbols: [], method: .headings)
        }
        return chunkBySyntax(lines, language) ?? chunkByDeclarations(lines, language)
            ?? chunkByLines(lines)
    }

    private func chunkBySyntax(_ lines: LineTable, _ language: String) -> ChunkedText? {
        guard lines.bytes.count <= Self.longestParsedText, let compiled = rules(for: language)
        else { return nil }
        guard let readable = MacroBlanker.readable(lines.bytes, language: language) else {
            return chunkBySyntax(lines, compiled, parsing: lines.bytes)
        }
        return readable.withUnsafeBytes { chunkBySyntax(lines, compiled, parsing: $0) }
    }

    /// Cuts a text along the tree of bytes that have the same words in the same places.
    private func chunkBySyntax(
        _ lines: LineTable, _ compiled: CompiledRules, parsing bytes: UnsafeRawBufferPointer
    ) -> ChunkedText? {
        let budget = Self.budget(for: bytes.count)
        let result = try? parser.withTree(
            of: bytes, grammar: compiled.grammar, budget: budget
        ) { root in
            cut(lines, along: root, compiled, parsed: bytes)
        }
        return result ?? nil
    }

    /// The work a parse may do: above what real texts need and little enough to end within about a
    /// second.
    ///
    /// Of 26,594 files of 20 repositories none needed more than 500 steps and one for each twenty
    /// bytes; most need one for each hundred. A step takes about 25 microseconds.
    static func budget(for byteCount: Int) -> ParseBudget {
        ParseBudget(steps: min(2_000 + byteCount / 12, 32_000))
    }

    private func cut(
        _ lines: LineTable, along root: SyntaxNode, _ compiled: CompiledRules,
        parsed: UnsafeRawBufferPointer
    ) -> ChunkedText? {
        var collector = DefinitionCollector(compiled: compiled, lines: lines)
        collector.walk(root)
        if collector.isBroken { return nil }
        if parsed.baseAddress != lines.bytes.baseAddress { collector.noteLeading(blankIn: parsed) }
        let units = DefinitionRows(collector.definitions, rowCount: lines.rowCount)
        var divider = SyntaxDivider(
            lines: lines, isLeading: collector.isLeading, units: units, sizes: sizes)
        var assembler = ChunkAssembler(lines: lines, sizes: sizes, units: units)
        assembler.assemble(divider.divide(root))
        var labeller = ChunkLabeller(
            lines: lines, sizes: sizes, definitions: collector.definitions)
        let chunks = labeller.chunks(of: assembler.runs)
        return ChunkedText(
            chunks: chunks, symbols: symbols(collector.definitions, in: chunks), method: .syntax)
    }

    private func symbols(_ definitions: [Definition], in chunks: [Chunk]) -> [SymbolDefinition] {
        definitions.map { definition in
            SymbolDefinition(
                name: definition.name, qualifiedName: definition.qualifiedName,
                kind: definition.kind, startLine: definition.startRow + 1,
                endLine: definition.endRow + 1,
                chunkOrdinal: Self.ordinal(of: definition.nameByte, in: chunks))
        }
    }

    /// The chunk that holds a byte.
    private static func ordinal(of byte: Int, in chunks: [Chunk]) -> Int {
        var low = 0
        var high = chunks.count - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if chunks[middle].byteRange.lowerBound <= byte {
                low = middle
            } else {
                high = middle - 1
            }
        }
        return low
    }

    /// Code without a tree: lines, cut before what looks like a definition.
    private func chunkByDeclarations(_ lines: LineTable, _ language: String) -> ChunkedText? {
        guard LanguageRules.isCode(language) else { return nil }
        let definitions = DeclarationScanner(lines: lines).definitions()
        if definitions.isEmpty { return nil }
        let units = DefinitionRows(definitions, rowCount: lines.rowCount)
        var assembler = ChunkAssembler(lines: lines, sizes: sizes, units: units)
        assembler.assemble(DeclarationDivider(lines: lines).divide(definitions))
        var labeller = ChunkLabeller(lines: lines, sizes: sizes, definitions: definitions)
        let chunks = labeller.chunks(of: assembler.runs)
        return ChunkedText(
            chunks: chunks, symbols: symbols(definitions, in: chunks), method: .lines)
    }

    private func chunkByLines(_ lines: LineTable) -> ChunkedText {
        let splitter = LineSplitter(lines: lines, sizes: sizes)
        let cutter = LongLineCutter(lines: lines, sizes: sizes)
        let pieces = splitter.split(0..<lines.rowCount).flatMap { cutter.pieces(of: $0) }
        let chunks = pieces.enumerated().map { ordinal, piece in
            Chunk(
                ordinal: ordinal, kind: .text, symbol: nil, startLine: piece.rows.lowerBound + 1,
                endLine: piece.rows.upperBound, byteRange: piece.bytes)
        }
        return ChunkedText(chunks: chunks, symbols: [], method: .lines)
    }

    private func rules(for language: String) -> CompiledRules? {
        if let known = compiled[language] { return known }
        let rules = (try? grammars.grammar(for: language)).flatMap { $0 }.map { grammar in
            CompiledRules(grammar: grammar, rules: LanguageRules.rules(for: language))
        }
        compiled[language] = .some(rules)
        return rules
    }
}
