/// The last large trees that were read, so that comparing a tree and looking up its rules inflates
/// it once.
///
/// libgit2 keeps small trees itself.
struct RecentTrees {
    /// libgit2 keeps objects up to this size.
    private static let minimumBytes = 4_096
    /// How many bytes of tree objects are kept.
    private static let maximumBytes = 8 << 20

    private var trees: [(oid: ObjectID, tree: TreeObject)] = []
    private var bytes = 0

    func tree(_ oid: ObjectID) -> TreeObject? {
        trees.first { $0.oid == oid }?.tree
    }

    mutating func keep(_ tree: TreeObject, _ oid: ObjectID) {
        let size = tree.byteCount
        guard size > Self.minimumBytes, size <= Self.maximumBytes else { return }
        trees.append((oid, tree))
        bytes += size
        while bytes > Self.maximumBytes {
            bytes -= trees.removeFirst().tree.byteCount
        }
    }
}
