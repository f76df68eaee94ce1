import Cryptography
import Git
import Storage

/// Compares files of a tree with their rows, and mends the rows where told to.
final class FileComparison {
    /// What was found of some files.
    struct Result: Sendable {
        var digestLines: [UInt8] = []
        var differences: [VerificationReport.Difference] = []
        /// File rows that must be written.
        var files: [RefFileRecord] = []
        /// Rows of files of the working tree that are gone since they were listed.
        var gone: [GitPath] = []
        var fileCount = 0
        var chunkCount = 0
    }

    private let expected: ExpectedFiles
    private let store: IndexStore
    private let ref: Int
    private let embedder: Int
    private let repairs: Bool

    init(expected: ExpectedFiles, store: IndexStore, ref: Int, embedder: Int, repairs: Bool) {
        self.expected = expected
        self.store = store
        self.ref = ref
        self.embedder = embedder
        self.repairs = repairs
    }

    /// Compares files that stand next to each other in the tree.
    func compare(_ entries: [TreeEntry]) throws -> Result {
        var result = Result()
        var files: [ExpectedFile] = []
        var bytes = 0
        for entry in entries {
            guard let file = try expected.expected(of: entry) else {
                result.gone.append(entry.path)
                continue
            }
            files.append(file)
            bytes += files.last?.blob?.size ?? 0
            if bytes >= IndexLimits.bytesPerBatch {
                try compare(files, into: &result)
                files = []
                bytes = 0
            }
        }
        try compare(files, into: &result)
        result.gone = try store.files(ofRef: ref, at: result.gone).map(\.path)
        return result
    }

    private func compare(_ files: [ExpectedFile], into result: inout Result) throws {
        guard !files.isEmpty else { return }
        let stored = try StoredRows(of: files, store: store, ref: ref, embedder: embedder)
        var mended = ContentBatch()
        var paths: [(path: GitPath, tokens: [UInt8])] = []
        for file in files {
            result.fileCount += 1
            result.chunkCount += file.blob?.chunks.count ?? 0
            appendLines(of: file, to: &result.digestLines)
            var problems: [String] = []
            if let problem = stored.problem(withRowOf: file) {
                problems.append(problem)
                result.files.append(file.file)
            }
            if stored.pathTokens[file.file.path] != file.pathTokens {
                problems.append("the words of its path are wrong")
                paths.append((file.file.path, file.pathTokens))
            }
            if let blob = file.blob, let problem = stored.problem(with: blob) {
                problems.append(problem)
                mended.blobs.append(blob)
            }
            for content in file.contents where stored.contents[content.hash] != content {
                problems.append("the text of a chunk is missing or wrong")
                mended.contents.append(content)
            }
            for embedding in file.embeddings where stored.embeddings[embedding.hash] != embedding {
                problems.append("the vector of a chunk is missing or wrong")
                mended.embeddings.append(embedding)
            }
            result.differences += Set(problems).map {
                .init(path: file.file.path.description, problem: $0)
            }
        }
        if repairs { try write(mended, paths) }
    }

    private func appendLines(of file: ExpectedFile, to lines: inout [UInt8]) {
        var own = DigestLines(path: file.file.path.bytes)
        let oid = file.file.oid.hex
        let chunks = file.blob?.chunks ?? []
        for chunk in chunks {
            own.add(
                oid: oid, chunk: (chunk.contentHash.hex, chunk.startLine, chunk.endLine))
        }
        if chunks.isEmpty { own.add(oid: oid, chunk: nil) }
        lines += own.sortedBytes()
    }

    private func write(
        _ mended: ContentBatch, _ paths: [(path: GitPath, tokens: [UInt8])]
    ) throws {
        guard !mended.isEmpty || !paths.isEmpty else { return }
        try store.transaction {
            try store.replaceTexts(of: mended.withoutDuplicates, embedder: embedder)
            try store.repairBlobs(of: mended.withoutDuplicates)
            try store.replacePathTokens(PathWordRows(version: Words.version, rows: paths))
        }
    }
}

extension ContentBatch {
    /// The batch with each row once, as a statement that replaces rows demands.
    fileprivate var withoutDuplicates: ContentBatch {
        var result = ContentBatch()
        var blobs: Set<BlobKey> = []
        var contents: Set<SHA256Digest> = []
        var embeddings: Set<SHA256Digest> = []
        result.blobs = self.blobs.filter { blobs.insert($0.key).inserted }
        result.contents = self.contents.filter { contents.insert($0.hash).inserted }
        result.embeddings = self.embeddings.filter { embeddings.insert($0.hash).inserted }
        return result
    }
}
