import Git

/// Which files of a tree must be looked at so that the index equals it.
struct TreePlan {
    /// Files whose rows are new or may differ.
    var upserts: [TreeEntry] = []
    /// Paths whose rows go away.
    var deletions: [GitPath] = []
    /// Where a file came from, for files that were renamed.
    var origins: [GitPath: GitPath] = [:]

    var isEmpty: Bool { upserts.isEmpty && deletions.isEmpty }
}
