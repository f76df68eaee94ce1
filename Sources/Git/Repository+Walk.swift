import CLibgit2

extension Repository {
    /// How many folders deep a tree may be: more than any file system allows in a path.
    static let maximumTreeDepth = 2_048

    /// Calls back for every file, symbolic link and submodule of a tree, in byte order of paths.
    ///
    /// Memory is bounded by the trees on one path, whatever the size of the repository.
    ///
    /// - Parameters:
    ///   - tree: The id of the tree at the top.
    ///   - body: Called once for each entry; what it throws ends the walk.
    /// - Throws: ``GitError`` with code `notFound` or `corruptObject`, and what `body` throws.
    public func forEachEntry(
        in tree: ObjectID, _ body: (TreeEntry) throws -> Void
    ) throws {
        var path: [UInt8] = []
        try walk(try readTree(tree), path: &path, depth: 0, body)
    }

    /// Finds one path in a tree.
    ///
    /// - Parameters:
    ///   - path: The path from the top of the tree.
    ///   - tree: The id of the tree at the top.
    /// - Returns: The entry, or `nil` when nothing or a folder is there.
    /// - Throws: ``GitError`` with code `notFound` or `corruptObject` when a tree cannot be read.
    public func entry(at path: GitPath, in tree: ObjectID) throws(GitError) -> TreeEntry? {
        var current = try readTree(tree)
        let names = path.bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        for (index, name) in names.enumerated() {
            guard let entry = current.entries.first(where: { $0.name.elementsEqual(name) }) else {
                return nil
            }
            if index == names.count - 1 {
                return FileMode(treeMode: entry.mode).map {
                    TreeEntry(path: path, oid: entry.oid, mode: $0)
                }
            }
            guard entry.isTree else { return nil }
            current = try readTree(entry.oid)
        }
        return nil
    }

    /// Reads and parses one tree object.
    func readTree(_ oid: ObjectID) throws(GitError) -> TreeObject {
        if let known = recentTrees.tree(oid) { return known }
        let tree = try TreeObject(try read(oid, GIT_OBJECT_TREE), oid)
        recentTrees.keep(tree, oid)
        return tree
    }

    /// Walks one tree whose path, with a `/` at its end, is in `path`.
    func walk(
        _ tree: TreeObject, path: inout [UInt8], depth: Int, _ body: (TreeEntry) throws -> Void
    ) throws {
        guard depth < Self.maximumTreeDepth else {
            throw GitError(.corruptObject, "a tree is nested over \(depth) folders deep")
        }
        let length = path.count
        for entry in tree.entries {
            path.append(contentsOf: entry.name)
            defer { path.removeSubrange(length...) }
            if entry.isTree {
                path.append(UInt8(ascii: "/"))
                try walk(try readTree(entry.oid), path: &path, depth: depth + 1, body)
            } else if let mode = FileMode(treeMode: entry.mode) {
                try body(TreeEntry(path: GitPath(Array(path)), oid: entry.oid, mode: mode))
            }
        }
    }
}
