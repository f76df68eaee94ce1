import Chunking
import Embedding
import Git
import Storage

/// Computes what the index must hold of files, without a look at what it holds.
final class ExpectedFiles {
    private let context: RunContext
    private let source: ContentSource
    private let classifier: FileClassifier
    private let analyzer: TextAnalyzer
    private let words = Words()

    init(context: RunContext, repository: Repository, target: IndexTarget) throws {
        self.context = context
        source = ContentSource(
            repository: repository, workingPaths: target.workingPaths,
            unreadable: context.unreadable)
        classifier = FileClassifier(rules: try target.rules(in: repository))
        analyzer = TextAnalyzer(chunker: Chunker(grammars: context.grammars))
    }

    /// What the index must hold of one file; nil when it is gone since it was listed.
    func expected(of entry: TreeEntry) throws -> ExpectedFile? {
        guard let (file, bytes) = try source.classify(entry, by: classifier) else { return nil }
        var result = ExpectedFile(
            file: file, pathTokens: words.tokens(of: entry.path.bytes))
        guard let bytes, let key = file.blobKey else { return result }
        let (blob, ranges) = bytes.withUnsafeBytes { analyzer.analyze($0, as: key) }
        let vectors = try context.embed(ranges.map { Array(bytes[$0]) })
        for ((chunk, range), vector) in zip(zip(blob.chunks, ranges), vectors) {
            result.contents.append(
                bytes.withUnsafeBytes {
                    analyzer.content(.init(rebasing: $0[range]), hash: chunk.contentHash)
                })
            result.embeddings.append(
                EmbeddingRecord(hash: chunk.contentHash, components: vector.components))
        }
        result.blob = blob
        return result
    }
}
