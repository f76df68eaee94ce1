import Cryptography
import Git
import GitdexTesting
import Postgres
import Storage

/// A database with the schema and one repository, filled with rows by hand.
final class StoreBench {
    let database: TestDatabase
    let store: IndexStore
    let repository: Int
    private(set) var embedder = 0

    init() throws {
        database = try TestDatabase()
        let connection = try database.connect()
        try SchemaMigrator(connection: connection).up()
        store = try IndexStore(connection: connection)
        repository = try store.createRepository(
            url: "/somewhere", name: "somewhere", include: [], exclude: []
        ).id
        embedder = try store.embedderID(
            provider: "test", model: "none", revision: "1", dimensions: 3, tokenLimit: 10)
    }

    /// One more store over a connection of its own.
    func otherStore() throws -> IndexStore {
        try IndexStore(connection: try database.connect())
    }

    /// An object's id made of a number.
    static func oid(_ number: Int) -> ObjectID {
        var bytes = [UInt8](repeating: 0, count: ObjectID.byteCount)
        for place in 0..<8 { bytes[19 - place] = UInt8(truncatingIfNeeded: number >> (8 * place)) }
        guard let oid = ObjectID(bytes: bytes) else {
            preconditionFailure("20 bytes are an object's id")
        }
        return oid
    }

    static func hash(_ number: Int) -> SHA256Digest {
        SHA256Digest.of(Array("text \(number)".utf8))
    }

    /// The row of a file whose blob is `number`.
    static func file(
        _ path: String, _ number: Int, skipped: SkipReason? = nil
    ) -> RefFileRecord {
        RefFileRecord(
            path: GitPath(path), oid: oid(number), mode: .regular,
            language: skipped == nil ? "python" : "", version: 1, skippedReason: skipped)
    }

    /// Content of blobs: blob `n` has `n % 3 + 1` chunks, the first of which all share.
    static func batch(_ numbers: some Sequence<Int>) -> ContentBatch {
        var batch = ContentBatch()
        var texts: Set<Int> = []
        for number in numbers {
            let chunks = (0...(number % 3)).map { ordinal in
                let text = ordinal == 0 ? 0 : number * 10 + ordinal
                if texts.insert(text).inserted {
                    batch.contents.append(
                        ContentRecord(
                            hash: hash(text), wordsVersion: 1, tokenCount: 0,
                            tokens: [0, 0, 0, 0], body: Array("text \(text)".utf8)))
                    batch.embeddings.append(
                        EmbeddingRecord(hash: hash(text), components: [1, 2, 3]))
                }
                return BlobRecord.Chunk(
                    ordinal: ordinal, kind: "function", symbol: nil, startLine: ordinal + 1,
                    endLine: ordinal + 1, contentHash: hash(text))
            }
            batch.blobs.append(
                BlobRecord(
                    key: BlobKey(oid: oid(number), language: "python", version: 1), size: 10,
                    chunks: chunks, symbols: []))
        }
        return batch
    }

    /// Writes the content of blobs.
    func write(_ numbers: some Sequence<Int>, with store: IndexStore? = nil) throws {
        let store = store ?? self.store
        let batch = Self.batch(numbers)
        try store.transaction {
            try store.writeTexts(of: batch, embedder: embedder, isNew: false)
            try store.writeBlobs(of: batch, isNew: false)
        }
    }

    /// An update of a ref from where it stands to the commit `number`.
    func update(_ ref: RefRecord, to number: Int) throws -> RefUpdate {
        let stands = try store.ref(named: ref.name, ofRepository: repository)
        return RefUpdate(
            ref: ref.id, from: stands?.indexedCommit, to: Self.oid(number),
            tree: Self.oid(number), rulesDigest: [1], vectorsEmbedder: embedder)
    }

    /// Applies an update, its files given along or staged.
    @discardableResult
    func apply(
        _ update: RefUpdate, isStaged: Bool
    ) throws -> (files: Int, chunks: Int) {
        guard isStaged else { return try store.transaction { try store.apply(update) } }
        let staging = try store.beginStaging()
        defer { staging.end() }
        try staging.add(update.upserts, deletions: update.deletions)
        try staging.send()
        var bare = update
        bare.upserts = []
        bare.deletions = []
        let moved = bare
        return try store.transaction { try store.apply(moved, staged: staging) }
    }

    /// The sums in a ref's row, and the same counted anew by a statement of the test's own.
    func sums(of ref: RefRecord) throws -> (written: [Int], counted: [Int]) {
        let row = try store.connection.query(
            """
            SELECT r.file_count, r.chunk_count,
                (SELECT count(*) FROM ref_files f WHERE f.ref_id = r.id),
                (SELECT count(*) FROM ref_files f JOIN chunks c ON c.blob_oid = f.blob_oid
                    AND c.language = f.language AND c.analysis_version = f.analysis_version
                    WHERE f.ref_id = r.id AND f.skipped_reason IS NULL)
            FROM refs r WHERE r.id = \(ref.id)
            """
        ).only()
        return ([try row.int(0), try row.int(1)], [try row.int(2), try row.int(3)])
    }

    /// A ref's files as lines.
    func files(of ref: RefRecord) throws -> [String] {
        try store.files(ofRef: ref.id, after: nil, limit: 10_000).map {
            "\($0.path) \($0.oid) \($0.mode) \($0.language) \($0.skippedReason?.rawValue ?? "")"
        }
    }

    func count(_ table: String) throws -> Int {
        try store.connection.query("SELECT count(*) FROM \(unsafe: table)").only().int(0)
    }
}
