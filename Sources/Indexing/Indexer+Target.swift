import Git
import Storage

extension Indexer {
    /// The commit and ref that a request names.
    func resolve(_ request: IndexRequest) throws -> IndexTarget {
        if request.isWorkingTree { return try workingTarget(request) }
        if let revision = request.revision {
            let resolved = try repository.resolve(revision)
            return IndexTarget(
                refName: resolved.referenceName ?? resolved.commit.hex, commit: resolved.commit,
                tree: resolved.tree)
        }
        let (name, commit) = try headCommit()
        return IndexTarget(
            refName: name, commit: commit, tree: try repository.tree(of: commit))
    }

    /// Where a ref that a request named stands now.
    func resolve(_ request: IndexRequest, named name: String) throws -> IndexTarget {
        if request.isWorkingTree { return try workingTarget(request) }
        let resolved = try repository.resolve(name)
        return IndexTarget(refName: name, commit: resolved.commit, tree: resolved.tree)
    }

    private func workingTarget(_ request: IndexRequest) throws -> IndexTarget {
        if request.revision != nil {
            throw IndexingError(
                code: .invalidRequest, message: "a ref and the working tree were both asked for",
                remedy: "give --ref or --worktree, not both")
        }
        guard let directory = repository.workingDirectory else {
            throw IndexingError(
                code: .invalidRequest, message: "a bare repository has no working tree",
                remedy: "leave --worktree out")
        }
        let commit: ObjectID
        let tree: ObjectID
        if case .unborn = try repository.head() {
            // All files differ from nothing.
            (commit, tree) = (.none, .emptyTree)
        } else {
            commit = try headCommit().commit
            tree = try repository.tree(of: commit)
        }
        let changes = try repository.workingTreeChanges(against: tree)
        return IndexTarget(
            refName: Self.workingTreeRefName(directory), commit: commit, tree: tree,
            workingChanges: changes, ruleFiles: try repository.workingRuleFiles(among: changes),
            isWorkingTree: true)
    }

    /// The name under which a working tree is indexed.
    ///
    /// - Parameter directory: The working tree's directory.
    /// - Returns: A name that no git ref can have.
    public static func workingTreeRefName(_ directory: String) -> String {
        workingTreePrefix + directory
    }

    /// What the name of every ref that stands for a working tree begins with.
    public static let workingTreePrefix = "worktree:"

    /// The name under which a revision is indexed.
    ///
    /// - Parameter revision: A branch, tag or commit; nil for what HEAD names.
    /// - Returns: The ref's full name, or a commit's id.
    /// - Throws: What git said, or ``IndexingError`` for a branch without a commit.
    public func refName(of revision: String?) throws -> String {
        var request = IndexRequest()
        request.revision = revision
        return try resolve(request).refName
    }

    /// The full name of a local branch.
    ///
    /// - Parameter name: Its short name.
    /// - Returns: The name as git stores it.
    public static func fullName(ofBranch name: String) -> String {
        name.hasPrefix("refs/") ? name : "refs/heads/" + name
    }

    private func headCommit() throws -> (name: String, commit: ObjectID) {
        switch try repository.head() {
        case .branch(let name, let commit): return (Self.fullName(ofBranch: name), commit)
        case .detached(let commit): return (commit.hex, commit)
        case .unborn(let name):
            throw IndexingError(
                code: .noCommit, message: "the branch \(name) has no commit yet",
                remedy: "commit something, or index its files with --worktree")
        }
    }
}
