public import Cryptography
import Git
public import Storage

extension IndexStore {
    /// Computes the digest of a ref's index from its rows.
    ///
    /// Costs a pass over the ref's rows, which are streamed.
    ///
    /// - Parameter ref: The ref's number.
    /// - Returns: The digest.
    /// - Throws: What the database said.
    public func digest(ofRef ref: Int) throws -> SHA256Digest {
        var digest = IndexDigest()
        try forEachIndexedChunk(ofRef: ref) { path, oid, chunk in
            digest.add(
                path: path, oid: ObjectID(bytes: Array(oid))?.hex ?? "",
                chunk: chunk.map {
                    (SHA256Digest(bytes: $0.hash)?.hex ?? "", $0.startLine, $0.endLine)
                })
        }
        return digest.finalize()
    }
}
