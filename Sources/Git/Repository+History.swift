import CLibgit2

extension Repository {
    /// Counts the commits that one commit has and another has not: how far the other is behind.
    ///
    /// In a shallow clone history ends where the clone was cut off.
    ///
    /// - Parameters:
    ///   - old: The commit whose history is left out; `nil` counts all of `new`'s history.
    ///   - new: The commit whose history is counted, itself included.
    /// - Returns: The number of commits.
    /// - Throws: ``GitError`` with code `notFound` when the repository lacks one of them.
    public func commitCount(from old: ObjectID?, to new: ObjectID) throws(GitError) -> Int {
        if isShallow {
            let known = try old.map { oid throws(GitError) in try ancestors(of: oid) } ?? []
            return try ancestors(of: new).subtracting(known).count
        }
        let walker = try Library.make("cannot walk the history") {
            git_revwalk_new($0, handle)
        }
        defer { git_revwalk_free(walker) }
        var start = new.libraryForm
        try Library.check("cannot read commit \(new)") { git_revwalk_push(walker, &start) }
        if let old {
            var end = old.libraryForm
            try Library.check("cannot read commit \(old)") { git_revwalk_hide(walker, &end) }
        }
        var count = 0
        var oid = git_oid()
        while true {
            let code = git_revwalk_next(&oid, walker)
            if code == GIT_ITEROVER.rawValue { break }
            guard code == 0 else { throw Library.failure(code, "cannot walk the history") }
            count += 1
        }
        git_error_clear()
        return count
    }

    /// All commits reachable from one, stopping at parents that a shallow clone left out.
    private func ancestors(of commit: ObjectID) throws(GitError) -> Set<ObjectID> {
        _ = try tree(of: commit)
        var seen: Set<ObjectID> = [commit]
        var pending = [commit]
        while let next = pending.popLast() {
            var oid = next.libraryForm
            let pointer = try Library.make("cannot read commit \(next)") {
                git_commit_lookup($0, handle, &oid)
            }
            defer { git_commit_free(pointer) }
            for index in 0..<git_commit_parentcount(pointer) {
                guard let parent = git_commit_parent_id(pointer, index) else { continue }
                let id = ObjectID(parent.pointee)
                guard !seen.contains(id), hasObject(id) else { continue }
                seen.insert(id)
                pending.append(id)
            }
        }
        return seen
    }
}
