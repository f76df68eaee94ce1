/// The rules in one folder of a tree.
struct RuleFolder {
    /// The path of the folder with a `/` at its end; empty at the top.
    let prefix: [UInt8]
    /// Whether the folder itself is left out, with all that is below it.
    let isIgnored: Bool
    let attributes: AttributeFile?
    /// Whether this folder or one above it has an attribute file.
    let hasAttributesAbove: Bool
    private let ignore: IgnoreFile?
    private let tree: TreeObject?

    init(
        _ repository: Repository, name: ArraySlice<UInt8>, tree oid: ObjectID?,
        working: [GitPath: WorkingRuleFile], above folders: [RuleFolder]
    ) throws(GitError) {
        let isTop = folders.isEmpty
        let path = isTop ? [] : (folders.last?.prefix ?? []) + name
        prefix = isTop ? [] : path + [UInt8(ascii: "/")]
        isIgnored =
            !isTop
            && (folders.last?.isIgnored == true
                || Self.ignores(path[...], isFolder: true, folders))
        tree = try oid.map { oid throws(GitError) in try repository.readTree(oid) }
        // Nothing below an ignored folder can be taken back in, so its rules are never read.
        let (tree, prefix, isIgnored) = (tree, prefix, isIgnored)
        func read<R>(
            _ name: String, _ parse: (UnsafeRawBufferPointer) -> R
        ) throws(GitError) -> R? {
            if isIgnored { return nil }
            switch working.isEmpty ? nil : working[GitPath(prefix + Array(name.utf8))] {
            case .absent: return nil
            case .content(let bytes): return bytes.withUnsafeBytes(parse)
            case nil: break
            }
            guard let oid = tree?.ruleFile(named: name) else { return nil }
            return try repository.readRules(oid, parse)
        }
        ignore = try read(TreeRules.ignoreFileName) { IgnoreFile($0) }
        attributes = try read(TreeRules.attributeFileName) {
            AttributeFile($0, mayDefineMacros: isTop)
        }
        hasAttributesAbove = attributes != nil || (folders.last?.hasAttributesAbove ?? false)
    }

    /// The id of a folder in this one, or `nil` where none is.
    func tree(named name: ArraySlice<UInt8>) -> ObjectID? {
        tree?.entries.first { $0.isTree && $0.name.elementsEqual(name) }?.oid
    }

    /// Whether the ignore files of folders leave a full path out; the closest file decides.
    static func ignores(
        _ path: ArraySlice<UInt8>, isFolder: Bool, _ folders: [RuleFolder]
    ) -> Bool {
        for folder in folders.reversed() {
            guard let ignore = folder.ignore else { continue }
            let relative = path.dropFirst(folder.prefix.count)
            if let answer = ignore.ignores(relative, isFolder: isFolder) { return answer }
        }
        return false
    }
}

extension TreeObject {
    /// The blob of a rule file in this folder; a symbolic link of that name is none.
    fileprivate func ruleFile(named name: String) -> ObjectID? {
        entries.first {
            $0.name.elementsEqual(name.utf8) && FileMode(treeMode: $0.mode)?.isFile == true
        }?.oid
    }
}

extension Repository {
    fileprivate func readRules<R>(
        _ oid: ObjectID, _ parse: (UnsafeRawBufferPointer) -> R
    ) throws(GitError) -> R? {
        guard try blobSize(oid) <= TreeRules.maximumRuleFileBytes else { return nil }
        let buffer = try readBlob(oid)
        return withExtendedLifetime(buffer) { parse(buffer.bytes) }
    }
}
