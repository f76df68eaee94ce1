import Git
import Storage

/// Finds what separates a ref's rows from a tree.
struct Planner {
    let repository: Repository
    let store: IndexStore
    let selection: PathSelection

    /// The plan by the difference of two trees; nil where that is not enough, because a file of
    /// rules changed and with it the meaning of files that did not.
    func plan(from old: ObjectID, to new: ObjectID) throws -> TreePlan? {
        var plan = TreePlan()
        for change in try repository.diff(from: old, to: new, renames: true) {
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

    /// The plan by comparing every file of a tree with every row of a ref.
    ///
    /// - Parameters:
    ///   - ref: The ref whose rows are compared.
    ///   - target: What they are compared with.
    ///   - rules: The rule files of the target's tree.
    ///   - trustsRows: Whether a row with the same object and mode needs no second look.
    /// - Returns: The plan.
    /// - Throws: What git or the database said.
    func plan(
        comparing ref: RefRecord, with target: IndexTarget, rules: TreeRules, trustsRows: Bool
    ) throws -> TreePlan {
        var plan = TreePlan()
        let classifier = FileClassifier(rules: rules)
        var rows = RefFileCursor(store: store, ref: ref.id)
        try target.forEachEntry(in: repository) { entry in
            guard selection.contains(entry.path) else { return }
            while let row = try rows.peek(), row.path < entry.path {
                plan.deletions.append(row.path)
                rows.advance()
            }
            if let row = try rows.peek(), row.path == entry.path {
                rows.advance()
                if trustsRows, try isSettled(row, entry, classifier) { return }
            }
            plan.upserts.append(entry)
        }
        while let row = try rows.peek() {
            plan.deletions.append(row.path)
            rows.advance()
        }
        return plan
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
