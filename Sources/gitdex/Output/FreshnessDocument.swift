import Git
import Search

/// How far the index of a ref is behind, as JSON.
struct FreshnessDocument: Encodable {
    private enum CodingKeys: String, CodingKey {
        case repository, ref, behind, dirty
        case indexedCommit = "indexed_commit"
        case seenCommit = "seen_commit"
        case filesLeftOut = "files_left_out"
        case rulesChanged = "rules_changed"
    }

    let repository, ref, indexedCommit, seenCommit: String
    let behind: Int?
    let filesLeftOut: Int
    /// Of a working tree, whether its files are otherwise than when it was indexed.
    let dirty: Bool?
    /// True where the ref was indexed by other patterns or another version than the repository is
    /// now.
    let rulesChanged: Bool?

    init(_ freshness: Freshness) {
        repository = freshness.repository
        ref = freshness.ref
        indexedCommit = freshness.indexedCommit.hex
        seenCommit = freshness.seenCommit.hex
        behind = freshness.behind
        filesLeftOut = freshness.filesLeftOut
        dirty = freshness.changedFiles.map { $0 > 0 }
        rulesChanged = freshness.hasOtherRules ? true : nil
    }
}
