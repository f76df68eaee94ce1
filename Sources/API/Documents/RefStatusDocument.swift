internal import Git
internal import Search
internal import Storage

/// The state of one ref, as JSON.
struct RefStatusDocument: Encodable {
    private enum CodingKeys: String, CodingKey {
        case location, files, chunks, include, exclude
        case leftOut = "left_out"
    }

    private struct LeftOut: Encodable {
        let path, reason: String
    }

    let record: RepositoryRecord
    let status: StatusReader.Status
    /// The first of the files that are left out; `files_left_out` counts them all.
    let skipped: [RefFileRecord]

    func encode(to encoder: any Encoder) throws {
        try FreshnessDocument(freshness: status.freshness).encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(RemoteAddress.withoutSecrets(record.url), forKey: .location)
        try container.encode(status.ref.fileCount, forKey: .files)
        try container.encode(status.ref.chunkCount, forKey: .chunks)
        try container.encode(record.include, forKey: .include)
        try container.encode(record.exclude, forKey: .exclude)
        let files = skipped.map {
            LeftOut(path: $0.path.description, reason: $0.skippedReason?.rawValue ?? "")
        }
        try container.encode(files, forKey: .leftOut)
    }
}
