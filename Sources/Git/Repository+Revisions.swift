import CLibgit2

extension Repository {
    private static let branchPrefix = "refs/heads/"

    /// Returns what HEAD points to.
    ///
    /// - Returns: The branch, the detached commit, or the branch that has no commit yet.
    /// - Throws: ``GitError`` when HEAD is missing or damaged.
    public func head() throws(GitError) -> Head {
        let reference = try Library.make("cannot read HEAD") {
            git_reference_lookup($0, handle, "HEAD")
        }
        defer { git_reference_free(reference) }
        guard let target = git_reference_symbolic_target(reference) else {
            return .detached(try commit(peeling: reference))
        }
        let name = String(cString: target)
        let branch = String(
            name.hasPrefix(Self.branchPrefix) ? name.dropFirst(Self.branchPrefix.count) : name[...])
        var resolved: OpaquePointer?
        let code = git_reference_resolve(&resolved, reference)
        if code == GIT_ENOTFOUND.rawValue {
            git_error_clear()
            return .unborn(name: branch)
        }
        guard code == 0, let resolved else { throw Library.failure(code, "cannot read \(name)") }
        defer { git_reference_free(resolved) }
        return .branch(name: branch, commit: try commit(peeling: resolved))
    }

    /// Finds what a revision stands for.
    ///
    /// - Parameter revision: A branch, tag, remote branch, full ref name, object id or its first
    ///   digits, or an expression such as `HEAD~2`. A name that a branch and a tag have means the
    ///   branch.
    /// - Returns: The commit, its tree, and the ref when the revision is one. `HEAD` on a branch
    ///   gives that branch.
    /// - Throws: ``GitError`` with code `notFound`, `invalidRevision`, `ambiguousRevision` or
    ///   `notACommit`.
    public func resolve(_ revision: String) throws(GitError) -> ResolvedRevision {
        var object: OpaquePointer?
        var reference: OpaquePointer?
        let exact = branchFirst(revision)
        try checkRevision(revision) { git_revparse_ext(&object, &reference, handle, exact) }
        defer {
            git_object_free(object)
            git_reference_free(reference)
        }
        var commit: OpaquePointer?
        guard git_object_peel(&commit, object, GIT_OBJECT_COMMIT) == 0 else {
            git_error_clear()
            throw GitError(.notACommit, "revision \"\(revision)\" is not a commit")
        }
        defer { git_object_free(commit) }
        guard let commit, let oid = git_object_id(commit), let tree = git_commit_tree_id(commit)
        else {
            throw GitError(.notACommit, "\(revision) is not a commit")
        }
        return ResolvedRevision(
            referenceName: try reference.flatMap { pointer throws(GitError) in
                try directName(of: pointer)
            },
            commit: ObjectID(oid.pointee), tree: ObjectID(tree.pointee))
    }

    /// The revision with its name written in full, where git would take a branch's name for a tag's.
    private func branchFirst(_ revision: String) -> String {
        let name = revision.prefix { !"~^@:{".contains($0) }
        guard hasReference("refs/tags/\(name)"), hasReference("refs/heads/\(name)") else {
            return revision
        }
        return "refs/heads/" + revision
    }

    private func hasReference(_ name: String) -> Bool {
        var oid = git_oid()
        defer { git_error_clear() }
        return git_reference_name_to_id(&oid, handle, name) == 0
    }

    /// Lists the local branches in byte order of their names.
    ///
    /// - Returns: The short name and commit of each branch; one that stands for another branch
    ///   without a commit is left out.
    /// - Throws: ``GitError`` when the refs cannot be read, and one that names the branch when its
    ///   commit is absent or damaged.
    public func localBranches() throws(GitError) -> [(name: String, commit: ObjectID)] {
        let iterator = try Library.make("cannot list the branches") {
            git_branch_iterator_new($0, handle, GIT_BRANCH_LOCAL)
        }
        defer { git_branch_iterator_free(iterator) }
        var branches: [(name: String, commit: ObjectID)] = []
        while true {
            var reference: OpaquePointer?
            var kind = GIT_BRANCH_LOCAL
            let code = git_branch_next(&reference, &kind, iterator)
            if code == GIT_ITEROVER.rawValue { break }
            guard code == 0, let reference else {
                throw Library.failure(code, "cannot list the branches")
            }
            defer { git_reference_free(reference) }
            guard let name = git_reference_name(reference) else { continue }
            let branch = String(String(cString: name).dropFirst(Self.branchPrefix.count))
            if let commit = try commit(of: branch, reference) {
                branches.append((branch, commit))
            }
        }
        git_error_clear()
        return branches.sorted { GitPath($0.name) < GitPath($1.name) }
    }

    /// Returns the tree of a commit.
    ///
    /// - Parameter commit: The id of a commit.
    /// - Returns: The id of its tree.
    /// - Throws: ``GitError`` with code `notFound` when the repository lacks the commit.
    public func tree(of commit: ObjectID) throws(GitError) -> ObjectID {
        if verifiesObjects { _ = try read(commit, GIT_OBJECT_COMMIT) }
        var oid = commit.libraryForm
        let pointer = try Library.make("cannot read commit \(commit)") {
            git_commit_lookup($0, handle, &oid)
        }
        defer { git_commit_free(pointer) }
        guard let tree = git_commit_tree_id(pointer) else {
            throw GitError(.corruptObject, "commit \(commit) names no tree")
        }
        return ObjectID(tree.pointee)
    }

    /// The commit of a branch, or `nil` when it is a symbolic ref to a branch that is not there.
    private func commit(
        of branch: String, _ reference: OpaquePointer
    ) throws(GitError) -> ObjectID? {
        var resolved: OpaquePointer?
        defer { git_reference_free(resolved) }
        let code = git_reference_resolve(&resolved, reference)
        if code == GIT_ENOTFOUND.rawValue { return nil }
        do throws(GitError) {
            guard code == 0, let resolved else { throw Library.failure(code, "a ref is damaged") }
            return try commit(peeling: resolved)
        } catch {
            // Peeling a tree or blob counts as a badly written revision.
            throw GitError(
                error.code == .invalidRevision ? .notACommit : error.code,
                "cannot read the commit of branch \"\(branch)\"",
                remedy: "restore the commit with `git fetch`, or remove the branch",
                cause: error.cause)
        }
    }

    private func commit(peeling reference: OpaquePointer) throws(GitError) -> ObjectID {
        let object = try Library.make("a ref does not lead to a commit") {
            git_reference_peel($0, reference, GIT_OBJECT_COMMIT)
        }
        defer { git_object_free(object) }
        guard let oid = git_object_id(object) else {
            throw GitError(.corruptObject, "a ref does not lead to a commit")
        }
        return ObjectID(oid.pointee)
    }

    /// The name of the ref that holds the commit, following symbolic refs; `nil` for HEAD itself.
    private func directName(of reference: OpaquePointer) throws(GitError) -> String? {
        let resolved = try Library.make("a symbolic ref leads nowhere") {
            git_reference_resolve($0, reference)
        }
        defer { git_reference_free(resolved) }
        guard let name = git_reference_name(resolved) else { return nil }
        let text = String(cString: name)
        return text.hasPrefix("refs/") ? text : nil
    }

    private func checkRevision(_ revision: String, _ body: () -> Int32) throws(GitError) {
        do throws(GitError) {
            try Library.check("\(revision) is no commit here", body)
        } catch {
            throw GitError(error.code, "cannot find revision \"\(revision)\"", cause: error.cause)
        }
    }
}
