import Cryptography
import Git
import Postgres

/// Content on its way into the index: blobs with their chunks, distinct texts, vectors.
public struct ContentBatch: Sendable {
    /// Blobs that are not stored yet.
    public var blobs: [BlobRecord] = []
    /// Texts that are not stored yet.
    public var contents: [ContentRecord] = []
    /// Vectors that are not stored yet, all of one embedder.
    public var embeddings: [EmbeddingRecord] = []

    /// Makes an empty batch.
    public init() {}

    /// The batch in the order of its keys.
    ///
    /// Transactions that write the same rows in the same order wait for each other, and never in a
    /// circle.
    var inKeyOrder: ContentBatch {
        var result = self
        result.blobs.sort {
            ($0.key.oid, $0.key.language) < ($1.key.oid, $1.key.language)
        }
        result.contents.sort { $0.hash < $1.hash }
        result.embeddings.sort { $0.hash < $1.hash }
        return result
    }

    /// Whether there is nothing to write.
    public var isEmpty: Bool { blobs.isEmpty && contents.isEmpty && embeddings.isEmpty }

    func blobRows(workspace: Int) -> RowBatch {
        var rows = RowBatch(
            table: "blobs",
            [
                .init("workspace_id", .int64), .init("size", .int64),
                .init("analysis_version", .int32), .init("chunk_count", .int32),
                .init("blob_oid", .bytes), .init("language", .text),
            ])
        for blob in blobs {
            rows.append(int64: workspace)
            rows.append(int64: blob.size)
            rows.append(int32: blob.key.version)
            rows.append(int32: blob.chunks.count)
            rows.append(bytes: blob.key.oid.bytes)
            rows.append(text: blob.key.language)
        }
        return rows
    }

    func chunkRows(workspace: Int) -> RowBatch {
        var rows = RowBatch(
            table: "chunks",
            [
                .init("workspace_id", .int64), .init("analysis_version", .int32),
                .init("ordinal", .int32),
                .init("start_line", .int32), .init("end_line", .int32),
                .init("blob_oid", .bytes), .init("language", .text), .init("kind", .text),
                .init("symbol", .text), .init("content_hash", .bytes),
            ])
        for blob in blobs {
            let oid = blob.key.oid.bytes
            for chunk in blob.chunks {
                rows.append(int64: workspace)
                rows.append(int32: blob.key.version)
                rows.append(int32: chunk.ordinal)
                rows.append(int32: chunk.startLine)
                rows.append(int32: chunk.endLine)
                rows.append(bytes: oid)
                rows.append(text: blob.key.language)
                rows.append(text: chunk.kind)
                rows.append(text: chunk.symbol)
                rows.append(bytes: chunk.contentHash.bytes)
            }
        }
        return rows
    }

    func symbolRows(workspace: Int) -> RowBatch {
        var rows = RowBatch(
            table: "symbols",
            [
                .init("workspace_id", .int64), .init("analysis_version", .int32),
                .init("ordinal", .int32),
                .init("chunk_ordinal", .int32), .init("start_line", .int32),
                .init("end_line", .int32), .init("blob_oid", .bytes), .init("language", .text),
                .init("kind", .text), .init("name", .text), .init("qualified_name", .text),
                .init("tokens", .wordVector),
            ])
        for blob in blobs {
            let oid = blob.key.oid.bytes
            for symbol in blob.symbols {
                rows.append(int64: workspace)
                rows.append(int32: blob.key.version)
                rows.append(int32: symbol.ordinal)
                rows.append(int32: symbol.chunkOrdinal)
                rows.append(int32: symbol.startLine)
                rows.append(int32: symbol.endLine)
                rows.append(bytes: oid)
                rows.append(text: blob.key.language)
                rows.append(text: symbol.kind)
                rows.append(text: symbol.name)
                rows.append(text: symbol.qualifiedName)
                rows.append(bytes: symbol.tokens)
            }
        }
        return rows
    }

    func contentRows(workspace: Int) -> RowBatch {
        var rows = RowBatch(
            table: "contents",
            [
                .init("workspace_id", .int64), .init("content_hash", .bytes),
                .init("words_version", .int32), .init("token_count", .int32),
                .init("tokens", .wordVector), .init("body", .text),
            ])
        for content in contents {
            rows.append(int64: workspace)
            rows.append(bytes: content.hash.bytes)
            rows.append(int32: content.wordsVersion)
            rows.append(int32: content.tokenCount)
            rows.append(bytes: content.tokens)
            rows.append(bytes: content.body)
        }
        return rows
    }

    func embeddingRows(workspace: Int, embedder: Int) -> RowBatch {
        var rows = RowBatch(
            table: "embeddings",
            [
                .init("workspace_id", .int64), .init("embedder_id", .int64),
                .init("content_hash", .bytes), .init("vector", .halfVector),
            ])
        for embedding in embeddings {
            rows.append(int64: workspace)
            rows.append(int64: embedder)
            rows.append(bytes: embedding.hash.bytes)
            rows.append(halfVector: embedding.components)
        }
        return rows
    }
}
