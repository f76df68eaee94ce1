import Chunking
import Cryptography
public import Embedding
public import Git
public import Storage
public import Syntax

/// Keeps a ref whose files are texts from elsewhere, such as the issues of a repository.
///
/// The texts are cut, embedded by content hash and shared like those of files of git, so that search,
/// collection and everything else that reads refs needs to know nothing of them. Not Sendable: it
/// belongs to the thread of its store.
public final class TextIndexer {
    /// Raised when the same texts give other rows.
    private static let version = 1
    /// What the texts are cut as.
    private static let language = "markdown"

    private let store: IndexStore
    private let embedder: any Embedder
    private let embedderID: Int
    private let analyzer: TextAnalyzer
    private var hasSearchIndexes = false

    /// Makes an indexer.
    ///
    /// - Parameters:
    ///   - store: The index's tables.
    ///   - embedder: The model that makes the vectors.
    ///   - grammars: The grammars that texts are cut by.
    /// - Throws: What the database said.
    public init(store: IndexStore, embedder: any Embedder, grammars: GrammarLibrary) throws {
        self.store = store
        self.embedder = embedder
        let identity = embedder.identity
        embedderID = try store.embedderID(
            provider: identity.provider, model: identity.model, revision: identity.revision,
            dimensions: identity.dimensions, tokenLimit: identity.tokenLimit)
        analyzer = TextAnalyzer(chunker: Chunker(grammars: grammars))
    }

    /// What became of an update.
    public struct Outcome: Sendable, Equatable {
        /// How many texts were sent to the embedder.
        public var embedded = 0
        /// How many texts the ref has now.
        public var total = 0
    }

    /// Whether a ref's texts must all be given again, because other rules or another model made its
    /// rows.
    ///
    /// - Parameters:
    ///   - name: The ref's name.
    ///   - repository: The repository's number.
    /// - Returns: False also for a ref that was never written.
    /// - Throws: What the database said.
    public func isOutdated(ref name: String, ofRepository repository: Int) throws -> Bool {
        guard let ref = try store.ref(named: name, ofRepository: repository),
            ref.indexedCommit != nil
        else { return false }
        return ref.rulesDigest != rulesDigest
    }

    /// Puts texts into a ref and takes others out, in one transaction.
    ///
    /// What is stored already is neither cut nor embedded again.
    ///
    /// - Parameters:
    ///   - name: The ref's name; made where there is none.
    ///   - repository: The repository's number.
    ///   - texts: The texts that are new or differ; of two for one path the last counts.
    ///   - deletions: The paths whose texts are gone.
    ///   - completes: Whether every text of the ref has been given by the present rules and model
    ///     with this, or the ref is not outdated anyway.
    ///   - alongside: Runs last in the transaction, which it can undo.
    /// - Returns: What became of it.
    /// - Throws: What the database, the embedder or `alongside` said.
    public func update(
        ref name: String, ofRepository repository: Int, texts: [IndexedText],
        deletions: [GitPath], completes: Bool = true,
        alongside: (IndexStore) throws -> Void = { _ in }
    ) throws -> Outcome {
        let texts = texts.reduce(into: [GitPath: IndexedText]()) { $0[$1.path] = $1 }.values
            .sorted { $0.path < $1.path }
        return try store.withRefLock(repository: repository, name: name) {
            let ref = try store.makeRef(named: name, ofRepository: repository)
            let (files, batch) = try content(of: texts)
            if !hasSearchIndexes { try store.makeSearchIndexes() }
            hasSearchIndexes = true
            var update = RefUpdate(
                ref: ref.id, from: ref.indexedCommit, to: state(after: ref, files, deletions),
                tree: try Self.oid(Array("texts".utf8)),
                rulesDigest: completes ? rulesDigest : ref.rulesDigest ?? [],
                vectorsEmbedder: completes ? embedderID : nil)
            update.upserts = files
            let kept = Set(files.map(\.path))
            update.deletions = Set(deletions).subtracting(kept).sorted()
            update.pathWords = PathWordRows(paths: files.map(\.path))
            let finished = update
            let counts = try store.transaction {
                try store.writeTexts(of: batch, embedder: embedderID, isNew: false)
                try store.writeBlobs(of: batch, isNew: false)
                let counts = try store.apply(finished)
                try alongside(store)
                return counts
            }
            return Outcome(embedded: batch.embeddings.count, total: counts.files)
        }
    }

    /// The rows of texts, and what of them is not stored yet.
    private func content(
        of texts: [IndexedText]
    ) throws -> (files: [RefFileRecord], batch: ContentBatch) {
        var files: [RefFileRecord] = []
        var pending: [BlobKey: [UInt8]] = [:]
        for text in texts {
            let key = BlobKey(
                oid: try Self.oid(text.bytes), language: text.kind,
                version: IndexRules.analysisVersion)
            files.append(
                RefFileRecord(
                    path: text.path, oid: key.oid, mode: .regular, language: key.language,
                    version: key.version, skippedReason: nil))
            pending[key] = text.bytes
        }
        let stored = try store.storedBlobs(among: Array(pending.keys), embedder: embedderID)
        var batch = ContentBatch()
        var parts: [SHA256Digest: [UInt8]] = [:]
        for (key, bytes) in pending where stored[key] != true {
            let (blob, ranges) = bytes.withUnsafeBytes {
                analyzer.analyze($0, as: key, cutAs: Self.language)
            }
            if stored[key] == nil { batch.blobs.append(blob) }
            for (chunk, range) in zip(blob.chunks, ranges) {
                parts[chunk.contentHash] = Array(bytes[range])
            }
        }
        try fill(&batch, with: parts)
        return (files, batch)
    }

    private func fill(_ batch: inout ContentBatch, with parts: [SHA256Digest: [UInt8]]) throws {
        let known = try store.storedTexts(
            among: Array(parts.keys), wordsVersion: Words.version, embedder: embedderID)
        var unembedded: [(hash: SHA256Digest, text: [UInt8])] = []
        for (hash, text) in parts {
            if !known.contents.contains(hash) {
                batch.contents.append(
                    text.withUnsafeBytes { analyzer.content($0, hash: hash) })
            }
            if !known.embeddings.contains(hash) { unembedded.append((hash, text)) }
        }
        guard !unembedded.isEmpty else { return }
        let vectors = try embedder.embed(unembedded.map(\.text), as: .passage)
        batch.embeddings = zip(unembedded, vectors).map {
            EmbeddingRecord(hash: $0.hash, components: $1.components)
        }
    }

    /// What stands in the place of a commit: another value after each change.
    private func state(
        after ref: RefRecord, _ files: [RefFileRecord], _ deletions: [GitPath]
    ) -> ObjectID {
        var hasher = SHA256Hasher()
        hasher.update(ref.indexedCommit?.bytes ?? [])
        for file in files { hasher.update(file.path.bytes + [0] + file.oid.bytes) }
        for path in deletions { hasher.update(path.bytes + [1]) }
        return ObjectID(bytes: Array(hasher.finalize().bytes.prefix(20))) ?? .none
    }

    private var rulesDigest: [UInt8] {
        var hasher = SHA256Hasher()
        hasher.update(
            Array("texts \(Self.version) \(IndexRules.analysisVersion) \(embedderID)".utf8))
        return hasher.finalize().bytes
    }

    private static func oid(_ bytes: [UInt8]) throws -> ObjectID {
        guard let oid = ObjectID(bytes: Array(SHA256Digest.of(bytes).bytes.prefix(20))) else {
            throw StorageError(
                code: .invalidArgument, message: "a text has no name", remedy: "report this")
        }
        return oid
    }
}
