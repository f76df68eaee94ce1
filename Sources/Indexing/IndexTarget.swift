import Git

/// What a run brings the index to.
struct IndexTarget {
    /// The ref's full name, or a commit's id.
    var refName: String
    /// The commit.
    var commit: ObjectID
    /// The commit's tree.
    var tree: ObjectID
    /// What the working tree has otherwise; empty unless it is what is indexed.
    var workingChanges: [WorkingChange] = []
    /// The rule files among these.
    var ruleFiles: [GitPath: WorkingRuleFile] = [:]
    /// Whether the working tree is what is indexed.
    var isWorkingTree = false
}

extension IndexTarget {
    /// The paths whose bytes are in the working tree and not in git's objects.
    var workingPaths: Set<GitPath> {
        Set(workingChanges.filter { $0.new != nil }.map(\.path))
    }

    /// Calls `body` for every file, by path: those of the tree, as the working tree changed them.
    func forEachEntry(
        in repository: Repository, _ body: (TreeEntry) throws -> Void
    ) throws {
        try repository.forEachEntry(in: tree, changedBy: workingChanges, body)
    }

    /// The rule files of the tree, as the working tree changed them.
    func rules(in repository: Repository) throws(GitError) -> TreeRules {
        try TreeRules(repository: repository, tree: tree, working: ruleFiles)
    }
}
