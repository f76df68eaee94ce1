import Git
import Storage

/// Puts together what the retrievers found, by file and chunk.
struct EvidenceCollector {
    private struct FileKey: Hashable {
        var ref: Int
        var path: GitPath
    }

    /// What tells chunks apart; the rest of a chunk follows from it.
    private struct Place: Hashable {
        var ref: Int
        var path: GitPath
        var ordinal: Int
    }

    fileprivate struct Candidate {
        var chunk: RetrievedChunk
        var signals: [String: Int] = [:]
        var symbols: [RetrievedSymbol] = []
    }

    private let profile: QueryProfile
    private let matcher: TermMatcher
    private var candidates: [Candidate] = []
    private var places: [Place: Int] = [:]
    private(set) var texts: [TextHash: RetrievedText] = [:]

    init(profile: QueryProfile) {
        self.profile = profile
        matcher = TermMatcher(profile)
    }

    /// Reads what is not known yet of the candidates' texts.
    mutating func read(
        from store: IndexStore, comparedWith vector: (components: [Float16], embedder: Int)?
    ) throws {
        let wanted = Set(candidates.map(\.chunk.text)).subtracting(texts.keys)
        texts.merge(try store.retrievedTexts(Array(wanted), comparedWith: vector)) { old, _ in old }
    }

    mutating func add(_ rows: CandidateRows) {
        add(rows.lexical, "lexical_rank")
        add(rows.semantic, "semantic_rank")
        add(rows.paths, "path_rank")
        for (index, symbol) in rows.symbols.enumerated() {
            let place = place(of: symbol.chunk)
            candidates[place].symbols.append(symbol)
            candidates[place].note("symbol_rank", index + 1)
        }
    }

    /// Drops the candidates in which nothing of a name is defined.
    mutating func keepOnlyDefinitions(of name: QueryName) {
        candidates.removeAll { candidate in
            !candidate.symbols.contains { symbol in
                name.exactness(
                    ofName: symbol.name, joined: NameWords(symbol.name).joined,
                    qualifiedName: symbol.qualifiedName) > .none
            }
        }
        places = [:]
    }

    /// Drops one candidate.
    mutating func remove(_ chunk: RetrievedChunk) {
        candidates.removeAll { $0.chunk == chunk }
        places = [:]
    }

    private mutating func add(_ chunks: [RetrievedChunk], _ signal: String) {
        for (index, chunk) in chunks.enumerated() {
            candidates[place(of: chunk)].note(signal, index + 1)
        }
    }

    private mutating func place(of chunk: RetrievedChunk) -> Int {
        let key = Place(ref: chunk.ref, path: chunk.path, ordinal: chunk.ordinal)
        if let place = places[key] { return place }
        places[key] = candidates.count
        candidates.append(Candidate(chunk: chunk))
        return candidates.count - 1
    }

    /// The evidence, once the texts are read.
    func evidence() -> Evidence {
        var evidence = Evidence(profile: profile)
        var numbers: [FileKey: Int] = [:]
        let excluded = profile.excluded
        for candidate in candidates {
            guard let text = texts[candidate.chunk.text],
                let chunk = chunk(candidate, text, excluded: excluded)
            else { continue }
            let key = FileKey(ref: chunk.chunk.ref, path: chunk.chunk.path)
            if let number = numbers[key] {
                evidence.files[number].chunks.append(chunk)
            } else {
                numbers[key] = evidence.files.count
                evidence.files.append(file(of: chunk))
            }
        }
        evidence.markDeclarations()
        return evidence
    }

    private func file(of chunk: Evidence.Chunk) -> Evidence.File {
        let path = chunk.chunk.path
        let words = PathWords(path)
        return Evidence.File(
            stem: NameOverlap(words.stem, profile: profile, matcher: matcher),
            folders: NameOverlap(words.folders, profile: profile, matcher: matcher),
            stemMatches: matches(words.stem), folderMatches: matches(words.folders),
            traits: PathTraits(path, language: chunk.chunk.language), chunks: [chunk])
    }

    private func matches(_ words: NameWords) -> [TermMatcher.Match] {
        let parts = words.parts.compactMap { matcher.match($0) }
        guard words.parts.count > 1, let whole = matcher.match(words.joined), whole.isExact else {
            return parts
        }
        return parts + [whole]
    }

    private func chunk(
        _ candidate: Candidate, _ text: RetrievedText, excluded: Set<[UInt8]>
    ) -> Evidence.Chunk? {
        let words = TextWords(text.tokens, profile: profile, matcher: matcher)
        if words.holdsExcluded || !words.holdsPhrases { return nil }
        let symbolWords = candidate.chunk.symbol.map { NameWords($0) }
        return Evidence.Chunk(
            chunk: candidate.chunk, counts: words.counts, nearCounts: words.nearCounts,
            pairCounts: words.pairCounts, length: text.tokenCount, similarity: text.similarity,
            symbolMatches: symbolWords.map(matches) ?? [], definitions: definitions(candidate),
            signals: candidate.signals)
    }

    private func definitions(_ candidate: Candidate) -> [Evidence.Definition] {
        var definitions = candidate.symbols.map {
            definition(
                name: $0.name, qualifiedName: $0.qualifiedName, kind: $0.kind,
                startLine: $0.startLine)
        }
        let chunk = candidate.chunk
        // A chunk's main definition may be missing among those found by name.
        if let symbol = chunk.symbol, DefinitionKind(chunk.kind) != .other,
            !definitions.contains(where: { $0.qualifiedName == symbol })
        {
            let name = Self.lastName(of: symbol)
            definitions.append(
                definition(
                    name: name, qualifiedName: symbol, kind: chunk.kind, startLine: nil))
        }
        return definitions
    }

    /// The part of a qualified name after the last sign that joins names.
    private static func lastName(of symbol: String) -> String {
        let bytes = symbol.utf8
        let joint = bytes.lastIndex { byte in
            byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "#")
        }
        guard let joint else { return symbol }
        let name = bytes[bytes.index(after: joint)...]
        return name.isEmpty ? symbol : String(Substring(name))
    }

    private func definition(
        name: String, qualifiedName: String, kind: String, startLine: Int?
    ) -> Evidence.Definition {
        let words = NameWords(name)
        return Evidence.Definition(
            name: name, qualifiedName: qualifiedName, kind: kind, startLine: startLine,
            overlap: NameOverlap(words, profile: profile, matcher: matcher),
            exactness: profile.exactness(
                ofName: name, joined: words.joined, qualifiedName: qualifiedName))
    }
}

extension EvidenceCollector.Candidate {
    fileprivate mutating func note(_ signal: String, _ rank: Int) {
        signals[signal] = min(signals[signal] ?? rank, rank)
    }
}
