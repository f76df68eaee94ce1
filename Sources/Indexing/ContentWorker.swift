import Chunking
import Cryptography
import Embedding
import Git
import Storage

/// Turns files of a tree into rows, on one thread.
final class ContentWorker {
    /// What became of some files.
    struct Output {
        /// Their rows in the ref.
        var files: [RefFileRecord] = []
        /// What is not stored yet.
        var batch = ContentBatch()
        /// Texts that this worker claimed.
        var claimed: [SHA256Digest] = []
        /// Blobs that this worker claimed.
        var claimedBlobs: [BlobKey] = []
        /// Texts that the batch's blobs name but other workers write.
        var awaited: [SHA256Digest] = []
    }

    private struct PendingBlob {
        let key: BlobKey
        let bytes: [UInt8]
        /// Whether its rows are there and only vectors are missing.
        var isStored = false
    }

    private let context: RunContext
    private let source: ContentSource
    private let classifier: FileClassifier
    let store: IndexStore
    private let analyzer: TextAnalyzer

    init(context: RunContext, source: ContentSource, rules: TreeRules, store: IndexStore) {
        self.context = context
        self.source = source
        self.store = store
        classifier = FileClassifier(rules: rules)
        analyzer = TextAnalyzer(chunker: Chunker(grammars: context.grammars))
    }

    /// Classifies, cuts and embeds files; what is stored already is left out.
    ///
    /// - Parameters:
    ///   - entries: The files.
    ///   - emit: Gets the rows, in parts of limited size, in the order of `entries`.
    /// - Throws: What git, the database, the embedder or `emit` said.
    func process(_ entries: some Sequence<TreeEntry>, emit: (Output) throws -> Void) throws {
        var output = Output()
        var pending: [PendingBlob] = []
        var pendingBytes = 0
        var mayBeStored = !context.beganEmpty
        func flush() throws {
            try fill(&output, from: mayBeStored ? try incomplete(pending) : pending)
            try emit(output)
            output = Output()
            pending = []
            pendingBytes = 0
        }
        for entry in entries {
            guard let (file, bytes) = try source.classify(entry, by: classifier) else { continue }
            output.files.append(file)
            guard let bytes, let key = file.blobKey else { continue }
            let claim = context.blobs.claim([key])
            mayBeStored = mayBeStored || claim.mayBeStored
            guard !claim.mine.isEmpty else { continue }
            output.claimedBlobs.append(key)
            pending.append(PendingBlob(key: key, bytes: bytes))
            pendingBytes += bytes.count
            if pendingBytes >= IndexLimits.bytesPerBatch { try flush() }
        }
        if !output.files.isEmpty { try flush() }
    }

    /// The blobs of which the database does not hold everything.
    private func incomplete(_ pending: [PendingBlob]) throws -> [PendingBlob] {
        if context.ignoresStoredBlobs || pending.isEmpty { return pending }
        let stored = try store.storedBlobs(
            among: pending.map(\.key), embedder: context.embedderID)
        return pending.compactMap { blob in
            guard let isComplete = stored[blob.key] else { return blob }
            return isComplete ? nil : PendingBlob(key: blob.key, bytes: blob.bytes, isStored: true)
        }
    }

    private func storedTexts(
        among hashes: [SHA256Digest], mayBeStored: Bool
    ) throws -> (contents: Set<SHA256Digest>, embeddings: Set<SHA256Digest>) {
        guard mayBeStored else { return ([], []) }
        return try store.storedTexts(
            among: hashes, wordsVersion: Words.version, embedder: context.embedderID)
    }

    private func fill(_ output: inout Output, from pending: [PendingBlob]) throws {
        var places: [SHA256Digest: (blob: Int, range: Range<Int>)] = [:]
        var order: [SHA256Digest] = []
        for (number, blob) in pending.enumerated() {
            let (record, ranges) = blob.bytes.withUnsafeBytes {
                analyzer.analyze($0, as: blob.key)
            }
            if !blob.isStored { output.batch.blobs.append(record) }
            for (chunk, range) in zip(record.chunks, ranges)
            where places.updateValue((number, range), forKey: chunk.contentHash) == nil {
                order.append(chunk.contentHash)
            }
        }
        let (mine, mayBeStored) = context.texts.claim(order)
        output.claimed = mine
        if mine.count < order.count {
            let claimed = Set(mine)
            output.awaited = order.filter { !claimed.contains($0) }
        }
        let stored = try storedTexts(
            among: mine, mayBeStored: mayBeStored || !context.beganEmpty)
        var unembedded: [(hash: SHA256Digest, text: [UInt8])] = []
        for hash in mine {
            guard let place = places[hash] else { continue }
            let bytes = pending[place.blob].bytes
            if context.ignoresStoredBlobs || !stored.contents.contains(hash) {
                let content = bytes.withUnsafeBytes {
                    analyzer.content(.init(rebasing: $0[place.range]), hash: hash)
                }
                output.batch.contents.append(content)
            }
            if !stored.embeddings.contains(hash) {
                unembedded.append((hash, Array(bytes[place.range])))
            }
        }
        let vectors = try context.embed(unembedded.map(\.text))
        output.batch.embeddings = zip(unembedded, vectors).map {
            EmbeddingRecord(hash: $0.hash, components: $1.components)
        }
    }
}
