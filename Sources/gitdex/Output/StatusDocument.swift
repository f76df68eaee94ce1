import Git
import Search
import Storage

/// The state of one ref, as `status --json` prints it.
struct StatusDocument: Encodable {
    struct LeftOut: Encodable {
        let path: String
        let reason: String
    }

    private enum CodingKeys: String, CodingKey {
        case repository, ref, behind, location, files, chunks, include, exclude
        case indexedCommit = "indexed_commit"
        case seenCommit = "seen_commit"
        case filesLeftOut = "files_left_out"
        case dirty
        case rulesChanged = "rules_changed"
        case locationFound = "location_found"
        case leftOut = "left_out"
    }

    /// More files than this are counted but not listed.
    private static let listLimit = 100_000

    let freshness: FreshnessDocument
    let location: String
    let locationFound: Bool
    let files, chunks: Int
    let include, exclude: [String]
    let leftOut: [LeftOut]

    init(
        _ record: RepositoryRecord, _ status: StatusReader.Status, store: IndexStore
    ) throws {
        freshness = FreshnessDocument(status.freshness)
        location = record.url
        locationFound = !record.isGone
        files = status.ref.fileCount
        chunks = status.ref.chunkCount
        include = record.include
        exclude = record.exclude
        leftOut = try store.skippedFiles(ofRef: status.ref.id, limit: Self.listLimit).map {
            LeftOut(path: $0.path.description, reason: $0.skippedReason?.rawValue ?? "")
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(freshness.repository, forKey: .repository)
        try container.encode(freshness.ref, forKey: .ref)
        try container.encode(freshness.indexedCommit, forKey: .indexedCommit)
        try container.encode(freshness.seenCommit, forKey: .seenCommit)
        try container.encode(freshness.behind, forKey: .behind)
        try container.encode(freshness.filesLeftOut, forKey: .filesLeftOut)
        try container.encodeIfPresent(freshness.dirty, forKey: .dirty)
        try container.encodeIfPresent(freshness.rulesChanged, forKey: .rulesChanged)
        try container.encode(location, forKey: .location)
        try container.encode(locationFound, forKey: .locationFound)
        try container.encode(files, forKey: .files)
        try container.encode(chunks, forKey: .chunks)
        try container.encode(include, forKey: .include)
        try container.encode(exclude, forKey: .exclude)
        try container.encode(leftOut, forKey: .leftOut)
    }
}
