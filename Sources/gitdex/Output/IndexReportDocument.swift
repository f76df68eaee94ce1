import Cryptography
import Git
import Indexing

/// What `index --json` prints.
struct IndexReportDocument: Encodable {
    struct Files: Encodable {
        let added, modified, deleted, renamed, skipped, total: Int
    }

    struct Chunks: Encodable {
        let added, removed, reused, total: Int
    }

    private enum CodingKeys: String, CodingKey {
        case repository, ref, from, to, files, chunks, embedded, digest
        case durationMilliseconds = "duration_ms"
    }

    let repository: String
    let ref: String
    let from: String?
    let to: String
    let files: Files
    let chunks: Chunks
    let embedded: Int
    let durationMilliseconds: Double
    let digest: String?

    init(_ report: IndexReport) {
        repository = report.repository
        ref = report.ref
        from = report.from?.hex
        to = report.to.hex
        files = Files(
            added: report.files.added, modified: report.files.modified,
            deleted: report.files.deleted, renamed: report.files.renamed,
            skipped: report.files.skipped, total: report.files.total)
        chunks = Chunks(
            added: report.chunks.added, removed: report.chunks.removed,
            reused: report.chunks.reused, total: report.chunks.total)
        embedded = report.embedded
        durationMilliseconds = JSONOutput.milliseconds(report.duration)
        digest = report.digest?.hex
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(repository, forKey: .repository)
        try container.encode(ref, forKey: .ref)
        // A null says that there was no commit before; a missing key would say nothing.
        try container.encode(from, forKey: .from)
        try container.encode(to, forKey: .to)
        try container.encode(files, forKey: .files)
        try container.encode(chunks, forKey: .chunks)
        try container.encode(embedded, forKey: .embedded)
        try container.encode(durationMilliseconds, forKey: .durationMilliseconds)
        try container.encode(digest, forKey: .digest)
    }
}
