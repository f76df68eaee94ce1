public import Cryptography

/// What `verify` found.
public struct VerificationReport: Sendable {
    /// One way in which the index differs from the tree.
    public struct Difference: Sendable, Hashable {
        /// The file's path, percent-encoded where it is no UTF-8; empty for the ref itself.
        public var path: String
        /// What is wrong with it.
        public var problem: String
    }

    /// The digest of what the index held.
    public var digest: SHA256Digest
    /// The digest of what it must hold.
    public var expectedDigest: SHA256Digest
    /// The differences, by path; where there are very many, the first ones found.
    public var differences: [Difference] = []
    /// How many differences there are, those that are not listed included.
    public var differenceCount = 0
    /// The digest of what the index holds after a repair, or nil where nothing was repaired.
    public var repairedDigest: SHA256Digest?

    /// Whether the index equals the tree.
    public var isOK: Bool { differenceCount == 0 && digest == expectedDigest }

    /// Whether the index equals the tree by now, a repair counted.
    public var isOKNow: Bool { isOK || repairedDigest == expectedDigest }
}
