/// Pairs deleted with added files whose content is the same or similar.
struct RenameDetection {
    /// The largest number of pairs that are compared by content; beyond it only equal blobs pair.
    static let maximumPairs = 250_000
    /// A file larger than this is paired only with an equal one.
    static let maximumFileBytes = 1 << 20
    /// The share of the larger file, in percent, that must be common to both.
    static let minimumSimilarityPercent = 50

    private let repository: Repository

    init(_ repository: Repository) {
        self.repository = repository
    }

    func pair(_ changes: [Change]) -> [Change] {
        var deleted: [TreeEntry] = []
        var added: [TreeEntry] = []
        for change in changes {
            switch change {
            case .deleted(let entry) where entry.mode != .submodule: deleted.append(entry)
            case .added(let entry) where entry.mode != .submodule: added.append(entry)
            default: break
            }
        }
        guard !deleted.isEmpty, !added.isEmpty else { return changes }
        var sources = pairEqual(deleted, added)
        let taken = Set(sources.values.map(\.path))
        let restOfDeleted = deleted.filter { $0.mode.isFile && !taken.contains($0.path) }
        let restOfAdded = added.filter { $0.mode.isFile && sources[$0.path] == nil }
        if restOfDeleted.count * restOfAdded.count <= Self.maximumPairs {
            pairSimilar(restOfDeleted, restOfAdded, into: &sources)
        }
        return Self.apply(sources, to: changes)
    }

    /// Pairs files with one blob, those of the same name first, else in path order.
    private func pairEqual(
        _ deleted: [TreeEntry], _ added: [TreeEntry]
    ) -> [GitPath: TreeEntry] {
        var candidates: [ObjectID: [TreeEntry]] = [:]
        for entry in deleted { candidates[entry.oid, default: []].append(entry) }
        var sources: [GitPath: TreeEntry] = [:]
        for mustShareName in [true, false] {
            for entry in added where sources[entry.path] == nil {
                guard var list = candidates[entry.oid] else { continue }
                let index = list.firstIndex {
                    $0.mode.isFile == entry.mode.isFile
                        && (!mustShareName || $0.path.name == entry.path.name)
                }
                guard let index else { continue }
                sources[entry.path] = list.remove(at: index)
                candidates[entry.oid] = list
            }
        }
        return sources
    }

    /// Pairs the most similar files first, names deciding between equals.
    private func pairSimilar(
        _ deleted: [TreeEntry], _ added: [TreeEntry], into sources: inout [GitPath: TreeEntry]
    ) {
        guard !deleted.isEmpty, !added.isEmpty else { return }
        let olds = deleted.map(fingerprint(of:))
        let news = added.map(fingerprint(of:))
        var scores: [(percent: Int, sameName: Bool, old: Int, new: Int)] = []
        for (newIndex, new) in news.enumerated() {
            for (oldIndex, old) in olds.enumerated() {
                let percent = old.similarityPercent(to: new)
                guard percent >= Self.minimumSimilarityPercent else { continue }
                let sameName = deleted[oldIndex].path.name == added[newIndex].path.name
                scores.append((percent, sameName, oldIndex, newIndex))
            }
        }
        scores.sort {
            if $0.percent != $1.percent { return $0.percent > $1.percent }
            if $0.sameName != $1.sameName { return $0.sameName }
            return ($0.new, $0.old) < ($1.new, $1.old)
        }
        var usedOld = Set<Int>()
        for score in scores where sources[added[score.new].path] == nil {
            guard usedOld.insert(score.old).inserted else { continue }
            sources[added[score.new].path] = deleted[score.old]
        }
    }

    /// What a file looks like; nothing when it is large, absent or damaged.
    ///
    /// A rename is only a label, and a shallow or partial clone lacks blobs: what cannot be read is
    /// an addition and a deletion.
    private func fingerprint(of entry: TreeEntry) -> ContentFingerprint {
        do throws(GitError) {
            guard try repository.blobSize(entry.oid) <= Self.maximumFileBytes else {
                return ContentFingerprint()
            }
            let buffer = try repository.readBlob(entry.oid)
            return withExtendedLifetime(buffer) { ContentFingerprint(buffer.bytes) }
        } catch {
            return ContentFingerprint()
        }
    }

    /// Replaces each paired addition by a rename and drops the deletion it came from.
    private static func apply(
        _ sources: [GitPath: TreeEntry], to changes: [Change]
    ) -> [Change] {
        let taken = Set(sources.values.map(\.path))
        return changes.compactMap { change in
            switch change {
            case .deleted(let entry) where taken.contains(entry.path): return nil
            case .added(let entry):
                return sources[entry.path].map { .renamed(old: $0, new: entry) } ?? change
            default: return change
            }
        }
    }
}
