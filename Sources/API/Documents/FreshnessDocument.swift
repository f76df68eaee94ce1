internal import Git
internal import Search

/// How far the index of a ref is behind, as JSON.
struct FreshnessDocument: Encodable {
    enum CodingKeys: String, CodingKey {
        case repository, ref, behind
        case indexedCommit = "indexed_commit"
        case seenCommit = "seen_commit"
        case filesLeftOut = "files_left_out"
    }

    let freshness: Freshness

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(freshness.repository, forKey: .repository)
        try container.encode(freshness.ref, forKey: .ref)
        try container.encode(freshness.indexedCommit.hex, forKey: .indexedCommit)
        try container.encode(freshness.seenCommit.hex, forKey: .seenCommit)
        // A null says that it cannot be known; a missing key would say nothing.
        try container.encode(freshness.behind, forKey: .behind)
        try container.encode(freshness.filesLeftOut, forKey: .filesLeftOut)
    }
}
