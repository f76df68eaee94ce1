public import Cryptography

/// The digest of what a ref's index holds: SHA-256 over the sorted lines
/// `path NUL blob-oid NUL chunk-hash NUL start-line NUL end-line`.
///
/// A file without chunks is one line with an empty hash and the lines 0 and 0. Two indexes hold the
/// same exactly when their digests agree.
public struct IndexDigest: ~Copyable {
    private var hasher = SHA256Hasher()
    private var file = DigestLines(path: [])
    private var isEmpty = true

    /// Starts with no line.
    public init() {}

    /// Adds a chunk; files must come in ascending order of their paths.
    ///
    /// - Parameters:
    ///   - path: The file's path, in git's bytes.
    ///   - oid: The hexadecimal id of its object.
    ///   - chunk: The hexadecimal hash of the chunk and its lines; nil for a file without chunks.
    public mutating func add(
        path: UnsafeRawBufferPointer, oid: String,
        chunk: (hash: String, startLine: Int, endLine: Int)?
    ) {
        if isEmpty || !file.isOf(path) {
            flush()
            file = DigestLines(path: path)
            isEmpty = false
        }
        file.add(oid: oid, chunk: chunk)
    }

    private mutating func flush() {
        if !isEmpty { hasher.update(file.sortedBytes()) }
    }

    /// Ends the digest.
    ///
    /// - Returns: The hash over all lines.
    public consuming func finalize() -> SHA256Digest {
        flush()
        return hasher.finalize()
    }
}
