import Git
import Storage

/// Finds what separates a ref's rows from a tree.
struct Planner {
    let repository: Repository
    let store: IndexStore
    let selection: PathSelection
    /// How many changes a plan holds at most.
    var limit = IndexLimits.changesInPlan

    /// The plan by the difference of two trees; nil where that is not enough, because a file of
    /// rules changed and with it the meaning of files that did not, or where it is too large.
    func plan(from old: ObjectID, to new: ObjectID) throws -> TreePlan? {
        guard
            let changes = try repository.diff(from: old, to: new, renames: true, limit: limit)
        else { return nil }
        var plan = TreePlan()
        for change in changes {
            for entry in [change.old, change.new] {
                if let entry, TreeRules.isRuleFile(entry.path) { return nil }
            }
            let oldPath = change.old.map(\.path).flatMap { selection.contains($0) ? $0 : nil }
            let newEntry = change.new.flatMap { selection.contains($0.path) ? $0 : nil }
            if let newEntry {
                plan.upserts.append(newEntry)
                if let oldPath, oldPath != newEntry.path {
                    plan.origins[newEntry.path] = oldPath
                }
            }
            if let oldPath, oldPath != newEntry?.path { plan.deletions.append(oldPath) }
        }
        // A path may be one change's old and another's new.
        let present = Set(plan.upserts.map(\.path))
        plan.deletions.removeAll { present.contains($0) }
        return plan
    }

    /// The plan by comparing every file of a tree with every row of a ref; nil where it is too
    /// large.
    func plan(by comparison: Comparison) throws -> TreePlan? {
        struct TooLarge: Error {}
        var plan = TreePlan()
        do {
            try forEachDifference(by: comparison) { difference in
                switch difference {
                case .upsert(let entry): plan.upserts.append(entry)
                case .deletion(let path): plan.deletions.append(path)
                case nil: return
                }
                if plan.changeCount > limit { throw TooLarge() }
            }
        } catch is TooLarge {
            return nil
        }
        return plan
    }

    /// What is compared with what.
    struct Comparison {
        /// The ref whose rows are compared.
        let ref: RefRecord
        /// What they are compared with.
        let target: IndexTarget
        /// The rule files of the target's tree.
        let rules: TreeRules
        /// Whether a row with the same object and mode needs no second look.
        let trustsRows: Bool
    }

    /// One way in which rows differ from a tree.
    enum Difference {
        case upsert(TreeEntry)
        case deletion(GitPath)
    }

    /// Compares every file of a tree with every row of a ref, in bounded memory.
    ///
    /// - Parameters:
    ///   - comparison: What is compared.
    ///   - body: Gets each difference, by path, and nil for each file without one.
    /// - Throws: What git, the database or `body` said.
    func forEachDifference(
        by comparison: Comparison, _ body: (Difference?) throws -> Void
    ) throws {
        let classifier = FileClassifier(rules: comparison.rules)
        var rows = RefFileCursor(store: store, ref: comparison.ref.id)
        try comparison.target.forEachEntry(in: repository) { entry in
            guard selection.contains(entry.path) else { return }
            while let row = try rows.peek(), row.path < entry.path {
                rows.advance()
                try body(.deletion(row.path))
            }
            if let row = try rows.peek(), row.path == entry.path {
                rows.advance()
                if comparison.trustsRows, try isSettled(row, entry, classifier) {
                    return try body(nil)
                }
            }
            try body(.upsert(entry))
        }
        while let row = try rows.peek() {
            rows.advance()
            try body(.deletion(row.path))
        }
    }

    /// How many files of a target are indexed or left out; costs a walk of its tree.
    func fileCount(of target: IndexTarget) throws -> Int {
        var count = 0
        try target.forEachEntry(in: repository) { entry in
            if selection.contains(entry.path) { count += 1 }
        }
        return count
    }

    /// Whether a row says of a file what a fresh look would say.
    private func isSettled(
        _ row: RefFileRecord, _ entry: TreeEntry, _ classifier: FileClassifier
    ) throws -> Bool {
        guard row.oid == entry.oid, row.mode == entry.mode else { return false }
        let byRules = try classifier.reasonByRules(entry)
        if let byRules { return row.skippedReason == byRules }
        switch row.skippedReason {
        case nil, .tooLarge, .invalidEncoding: return true
        // The reason may have been a rule's that is gone; a missing object may have come.
        default: return false
        }
    }
}
