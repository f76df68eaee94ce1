/// Evaluates the `.gitattributes` and `.gitdexignore` files of one tree, and nothing of the host.
///
/// Only the rule files in the folders above an asked path are read, when they are first needed.
/// The folders of the last path are kept, so asking in path order reads every folder once. To be
/// used on the thread of its repository.
public final class TreeRules {
    /// What the rules say about one path.
    public struct Verdict: Hashable, Sendable {
        /// A `.gitdexignore` leaves the path out.
        public var isIgnored = false
        /// `linguist-generated` is on.
        public var isGenerated = false
        /// `linguist-vendored` is on.
        public var isVendored = false
        /// The file is marked as binary: `binary`, or `-text` by a rule more special than `*`.
        public var isBinary = false

        /// Makes a verdict on a file no rule speaks about.
        public init() {}
    }

    /// The name of the attribute files.
    public static let attributeFileName = ".gitattributes"
    /// The name of the ignore files, which have the syntax of `.gitignore`.
    public static let ignoreFileName = ".gitdexignore"
    /// A larger rule file is passed over.
    public static let maximumRuleFileBytes = 1 << 20

    private let repository: Repository
    private let working: [GitPath: WorkingRuleFile]
    /// The folders from the top down to the one of the last path.
    private var folders: [RuleFolder]
    private let macros: [String: [AttributeFile.Assignment]]

    /// Prepares the rules of a tree; reads only the top folder.
    ///
    /// - Parameters:
    ///   - repository: The repository of the tree.
    ///   - tree: The id of the tree at the top, or `nil` for the empty tree.
    ///   - working: Rule files that are taken in place of those of the tree.
    /// - Throws: ``GitError`` with code `notFound` or `corruptObject` when an object cannot be read.
    public init(
        repository: Repository, tree: ObjectID?, working: [GitPath: WorkingRuleFile] = [:]
    ) throws(GitError) {
        self.repository = repository
        self.working = working
        let top = try RuleFolder(repository, name: [], tree: tree, working: working, above: [])
        folders = [top]
        macros = AttributeLookup.builtInMacros.merging(top.attributes?.macros ?? [:]) { $1 }
    }

    /// Tells whether a path is a rule file, whose change can change the verdict on other paths.
    ///
    /// - Parameter path: Any path.
    /// - Returns: Whether its name is `.gitattributes` or `.gitdexignore`.
    public static func isRuleFile(_ path: GitPath) -> Bool {
        path.name.elementsEqual(attributeFileName.utf8)
            || path.name.elementsEqual(ignoreFileName.utf8)
    }

    /// Returns what the rules say about a file.
    ///
    /// - Parameter path: The path of a file, which need not be in the tree.
    /// - Returns: The verdict; of an ignored path only that it is ignored.
    /// - Throws: ``GitError`` with code `notFound` or `corruptObject` when an object cannot be read.
    public func verdict(for path: GitPath) throws(GitError) -> Verdict {
        try enterFolder(of: path)
        var verdict = Verdict()
        let bytes = path.bytes[...]
        guard let last = folders.last else { return verdict }
        if last.isIgnored || RuleFolder.ignores(bytes, isFolder: false, folders) {
            verdict.isIgnored = true
            return verdict
        }
        guard last.hasAttributesAbove else { return verdict }
        var lookup = AttributeLookup(macros: macros)
        for folder in folders.reversed() {
            guard let attributes = folder.attributes else { continue }
            lookup.add(attributes, bytes.dropFirst(folder.prefix.count))
        }
        verdict.isGenerated = lookup.isOn("linguist-generated")
        verdict.isVendored = lookup.isOn("linguist-vendored")
        verdict.isBinary = lookup.isBinary
        return verdict
    }

    /// Leaves the folders the path is not in and enters those it is in.
    private func enterFolder(of path: GitPath) throws(GitError) {
        while let last = folders.last, folders.count > 1, !path.bytes.starts(with: last.prefix) {
            folders.removeLast()
        }
        while let last = folders.last {
            let rest = path.bytes[last.prefix.count...]
            guard let slash = rest.firstIndex(of: UInt8(ascii: "/")) else { return }
            folders.append(
                try RuleFolder(
                    repository, name: rest[..<slash],
                    tree: last.tree(named: rest[..<slash]), working: working, above: folders))
        }
    }
}
