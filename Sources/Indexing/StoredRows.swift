import Cryptography
import Git
import Storage

/// The rows that the index holds of some files.
struct StoredRows {
    let files: [GitPath: RefFileRecord]
    let pathTokens: [GitPath: [UInt8]]
    let blobs: [BlobKey: BlobRecord]
    let contents: [SHA256Digest: ContentRecord]
    let embeddings: [SHA256Digest: EmbeddingRecord]

    init(of expected: [ExpectedFile], store: IndexStore, ref: Int, embedder: Int) throws {
        let paths = expected.map(\.file.path)
        files = try store.files(ofRef: ref, at: paths).reduce(into: [:]) { $0[$1.path] = $1 }
        pathTokens = try store.pathTokens(paths, wordsVersion: Words.version)
        blobs = try store.blobs(Array(Set(expected.compactMap { $0.blob?.key })))
        let hashes = Array(Set(expected.flatMap { $0.contents.map(\.hash) }))
        contents = try store.contents(hashes)
        embeddings = try store.embeddings(hashes, embedder: embedder)
    }

    /// What is wrong with a file's row in the ref, or nil.
    func problem(withRowOf expected: ExpectedFile) -> String? {
        guard let row = files[expected.file.path] else {
            return "is in the tree but not in the index"
        }
        if row == expected.file { return nil }
        if row.oid != expected.file.oid { return "the index has another version of it" }
        if row.mode != expected.file.mode { return "the index has another mode for it" }
        if row.skippedReason != expected.file.skippedReason {
            return "the index gives another reason for leaving it out or not"
        }
        return "the index has another language for it"
    }

    /// What is wrong with the rows of a blob, or nil.
    func problem(with expected: BlobRecord) -> String? {
        guard let blob = blobs[expected.key] else { return "its chunks are missing" }
        if blob == expected { return nil }
        if blob.chunks != expected.chunks { return "its chunks are wrong" }
        if blob.symbols != expected.symbols { return "its symbols are wrong" }
        return "the description of its content is wrong"
    }
}
