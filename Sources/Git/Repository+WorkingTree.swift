import CLibgit2

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension Repository {
    /// Lists what differs between a tree and the files in the working directory.
    ///
    /// Untracked files count, ignored ones do not, and what is staged counts only as far as it is
    /// in the working directory. Files whose time and size are as the index knows them are not
    /// read. Neither the index nor the object database is written.
    ///
    /// - Parameter tree: The tree to compare with, or `nil` for the empty tree.
    /// - Returns: The changes, in byte order of paths. A file that cannot be read is one of them, with
    ///   the id ``ObjectID/none``.
    /// - Throws: ``GitError`` with code `bareRepository`, or when a folder cannot be read.
    public func workingTreeChanges(
        against tree: ObjectID?
    ) throws(GitError) -> [WorkingChange] {
        guard workingDirectory != nil else {
            throw GitError(.bareRepository, "a bare repository has no working directory")
        }
        let index = try Library.make("cannot read the index") {
            git_repository_index($0, handle)
        }
        defer { git_index_free(index) }
        try Library.check("cannot read the index") { git_index_read(index, 0) }
        var states = try stagedStates(index, against: tree)
        try addWorkingStates(to: &states, index, against: tree)
        return states.compactMap { path, state in
            state.old == state.new ? nil : WorkingChange(path: path, old: state.old, new: state.new)
        }.sorted { $0.path < $1.path }
    }

    private struct State {
        var old: TreeEntry?
        var new: TreeEntry?
    }

    private struct Touched {
        let path: GitPath
        let indexed: TreeEntry?
        /// What libgit2 saw there; its id is known for a submodule only.
        let seen: TreeEntry?
        let isConflicted: Bool
    }

    /// The paths that differ between the tree and the index.
    private func stagedStates(
        _ index: OpaquePointer, against tree: ObjectID?
    ) throws(GitError) -> [GitPath: State] {
        var treePointer: OpaquePointer?
        if var oid = tree?.libraryForm {
            try Library.check("cannot read the tree") {
                git_tree_lookup(&treePointer, handle, &oid)
            }
        }
        defer { git_tree_free(treePointer) }
        var options = try Self.diffOptions(GIT_DIFF_INCLUDE_TYPECHANGE.rawValue)
        let diff = try Library.make("cannot compare the index") {
            git_diff_tree_to_index($0, handle, treePointer, index, &options)
        }
        defer { git_diff_free(diff) }
        var states: [GitPath: State] = [:]
        Self.forEachDelta(diff) { delta in
            let old = Self.entry(delta.old_file)
            let new = Self.entry(delta.new_file)
            if delta.status != GIT_DELTA_CONFLICTED, let path = (new ?? old)?.path {
                states[path] = State(old: old, new: new)
            }
        }
        return states
    }

    /// Replaces what the index holds by what is in the working directory, where that differs.
    private func addWorkingStates(
        to states: inout [GitPath: State], _ index: OpaquePointer, against tree: ObjectID?
    ) throws(GitError) {
        for item in try touchedFiles(index) {
            if item.isConflicted {
                let old = try tree.flatMap { oid throws(GitError) in
                    try entry(at: item.path, in: oid)
                }
                states[item.path] = State(old: old, new: nil)
            } else if states[item.path] == nil {
                states[item.path] = State(old: item.indexed, new: item.indexed)
            }
            if item.seen?.mode == .submodule {
                states[item.path]?.new = item.seen
            } else {
                states[item.path]?.new = try readableOrNot(item)
            }
        }
    }

    /// The files that are, or may be, otherwise in the working directory than in the index.
    private func touchedFiles(_ index: OpaquePointer) throws(GitError) -> [Touched] {
        let flags = [
            GIT_DIFF_INCLUDE_UNTRACKED, GIT_DIFF_RECURSE_UNTRACKED_DIRS,
            GIT_DIFF_INCLUDE_TYPECHANGE, GIT_DIFF_INCLUDE_UNREADABLE,
        ]
        var options = try Self.diffOptions(flags.reduce(0) { $0 | $1.rawValue })
        func compare() throws(GitError) -> OpaquePointer {
            try Library.make("cannot compare the working directory") {
                git_diff_index_to_workdir($0, handle, index, &options)
            }
        }
        var unreadable: [GitPath: TreeEntry] = [:]
        let diff: OpaquePointer
        do throws(GitError) {
            diff = try compare()
        } catch {
            // It stops at the first file that it cannot read: take these out of its sight.
            unreadable = takeUnreadableFiles(outOf: index)
            guard !unreadable.isEmpty else { throw error }
            diff = try compare()
        }
        defer {
            git_diff_free(diff)
            // The index in memory is the repository's own: as on disk again.
            if !unreadable.isEmpty { git_index_read(index, 1) }
        }
        var missed = unreadable
        var touched: [Touched] = []
        Self.forEachDelta(diff) { delta in
            let name = delta.new_file.path ?? delta.old_file.path
            let path = GitPath(name.map { Array($0.bytes) } ?? [])
            // A folder with a repository of its own inside, which git would not look into.
            guard !path.bytes.isEmpty, path.bytes.last != UInt8(ascii: "/") else { return }
            let indexed = Self.entry(delta.old_file) ?? missed.removeValue(forKey: path)
            // A sparse checkout leaves it out on purpose.
            if delta.status == GIT_DELTA_DELETED, Self.isSkipped(name, index) { return }
            touched.append(
                Touched(
                    path: path, indexed: indexed, seen: Self.entry(delta.new_file),
                    isConflicted: delta.status == GIT_DELTA_CONFLICTED))
        }
        for (path, entry) in missed {
            touched.append(Touched(path: path, indexed: entry, seen: nil, isConflicted: false))
        }
        return touched
    }

    /// What is at a path now; of a file that cannot be read, only that it is there.
    private func readableOrNot(_ item: Touched) throws(GitError) -> TreeEntry? {
        do throws(GitError) {
            return try workingEntry(at: item.path, mode: item.seen?.mode)
        } catch {
            if error.code == .bareRepository { throw error }
            let mode = item.seen?.mode ?? item.indexed?.mode ?? .regular
            return TreeEntry(
                path: item.path, oid: .none, mode: mode.isFile ? mode : .regular)
        }
    }

    /// Takes the files that cannot be read out of an index in memory.
    private func takeUnreadableFiles(outOf index: OpaquePointer) -> [GitPath: TreeEntry] {
        var found: [GitPath: TreeEntry] = [:]
        for number in 0..<git_index_entrycount(index) {
            guard let entry = git_index_get_byindex(index, number), let name = entry.pointee.path,
                let mode = FileMode(treeMode: entry.pointee.mode), mode.isFile
            else { continue }
            let path = GitPath(Array(name.bytes))
            guard let file = try? WorkingFile(self, path), !file.isReadable else { continue }
            found[path] = TreeEntry(path: path, oid: ObjectID(entry.pointee.id), mode: mode)
        }
        for path in found.keys {
            git_index_remove_bypath(index, path.bytes.map { CChar(bitPattern: $0) } + [0])
        }
        return found
    }

    private static func isSkipped(_ name: UnsafePointer<CChar>?, _ index: OpaquePointer) -> Bool {
        guard let name, let entry = git_index_get_bypath(index, name, 0) else { return false }
        return UInt32(entry.pointee.flags_extended) & GIT_INDEX_ENTRY_SKIP_WORKTREE.rawValue != 0
    }

    /// What is at a path of the working directory now.
    ///
    /// Where the file system keeps no executable bit, libgit2 knows the mode from the index.
    func workingEntry(
        at path: GitPath, mode: FileMode?
    ) throws(GitError) -> TreeEntry? {
        do throws(GitError) {
            let file = try WorkingFile(self, path)
            let isKnown = file.mode.isFile && mode?.isFile == true
            return TreeEntry(
                path: path, oid: try file.objectID(),
                mode: isKnown ? mode ?? file.mode : file.mode)
        } catch  where error.code == .notFound {
            return nil
        }
    }

    private static func diffOptions(_ flags: UInt32) throws(GitError) -> git_diff_options {
        var options = git_diff_options()
        try Library.check("cannot compare") {
            git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION))
        }
        options.flags = flags | GIT_DIFF_SKIP_BINARY_CHECK.rawValue
        options.ignore_submodules = GIT_SUBMODULE_IGNORE_DIRTY
        return options
    }

    private static func forEachDelta(_ diff: OpaquePointer, _ body: (git_diff_delta) -> Void) {
        for index in 0..<git_diff_num_deltas(diff) {
            if let delta = git_diff_get_delta(diff, index) { body(delta.pointee) }
        }
    }

    private static func entry(_ file: git_diff_file) -> TreeEntry? {
        guard let name = file.path, let mode = FileMode(treeMode: UInt32(file.mode)) else {
            return nil
        }
        let path = GitPath(Array(name.bytes))
        return TreeEntry(path: path, oid: ObjectID(file.id), mode: mode)
    }
}

extension UnsafePointer<CChar> {
    /// The bytes before the NUL at the end.
    fileprivate var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: self, count: strlen(self))
    }
}
