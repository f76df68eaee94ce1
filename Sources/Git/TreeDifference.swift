#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Walks two trees side by side and collects what differs, entering only folders that differ.
struct TreeDifference {
    private let repository: Repository
    private var path: [UInt8] = []
    private let limit: Int
    private(set) var changes: [Change] = []

    /// Makes a comparison that ends once there are more changes than `limit`.
    init(_ repository: Repository, limit: Int = .max) {
        self.repository = repository
        self.limit = limit
    }

    /// Compares two trees; `nil` stands for the empty tree.
    mutating func compare(_ old: ObjectID?, _ new: ObjectID?, depth: Int = 0) throws(GitError) {
        guard old != new else { return }
        guard depth < Repository.maximumTreeDepth else {
            throw GitError(.corruptObject, "a tree is nested over \(depth) folders deep")
        }
        let oldTree = try old.map { oid throws(GitError) in try repository.readTree(oid) }
        let newTree = try new.map { oid throws(GitError) in try repository.readTree(oid) }
        let olds = oldTree?.entries ?? []
        let news = newTree?.entries ?? []
        var left = 0
        var right = 0
        while left < olds.count || right < news.count {
            guard changes.count <= limit else { break }
            let order =
                left == olds.count
                ? 1 : right == news.count ? -1 : TreeObject.order(olds[left], news[right])
            if order < 0 {
                try visit(olds[left], nil, depth)
                left += 1
            } else if order > 0 {
                try visit(nil, news[right], depth)
                right += 1
            } else {
                if !Self.isSame(olds[left], news[right]) {
                    try visit(olds[left], news[right], depth)
                }
                left += 1
                right += 1
            }
        }
        // The entries point into the bytes that these two own.
        withExtendedLifetime((oldTree, newTree)) {}
    }

    /// Handles one name that differs; where both sides are given, both are folders or neither is.
    private mutating func visit(
        _ old: TreeObject.Entry?, _ new: TreeObject.Entry?, _ depth: Int
    ) throws(GitError) {
        guard let either = new ?? old else { return }
        let length = path.count
        path.append(contentsOf: either.name)
        defer { path.removeSubrange(length...) }
        if either.isTree {
            path.append(UInt8(ascii: "/"))
            try compare(old?.oid, new?.oid, depth: depth + 1)
            return
        }
        let gitPath = GitPath(Array(path))
        switch (old.flatMap { $0.file(at: gitPath) }, new.flatMap { $0.file(at: gitPath) }) {
        case (nil, nil): break
        case (let old?, nil): changes.append(.deleted(old))
        case (nil, let new?): changes.append(.added(new))
        case (let old?, let new?) where old != new: changes.append(.modified(old: old, new: new))
        default: break
        }
    }

    private static func isSame(_ left: TreeObject.Entry, _ right: TreeObject.Entry) -> Bool {
        left.mode == right.mode && memcmp(left.oidBytes, right.oidBytes, ObjectID.byteCount) == 0
    }
}

extension TreeObject.Entry {
    fileprivate func file(at path: GitPath) -> TreeEntry? {
        FileMode(treeMode: mode).map { TreeEntry(path: path, oid: oid, mode: $0) }
    }
}
